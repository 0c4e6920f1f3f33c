"""The form for a number that is a default of one's own."""

from re import Match
from typing import Any, Final

from discord.ui import Label, Modal, TextInput

from bot.ui.caller import caller_of
from bot.ui.custom_ids import own_form_id
from bot.ui.forms import FORM_SECONDS, fields_of
from bot.ui.panel.input import typed
from bot.ui.panel.table import Setting
from bot.ui.preferences.changes import change
from bot.ui.services import Interaction, services_of
from bot.ui.words import preferences as words

VALUE: Final = "value"
_LONGEST: Final = 40


class OwnForm(Modal):
    """Only asks. Its submit is served by `submitted`, the same in this process and in one that never saw it."""

    def __init__(self, setting: Setting, value: Any) -> None:
        super().__init__(title=setting.part, custom_id=own_form_id(setting.part), timeout=FORM_SECONDS)
        shown = None if value is None else str(value).removesuffix(".0")
        field: TextInput[Any] = TextInput(custom_id=VALUE, required=False, max_length=_LONGEST, default=shown)
        self.add_item(Label(text=setting.part, description=words.form_hint(setting), component=field))


async def ask(interaction: Interaction, setting: Setting) -> None:
    own = await services_of(interaction).preferences.own(caller_of(interaction))
    await interaction.response.send_modal(OwnForm(setting, own.get(setting.part)))


async def submitted(interaction: Interaction, form: Match[str]) -> None:
    text = fields_of(interaction).get(VALUE, "")
    await change(interaction, form["option"], lambda setting: typed(setting, text))
