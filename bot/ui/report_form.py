from re import Match
from typing import Any, Final

import discord
from discord.ui import Label, Modal, TextInput

from bot.domain.jobs import JobId
from bot.ui.boundary import tell
from bot.ui.caller import caller_of
from bot.ui.custom_ids import report_form_id
from bot.ui.forms import FORM_SECONDS, fields_of
from bot.ui.services import Interaction, services_of
from bot.ui.words import about as words

_REASON: Final = "reason"


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


async def submitted(interaction: Interaction, form: Match[str]) -> None:
    moderation, reason = services_of(interaction).moderation, fields_of(interaction).get(_REASON, "")
    report = await moderation.report(caller_of(interaction), JobId(form["job"]), reason)
    await tell(interaction, words.REPORTED)
    await moderation.pass_on(report)
