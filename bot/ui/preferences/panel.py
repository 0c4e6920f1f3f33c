"""A member's own defaults, as they stand, with the controls that change them."""

from collections.abc import Iterator
from typing import Any

from discord import ButtonStyle
from discord.ui import Button, TextDisplay

from bot.domain.preferences import Options
from bot.ui.boundary import retell, tell
from bot.ui.caller import caller_of
from bot.ui.custom_ids import own_clear_id, own_edit_id, own_id
from bot.ui.panel.table import OWN_SETTINGS, TYPED, Setting
from bot.ui.panel.widgets import Part, beside, choices, row
from bot.ui.services import Interaction, services_of
from bot.ui.words import preferences as words
from bot.ui.words.settings import EDIT


async def open_panel(interaction: Interaction) -> None:
    own = await services_of(interaction).preferences.own(caller_of(interaction))
    await tell(interaction, words.HEADING, *parts(own))


async def redraw(interaction: Interaction, own: Options, notice: str) -> None:
    await retell(interaction, f"{words.HEADING}\n{notice}", *parts(own))


def parts(own: Options) -> list[Part]:
    clear: Button[Any] = Button(label=words.CLEAR, style=ButtonStyle.danger, custom_id=own_clear_id(), disabled=not own)
    return [*(part for it in OWN_SETTINGS.values() for part in _setting(it, own.get(it.part))), row(clear)]


def _setting(setting: Setting, value: object) -> Iterator[Part]:
    text = words.shown(setting, value)
    if setting.control in TYPED:
        yield beside(text, Button(label=EDIT, custom_id=own_edit_id(setting.part)))
    else:
        yield TextDisplay(text)
        yield row(choices(setting, value, own_id(setting.part)))
