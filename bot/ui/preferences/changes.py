"""A default of one's own, changed from the panel and told in it."""

from collections.abc import Callable
from typing import Any

from bot.domain.refusals import BadParametersError
from bot.domain.rule_refusals import BadSettingError
from bot.ui.boundary import tell
from bot.ui.caller import caller_of
from bot.ui.panel.table import OWN_SETTINGS, Setting
from bot.ui.preferences.panel import redraw
from bot.ui.services import Interaction, services_of
from bot.ui.words import preferences as words
from bot.ui.words.errors import UNKNOWN_BUTTON


async def change(interaction: Interaction, option: str, read: Callable[[Setting], Any]) -> None:
    """To what is read from what was chosen or typed; None takes it away."""
    caller, preferences = caller_of(interaction), services_of(interaction).preferences
    setting = OWN_SETTINGS.get(option)
    if setting is None:
        await tell(interaction, UNKNOWN_BUTTON)
        return
    try:
        own = await preferences.change(caller, option, read(setting))
    except (BadSettingError, BadParametersError):
        await redraw(interaction, await preferences.own(caller), words.refused(setting))
    else:
        await redraw(interaction, own, words.changed(setting, own))
