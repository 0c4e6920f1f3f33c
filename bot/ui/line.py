"""The guild's line, and what is kept for whoever asks."""

from collections.abc import Sequence
from typing import Final

from discord.ui import ActionRow, LayoutView

from bot.domain.jobs import Job
from bot.ui.boundary import tell
from bot.ui.buttons import FetchButton
from bot.ui.caller import caller_of
from bot.ui.services import Interaction, services_of
from bot.ui.text import cut
from bot.ui.words import line as words

KEPT_SHOWN: Final = 5
"""Buttons in one row. The others come up as these are shown."""
_LABEL: Final = 60


async def show_line(interaction: Interaction) -> None:
    caller, services = caller_of(interaction), services_of(interaction)
    line = await services.studio.line(caller)
    ready_by = {job: interaction.created_at + services.queue.ready_in(place) for job, place in line.places.items()}
    rows = [fetch_buttons(line.kept)] if line.kept else []
    await tell(interaction, words.line(line, ready_by, caller.member, KEPT_SHOWN), *rows)


def fetch_buttons(kept: Sequence[Job]) -> ActionRow[LayoutView]:
    row: ActionRow[LayoutView] = ActionRow()
    for job in kept[:KEPT_SHOWN]:
        row.add_item(FetchButton(job.id, words.fetch(cut(job.parameters.prompt, _LABEL))))
    return row
