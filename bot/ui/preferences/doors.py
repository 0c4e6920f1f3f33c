"""Every control of the panel, and what a press of it does."""

from collections.abc import Sequence
from typing import Final

from typing_extensions import override

from bot.ui.boundary import tell
from bot.ui.caller import caller_of
from bot.ui.custom_ids import OWN, OWN_CLEAR, OWN_EDIT
from bot.ui.panel.door import Chooser, Door
from bot.ui.panel.input import chosen
from bot.ui.panel.table import OWN_SETTINGS, TYPED
from bot.ui.preferences import form
from bot.ui.preferences.changes import change
from bot.ui.preferences.panel import redraw
from bot.ui.services import Interaction, services_of
from bot.ui.words import preferences as words
from bot.ui.words.errors import UNKNOWN_BUTTON


class OwnChooser(Chooser, template=OWN):
    @override
    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        await change(interaction, self.match["option"], lambda setting: chosen(setting, values))


class OwnEdit(Door, template=OWN_EDIT):
    @override
    async def serve(self, interaction: Interaction) -> None:
        setting = OWN_SETTINGS.get(self.match["option"])
        if setting is None or setting.control not in TYPED:
            await tell(interaction, UNKNOWN_BUTTON)
            return
        await form.ask(interaction, setting)


class OwnClear(Door, template=OWN_CLEAR):
    @override
    async def serve(self, interaction: Interaction) -> None:
        await services_of(interaction).preferences.clear(caller_of(interaction))
        await redraw(interaction, {}, words.CLEARED)


OWN_DOORS: Final = (OwnChooser, OwnEdit, OwnClear)
