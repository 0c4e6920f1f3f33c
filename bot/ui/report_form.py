from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import discord
from discord.ui import Label, Modal, TextInput

from bot.domain.jobs import JobId
from bot.ui.boundary import tell
from bot.ui.caller import caller_of
from bot.ui.custom_ids import report_form_id
from bot.ui.services import Interaction, services_of
from bot.ui.words import about as words

_REASON: Final = "reason"
FORM_SECONDS: Final = 30 * 60


class ReportForm(Modal):
    """Only asks. Its submit is served by `submitted`, the same in this process and in one that never saw it."""

    def __init__(self, job: JobId) -> None:
        super().__init__(title=words.REPORT_TITLE, custom_id=report_form_id(job), timeout=FORM_SECONDS)
        reason: TextInput[Any] = TextInput(
            custom_id=_REASON,
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=words.REASON_LIMIT,
        )
        self.add_item(Label(text=words.REPORT_LABEL, description=words.REPORT_HINT, component=reason))


async def submitted(interaction: Interaction, job: JobId) -> None:
    data: Any = interaction.data or {}
    values = dict(_values(data.get("components", [])))
    told = await services_of(interaction).studio.report(caller_of(interaction), job, values.get(_REASON, ""))
    await tell(interaction, words.REPORTED if told else words.REPORT_LOGGED)


def _values(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for component in components:
        if "value" in component:
            yield component["custom_id"], component["value"]
        yield from _values([component["component"]] if "component" in component else [])
        yield from _values(component.get("components", []))
