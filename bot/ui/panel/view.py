"""What every page of the panel is drawn from, and what stands around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from zlib import crc32

from discord import SelectOption
from discord.ui import ActionRow, Button, Select, TextDisplay

from bot.domain.orders import Caller
from bot.domain.records import Event, Regulations
from bot.ui.custom_ids import cap_confirm_id, panel_id, set_undo_id
from bot.ui.panel.presence import Presence
from bot.ui.panel.widgets import Part, beside, row
from bot.ui.services import Interaction
from bot.ui.words import settings as words
from bot.ui.words.staff import CONFIRM

_BEYOND: Final = 1 << 6
"""No id is among those that Discord gives to the at most 40 components that have none."""
Drawn: TypeAlias = "tuple[str, *tuple[Part, ...]]"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the panel somebody is. `event`, `actor` and `anchor` are for the records alone."""

    page: str
    number: int = 0
    event: Event | None = None
    actor: int | None = None
    anchor: int = 0


@dataclass(frozen=True, slots=True)
class Sight:
    interaction: Interaction
    caller: Caller
    known: Regulations
    presence: Presence
    spot: Spot


@dataclass(frozen=True, slots=True)
class Notice:
    """What became of a press: a record that can be undone, or the key of what is still to be confirmed."""

    text: str
    undo: int | None = None
    confirm: str | None = None


def framed(spot: Spot, body: Sequence[Part], pages: Sequence[str], notice: Notice | None = None) -> Drawn:
    told: list[Part] = [] if notice is None else [_told(notice, spot.page)]
    items: list[Part] = [*told, *body, row(_navigation(spot.page, pages))]
    _identify(items, spot.page)
    return words.heading(spot.page), *items


def _identify(parts: Sequence[Part], page: str) -> None:
    # By place alone, a client may take a list for another page's, or for what it was before, and show its choice.
    for part in parts:
        for item in part.children if isinstance(part, ActionRow) else ():
            said: Any = item.to_component_dict()
            item.id = crc32(f"{page} {said['custom_id']}".encode()) >> 1 | _BEYOND


def _told(notice: Notice, page: str) -> Part:
    if notice.undo is not None:
        return beside(notice.text, Button(label=words.UNDO, custom_id=set_undo_id(notice.undo, page)))
    if notice.confirm is not None:
        return beside(notice.text, Button(label=CONFIRM, custom_id=cap_confirm_id(notice.confirm)))
    return TextDisplay(notice.text)


def _navigation(page: str, pages: Sequence[str]) -> Select[Any]:
    options = [
        SelectOption(label=words.PAGES[it], value=it, description=words.ABOUT_PAGES[it], default=it == page)
        for it in pages
    ]
    return Select(custom_id=panel_id(), placeholder=words.CHOOSE_PAGE, options=options)
