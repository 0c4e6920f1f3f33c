"""Interactions that discord.py hands to nobody: submitted forms, and buttons that no version knows."""

from collections.abc import Awaitable, Callable, Mapping
from re import Match, Pattern
from typing import Any, Final

from discord import InteractionType

from bot.ui import edits, remix_form, report_form
from bot.ui.boundary import answering, give_back
from bot.ui.custom_ids import (
    BLOCK_FORM,
    CAP_FORM,
    EDIT_FORM,
    OWN_FORM,
    REMIX_FORM,
    REPORT_FORM,
    SET_FORM,
    WORDS_FORM,
    known,
)
from bot.ui.panel import block_form, cap_form, setting_form
from bot.ui.preferences import form as own_form
from bot.ui.services import Interaction
from bot.ui.wordlists import submits
from bot.ui.words.errors import UNKNOWN_BUTTON

FORMS: Final[Mapping[Pattern[str], Callable[[Interaction, Match[str]], Awaitable[None]]]] = {
    REPORT_FORM: report_form.submitted,
    SET_FORM: setting_form.submitted,
    BLOCK_FORM: block_form.submitted,
    CAP_FORM: cap_form.submitted,
    WORDS_FORM: submits.submitted,
    REMIX_FORM: remix_form.submitted,
    OWN_FORM: own_form.submitted,
    EDIT_FORM: edits.submitted,
}


async def catch(interaction: Interaction) -> None:
    data: Any = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    if not custom_id:
        return
    async with answering(interaction):
        forms = [(submitted, match) for pattern, submitted in FORMS.items() if (match := pattern.fullmatch(custom_id))]
        if not (forms or known(custom_id)) or (forms and interaction.type is not InteractionType.modal_submit):
            await give_back(interaction, UNKNOWN_BUTTON)  # also for a button with the id of a form: that is forged
            return
        for submitted, form in forms:
            await submitted(interaction, form)
