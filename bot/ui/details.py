"""What More shows, for one person alone."""

from collections.abc import Sequence
from typing import Final

from discord.ui import ActionRow, LayoutView

from bot.domain.jobs import JobId
from bot.services.album import Details
from bot.ui.boundary import Attached, retell, retell_with_file, tell, tell_with_file
from bot.ui.buttons import (
    DeleteButton,
    EditButton,
    FavouriteButton,
    JobButton,
    ReportButton,
    UnfavouriteButton,
    VariationsButton,
)
from bot.ui.caller import caller_of
from bot.ui.services import Interaction, services_of
from bot.ui.words import cards as words

COMMAND_LIMIT: Final = 3000
_IN_ROW: Final = 5


def buttons_of(details: Details, *, editable: bool) -> Sequence[JobButton]:
    """Every button of the panel: whatever else can be done with a picture gets its button here."""
    job = details.job.id
    return [
        VariationsButton(job),
        *([EditButton(job)] if editable else []),
        UnfavouriteButton(job) if details.favourite else FavouriteButton(job),
        ReportButton(job),
        *([DeleteButton(job)] if details.deletable else []),
    ]


async def more(interaction: Interaction, job: JobId) -> None:
    details = await services_of(interaction).album.details(caller_of(interaction), job)
    await _show(interaction, details, again=False)


async def favour(interaction: Interaction, job: JobId) -> None:
    await _show(interaction, await _marked(interaction, job, favourite=True), again=True)


async def unfavour(interaction: Interaction, job: JobId) -> None:
    await _show(interaction, await _marked(interaction, job, favourite=False), again=True)


async def _marked(interaction: Interaction, job: JobId, *, favourite: bool) -> Details:
    return await services_of(interaction).album.mark(caller_of(interaction), job, favourite=favourite)


async def _show(interaction: Interaction, details: Details, *, again: bool) -> None:
    """Again is in the place of the panel that was pressed."""
    command, told = words.command(details.job.parameters), words.details(details.job, details.viewer)
    editable = services_of(interaction).editing.can_edit(details.job)
    rows = _rows(buttons_of(details, editable=editable))
    if len(command) <= COMMAND_LIMIT and "```" not in command:
        await (retell if again else tell)(interaction, f"{told}\n```\n{command}\n```", *rows)
    else:
        attached = Attached(f"{details.job.id}.txt", command)
        await (retell_with_file if again else tell_with_file)(interaction, told, attached, *rows)


def _rows(buttons: Sequence[JobButton]) -> list[ActionRow[LayoutView]]:
    rows = list[ActionRow[LayoutView]]()
    for at in range(0, len(buttons), _IN_ROW):
        row: ActionRow[LayoutView] = ActionRow()
        for button in buttons[at : at + _IN_ROW]:
            row.add_item(button)
        rows.append(row)
    return rows
