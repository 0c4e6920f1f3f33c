"""Every button and list of the panel, and what a press of it does."""

from collections.abc import Sequence
from typing import Any, Final

from typing_extensions import override

from bot.domain.records import Event
from bot.domain.refusals import RefusalError
from bot.ui import custom_ids as ids
from bot.ui.boundary import tell
from bot.ui.caller import caller_of
from bot.ui.panel import block_form, cap_form, changes, setting_form
from bot.ui.panel.door import Chooser, Door
from bot.ui.panel.input import chosen, expect_here
from bot.ui.panel.pages import PAGES, redraw, redraw_refused
from bot.ui.panel.presence import presence_of
from bot.ui.panel.table import LISTED, TYPED, Control, Setting
from bot.ui.panel.view import Notice, Spot
from bot.ui.services import Interaction, services_of
from bot.ui.typed import id_of
from bot.ui.words.blocks import lifted
from bot.ui.words.errors import UNKNOWN_BUTTON


class PageChooser(Chooser, template=ids.PANEL):
    @override
    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        await _go(interaction, Spot(next(iter(values), "")))


class PageTurn(Door, template=ids.PANEL_TURN):
    @override
    async def serve(self, interaction: Interaction) -> None:
        await _go(interaction, Spot(self.match["page"], int(self.match["number"])))


class SettingChooser(Chooser, template=ids.SET):
    @override
    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        async def serve(setting: Setting, seen: int) -> None:
            value = chosen(setting, values)
            if setting.control is Control.CHANNEL and value is not None:
                expect_here(setting, value, presence_of(interaction))
            await changes.change(interaction, setting, seen, value)

        await changes.of_setting(interaction, self.match, serve)


class SettingEdit(Door, template=ids.SET_EDIT):
    @override
    async def serve(self, interaction: Interaction) -> None:
        async def serve(setting: Setting, seen: int) -> None:
            await setting_form.ask(interaction, setting, seen)

        await changes.of_setting(interaction, self.match, serve, TYPED)


class SettingTidy(Door, template=ids.SET_TIDY):
    @override
    async def serve(self, interaction: Interaction) -> None:
        async def serve(setting: Setting, seen: int) -> None:
            await changes.tidy(interaction, setting, seen)

        await changes.of_setting(interaction, self.match, serve, LISTED)


class UndoButton(Door, template=ids.SET_UNDO):
    @override
    async def serve(self, interaction: Interaction) -> None:
        page = self.match["page"]
        if page not in PAGES:
            await tell(interaction, UNKNOWN_BUTTON)
            return
        try:
            await changes.undo(interaction, int(self.match["record"]), page)
        except RefusalError as error:
            await redraw_refused(interaction, Spot(page), error)


class BlockButton(Door, template=ids.BLOCK):
    @override
    async def serve(self, interaction: Interaction) -> None:
        await block_form.ask(interaction)


class UnblockButton(Door, template=ids.UNBLOCK):
    @override
    async def serve(self, interaction: Interaction) -> None:
        member = id_of(self.match["member"])
        if member is None:
            await tell(interaction, UNKNOWN_BUTTON)
            return
        try:
            await services_of(interaction).office.unblock(caller_of(interaction), member)
        except RefusalError as error:
            await redraw_refused(interaction, Spot("blocked"), error)
            return
        await redraw(interaction, Spot("blocked"), Notice(lifted(member)))


class CapDoor(Door, template=ids.CAP_OF):
    """The button for every member's cap, and the lists of roles."""

    @override
    async def serve(self, interaction: Interaction) -> None:
        data: Any = interaction.data
        what = self.match["what"]
        roles = [str(interaction.guild_id)] if what == "everybody" else data.get("values", [])
        await cap_form.ask(interaction, what, next(iter(roles), ""))


class CapConfirm(Door, template=ids.CAP_CONFIRM):
    @override
    async def serve(self, interaction: Interaction) -> None:
        await cap_form.confirm(interaction, self.match["key"])


class RecordsTurn(Door, template=ids.DEEDS):
    @override
    async def serve(self, interaction: Interaction) -> None:
        await _go(interaction, _records(self.match, int(self.match["page"]), int(self.match["anchor"])))


class RecordsFilter(Chooser, template=ids.DEEDS_OF):
    @override
    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        found = {**self.match.groupdict(), self.match["what"]: next(iter(values), "")}
        await _go(interaction, _records(found))


def _records(wanted: Any, page: int = 0, anchor: int = 0) -> Spot:
    """What no version wrote filters nothing."""
    event = wanted["event"]
    kind = Event(event) if event in set(Event) else None
    return Spot("records", page, kind, id_of(wanted["actor"]), anchor)


async def _go(interaction: Interaction, spot: Spot) -> None:
    if spot.page not in PAGES:
        await tell(interaction, UNKNOWN_BUTTON)
        return
    await redraw(interaction, spot)


DOORS: Final = (
    PageChooser,
    PageTurn,
    SettingChooser,
    SettingEdit,
    SettingTidy,
    UndoButton,
    BlockButton,
    UnblockButton,
    CapDoor,
    CapConfirm,
    RecordsTurn,
    RecordsFilter,
)
