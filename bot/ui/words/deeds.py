"""The records of what staff did."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.domain.records import Deed, Event, Record
from bot.ui.panel.presence import Presence
from bot.ui.panel.table import changed, rules_with
from bot.ui.text import escaped
from bot.ui.words import setting_values as values
from bot.ui.words.blocks import ending
from bot.ui.words.people import mention
from bot.ui.words.times import full

ANYTHING: Final = "Everything that was done"
BY_ANYBODY: Final = "By anybody; choose a member to see what they did"
NEWER: Final = "Newer"
OLDER: Final = "Older"
NOTHING: Final = "Nothing was found."
EVENTS: Final[Mapping[Event, str]] = {
    Event.SETTING: "Settings changed",
    Event.BLOCK: "Members blocked",
    Event.UNBLOCK: "Members unblocked",
    Event.DISMISS: "Reports dismissed",
    Event.REMOVE: "Pictures removed",
}
_OF_PICTURES: Final = {
    Event.DISMISS: "dismissed the reports of",
    Event.REMOVE: "removed",
}
_LISTS: Final = {"words": "Refused words", "excepted": "Exceptions from refused words"}
_MOST_NAMED: Final = 3
_MOST_PARTS: Final = 2
_REASON_LIMIT: Final = 100
_SUBJECT_LIMIT: Final = 40


def page(records: Sequence[Record], presence: Presence) -> str:
    return "\n".join(_line(record, presence) for record in records) or NOTHING


def changes(deed: Deed, presence: Presence, most: int = values.MOST_NAMED_IN_CHANGES) -> str:
    """What a record of a setting changed, from what to what."""
    before, after = rules_with(deed.subject, deed.before), rules_with(deed.subject, deed.after)
    if deed.subject in _LISTS:
        counts = (len(getattr(it, deed.subject)) for it in (before, after))
        return f"**{_LISTS[deed.subject]}** {' → '.join(f'{it:,}' for it in counts)}."
    told = [values.change(it, before, after, presence, most) for it in changed(deed.subject, before, after)]
    more = len(told) - _MOST_PARTS
    if more > 0:
        return f"{' '.join(told[:_MOST_PARTS])} And {more} more."
    return " ".join(told) or f"`{escaped(deed.subject, _SUBJECT_LIMIT)}` was set to what it was."


def _line(record: Record, presence: Presence) -> str:
    deed = record.deed
    why = f"\n-# {escaped(deed.reason, _REASON_LIMIT)}" if deed.reason else ""
    return f"{full(deed.at)} · {mention(deed.actor)} · {what(deed, presence)}{why}"


def what(deed: Deed, presence: Presence) -> str:
    match deed.event:
        case Event.SETTING:
            undo = "" if deed.undoes is None else "undo: "
            return f"{undo}{changes(deed, presence, _MOST_NAMED)}"
        case Event.BLOCK:
            return f"blocked {mention(int(deed.subject))} {ending(_until(deed.after))}"
        case Event.UNBLOCK:
            return f"unblocked {mention(int(deed.subject))}"
        case _:
            return f"{_OF_PICTURES[deed.event]} a picture (`{deed.subject}`)"


def _until(told: str | None) -> datetime | None:
    moment = None if told is None else json.loads(told)
    return None if moment is None else datetime.fromisoformat(moment)
