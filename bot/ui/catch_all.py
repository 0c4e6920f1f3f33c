"""Interactions that discord.py hands to nobody: submitted forms, and buttons that no version knows."""

from typing import Any

from bot.domain.jobs import JobId
from bot.ui.boundary import answering, tell
from bot.ui.custom_ids import REPORT_FORM, known
from bot.ui.report_form import submitted
from bot.ui.services import Interaction
from bot.ui.words.errors import UNKNOWN_BUTTON


async def catch(interaction: Interaction) -> None:
    data: Any = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    if not custom_id:
        return
    async with answering(interaction):
        form = REPORT_FORM.fullmatch(custom_id)
        if form is not None:
            await submitted(interaction, JobId(form["job"]))
        elif not known(custom_id):
            await tell(interaction, UNKNOWN_BUTTON)
