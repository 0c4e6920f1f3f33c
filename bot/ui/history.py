"""Pages of the ledger, turned by buttons that hold the whole question and so outlive every restart."""

from datetime import date
from re import Match
from typing import Any, Final, Self

from discord.ui import ActionRow, Button, DynamicItem, Item, LayoutView
from typing_extensions import override

from bot.ui.boundary import answering, retell, tell
from bot.ui.caller import caller_of
from bot.ui.custom_ids import HISTORY, history_id
from bot.ui.days import day
from bot.ui.searches import Spot, Topic, Wanted
from bot.ui.services import Interaction, services_of
from bot.ui.words import history as words
from bot.ui.words.errors import UNKNOWN_BUTTON

ENTRIES: Final = 10
PAGES: Final = 100
"""A page is found by reading from the first one on: who looks for something older names a day."""
_LARGEST_ID: Final = 2**63 - 1


async def show(interaction: Interaction, wanted: Wanted) -> None:
    await tell(interaction, *await _page(interaction, Spot(wanted)))


class TurnButton(DynamicItem[Button[Any]], template=HISTORY):
    """Leads to one page of a history."""

    def __init__(self, custom_id: str, label: str, spot: Spot | None) -> None:
        super().__init__(Button(label=label, custom_id=custom_id))
        self.spot = spot

    @classmethod
    def to(cls, spot: Spot, label: str) -> Self:
        return cls(custom_id_of(spot), label, spot)

    @classmethod
    @override
    async def from_custom_id(cls, interaction: Interaction, item: Item[Any], match: Match[str], /) -> Self:
        return cls(match[0], words.OLDER, spot_of(match))

    @override
    async def callback(self, interaction: Interaction) -> None:
        async with answering(interaction):  # discord.py only logs what a dynamic item raises
            if self.spot is None:
                await tell(interaction, UNKNOWN_BUTTON)
                return
            await retell(interaction, *await _page(interaction, self.spot))


async def _page(interaction: Interaction, spot: Spot) -> tuple[str, *tuple[ActionRow[LayoutView], ...]]:
    """What the page says, and the row of its buttons where it has any."""
    caller, first = caller_of(interaction), spot.number * ENTRIES
    steward = services_of(interaction).steward
    found = await steward.history(caller, spot.wanted.search(caller.guild), spot.anchor, first + ENTRIES)
    entries = found.entries[first:]
    anchored = spot if spot.anchor or not entries else Spot(spot.wanted, entries[0].id + 1)
    last = found.more and spot.number == PAGES - 1
    text = words.page(caller.guild, entries, spot, last=last)
    return text, *_row(anchored, older=found.more and not last)


def _row(spot: Spot, *, older: bool) -> list[ActionRow[LayoutView]]:
    buttons = [
        *([TurnButton.to(spot.turned(-1), words.NEWER)] if spot.number else []),
        *([TurnButton.to(spot.turned(1), words.OLDER)] if older else []),
    ]
    row: ActionRow[LayoutView] = ActionRow()
    for button in buttons:
        row.add_item(button)
    return [row] if buttons else []


def custom_id_of(spot: Spot) -> str:
    wanted = spot.wanted
    return history_id(
        "" if wanted.member is None else str(wanted.member),
        "" if wanted.topic is None else wanted.topic.value,
        "" if wanted.since is None else f"{wanted.since:%Y%m%d}",
        "" if wanted.until is None else f"{wanted.until:%Y%m%d}",
        spot.anchor or 0,
        spot.number,
    )


def spot_of(match: Match[str]) -> Spot | None:
    """None where no version wrote this: ids can be forged."""
    member, anchor = int(match["member"] or 0), int(match["anchor"])
    since, until = (_day(match[name]) for name in ("since", "until"))
    dated = all(found is not None or not match[name] for name, found in (("since", since), ("until", until)))
    if max(member, anchor) > _LARGEST_ID or not dated or match["topic"] not in {"", *Topic}:
        return None
    topic = Topic(match["topic"]) if match["topic"] else None
    return Spot(Wanted(member or None, topic, since, until), anchor, int(match["page"]))


def _day(digits: str) -> date | None:
    return day(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
