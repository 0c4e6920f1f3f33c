"""The form for a number or a time."""

from re import Match
from typing import Any, Final

from discord.ui import Label, Modal, TextInput

from bot.ui.custom_ids import set_form_id
from bot.ui.forms import FORM_SECONDS, fields_of
from bot.ui.panel import changes
from bot.ui.panel.input import typed
from bot.ui.panel.presence import Presence
from bot.ui.panel.table import TYPED, Setting
from bot.ui.services import Interaction
from bot.ui.words import setting_values as values
from bot.ui.words.settings import label

VALUE: Final = "value"
_LONGEST: Final = 40


class SettingForm(Modal):
    """Only asks. Its submit is served by `submitted`, the same in this process and in one that never saw it."""

    def __init__(self, setting: Setting, seen: int, value: Any) -> None:
        named = label(setting.key).replace("`", "")
        super().__init__(title=named, custom_id=set_form_id(setting.key, seen), timeout=FORM_SECONDS)
        shown = None if value is None else values.value(setting, value, Presence())
        field: TextInput[Any] = TextInput(custom_id=VALUE, required=False, max_length=_LONGEST, default=shown)
        self.add_item(Label(text=named, description=values.form_hint(setting), component=field))


async def ask(interaction: Interaction, setting: Setting, seen: int) -> None:
    value = await changes.expect_seen(interaction, setting, seen)
    await interaction.response.send_modal(SettingForm(setting, seen, value))


async def submitted(interaction: Interaction, form: Match[str]) -> None:
    async def serve(setting: Setting, seen: int) -> None:
        text = fields_of(interaction).get(VALUE, "")
        await changes.change(interaction, setting, seen, typed(setting, text))

    await changes.of_setting(interaction, form, serve, TYPED)
