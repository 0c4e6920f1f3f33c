"""What the operator reads page by page. The buttons hold the whole question, so they outlive every restart."""

from dataclasses import dataclass
from math import ceil
from re import Match
from typing import Any, Final, Self, TypeAlias

from discord.ui import ActionRow, Button, DynamicItem, Item, LayoutView
from typing_extensions import override

from bot.domain.ledger import EntryKind, Search
from bot.domain.refusals import BadParametersError
from bot.ui.boundary import answering, retell, tell
from bot.ui.custom_ids import GUILDS, LEDGER, guilds_id, ledger_id
from bot.ui.operator import guild_of, medium_of, operator_of, treasury_of
from bot.ui.services import Interaction
from bot.ui.typed import id_of
from bot.ui.words import operator as words

GUILDS_SHOWN: Final = 10
ENTRIES_SHOWN: Final = 10
Page: TypeAlias = "tuple[str, *tuple[ActionRow[LayoutView], ...]]"


@dataclass(frozen=True, slots=True)
class Reading:
    """Where in a guild's ledger the operator reads; `before` is the entry before which the page begins."""

    search: Search
    before: int | None = None

    @property
    def custom_id(self) -> str:
        member, kinds = self.search.member, [kind.value for kind in self.search.kinds]
        return ledger_id(self.search.guild, str(member or ""), "".join(kinds), str(self.before or ""))


async def show_guilds(interaction: Interaction) -> None:
    await tell(interaction, *await _guilds(interaction, 0))


async def show_ledger(interaction: Interaction, guild: str, member: str | None, kind: str | None) -> None:
    found = guild_of(guild)
    person = None if member is None else id_of(member)
    if member is not None and person is None:
        raise BadParametersError([("member", words.BAD_MEMBER)])
    kinds = frozenset[EntryKind]() if kind is None else frozenset({EntryKind(kind)})
    await tell(interaction, *await _ledger(interaction, Reading(Search(guild=found, member=person, kinds=kinds))))


class GuildsButton(DynamicItem[Button[Any]], template=GUILDS):
    def __init__(self, page: int, label: str = words.NEXT) -> None:
        super().__init__(Button(label=label, custom_id=guilds_id(page)))
        self.page = page

    @classmethod
    @override
    async def from_custom_id(cls, interaction: Interaction, item: Item[Any], match: Match[str], /) -> Self:
        return cls(int(match["page"]))

    @override
    async def callback(self, interaction: Interaction) -> None:
        async with answering(interaction):  # discord.py only logs what a dynamic item raises
            await retell(interaction, *await _guilds(interaction, self.page))


class LedgerButton(DynamicItem[Button[Any]], template=LEDGER):
    def __init__(self, reading: Reading, label: str = words.OLDER) -> None:
        super().__init__(Button(label=label, custom_id=reading.custom_id))
        self.reading = reading

    @classmethod
    @override
    async def from_custom_id(cls, interaction: Interaction, item: Item[Any], match: Match[str], /) -> Self:
        kinds = frozenset(kind for kind in EntryKind if kind == match["kind"])
        search = Search(guild=int(match["guild"]), member=int(match["member"] or 0) or None, kinds=kinds)
        return cls(Reading(search, int(match["before"] or 0) or None))

    @override
    async def callback(self, interaction: Interaction) -> None:
        async with answering(interaction):  # discord.py only logs what a dynamic item raises
            await retell(interaction, *await _ledger(interaction, self.reading))


async def _guilds(interaction: Interaction, page: int) -> Page:
    treasury, operator = treasury_of(interaction), operator_of(interaction)
    guilds, halt = await treasury.guilds(operator), await treasury.everything_paused(operator)
    pages = max(1, ceil(len(guilds) / GUILDS_SHOWN))
    page = min(page, pages - 1)
    shown = guilds[page * GUILDS_SHOWN : (page + 1) * GUILDS_SHOWN]
    text = words.guilds(medium_of(interaction), shown, halt, page, pages)
    back = [GuildsButton(page - 1, words.BACK)] if page else []
    return text, *_row(*back, *([GuildsButton(page + 1)] if page + 1 < pages else []))


async def _ledger(interaction: Interaction, reading: Reading) -> Page:
    search = reading.search
    found = await treasury_of(interaction).ledger(operator_of(interaction), search, reading.before, ENTRIES_SHOWN)
    text = words.ledger(medium_of(interaction), search.guild, found.entries)
    newest = [LedgerButton(Reading(search), words.NEWEST)] if reading.before else []
    older = [LedgerButton(Reading(search, found.entries[-1].id))] if found.more else []
    return text, *_row(*newest, *older)


def _row(*buttons: DynamicItem[Button[Any]]) -> list[ActionRow[LayoutView]]:
    row: ActionRow[LayoutView] = ActionRow()
    for button in buttons:
        row.add_item(button)
    return [row] if buttons else []


PAGE_BUTTONS: Final = (GuildsButton, LedgerButton)
