"""The page of records: who of the staff did what, newest first."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from discord import SelectDefaultValueType, SelectOption
from discord.ui import Button, Select, TextDisplay, UserSelect

from bot.domain.records import Deeds, Event
from bot.services.office import Page
from bot.ui.custom_ids import deeds_id, deeds_of_id
from bot.ui.panel.presence import Presence
from bot.ui.panel.view import Sight, Spot
from bot.ui.panel.widgets import Part, marked, row
from bot.ui.services import services_of
from bot.ui.words import deeds as words

SHOWN: Final = 8
PAGES: Final = 100
"""A page is found by reading from the first one on: who looks for something older filters."""
ANYTHING: Final = "any"


async def body(sight: Sight) -> Sequence[Part]:
    spot, first = sight.spot, sight.spot.number * SHOWN
    search = Deeds(guild=sight.caller.guild, events=frozenset({spot.event} if spot.event else ()), actor=spot.actor)
    office = services_of(sight.interaction).office
    found = await office.records(sight.caller, search, spot.anchor or None, first + SHOWN)
    records = found.records[first:]
    anchored = spot if spot.anchor or not records else replace(spot, anchor=records[0].id + 1)
    return listed(Page(records, found.more), anchored, sight.presence)


def listed(found: Page, spot: Spot, presence: Presence) -> list[Part]:
    older = found.more and spot.number + 1 < PAGES
    turns = [
        *([_turn(spot, -1, words.NEWER)] if spot.number else []),
        *([_turn(spot, 1, words.OLDER)] if older else []),
    ]
    return [
        TextDisplay(words.page(found.records, presence)),
        *([row(*turns)] if turns else []),
        row(_events(spot)),
        row(_actors(spot)),
    ]


def _turn(spot: Spot, by: int, label: str) -> Button[Any]:
    return Button(label=label, custom_id=deeds_id(*_wanted(spot), spot.anchor, spot.number + by))


def _events(spot: Spot) -> Select[Any]:
    kinds = [(ANYTHING, words.ANYTHING), *((event.value, words.EVENTS[event]) for event in Event)]
    options = [
        SelectOption(label=label, value=value, default=value == (spot.event or ANYTHING)) for value, label in kinds
    ]
    return Select(custom_id=deeds_of_id("event", *_wanted(spot)), options=options)


def _actors(spot: Spot) -> UserSelect[Any]:
    chosen = [] if spot.actor is None else marked([spot.actor], SelectDefaultValueType.user)
    return UserSelect(
        custom_id=deeds_of_id("actor", *_wanted(spot)),
        placeholder=words.BY_ANYBODY,
        min_values=0,
        default_values=chosen,
    )


def _wanted(spot: Spot) -> tuple[str, str]:
    return spot.event or "", "" if spot.actor is None else str(spot.actor)
