"""What staff look for in the ledger, as options and as a part of a custom id."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.ledger import EntryKind, Search


class Topic(StrEnum):
    """What entries are about. The values stand in custom ids that are out there."""

    PICTURES = "pictures"
    SPENT = "spent"
    STAFF = "staff"
    EXTRA = "extra"
    CAPS = "caps"
    EXEMPT = "exempt"
    RESETS = "resets"
    ALLOWANCE = "allowance"
    OPERATOR = "operator"


KINDS: Final = {
    Topic.PICTURES: frozenset({EntryKind.HOLD, EntryKind.CAPTURE, EntryKind.RELEASE}),
    Topic.SPENT: frozenset({EntryKind.CAPTURE}),
    Topic.STAFF: frozenset({EntryKind.EXTRA, EntryKind.CAP, EntryKind.EXEMPT, EntryKind.RESET}),
    Topic.EXTRA: frozenset({EntryKind.EXTRA}),
    Topic.CAPS: frozenset({EntryKind.CAP}),
    Topic.EXEMPT: frozenset({EntryKind.EXEMPT}),
    Topic.RESETS: frozenset({EntryKind.RESET}),
    Topic.ALLOWANCE: frozenset({EntryKind.REFILL, EntryKind.LAPSE}),
    Topic.OPERATOR: frozenset({EntryKind.GRANT, EntryKind.TAKE, EntryKind.PLAN, EntryKind.PAUSE, EntryKind.RESUME}),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """From the day `since` to the day `until`, both included."""

    member: int | None = None
    topic: Topic | None = None
    since: date | None = None
    until: date | None = None

    def search(self, guild: int) -> Search:
        return Search(
            guild=guild,
            member=self.member,
            kinds=frozenset() if self.topic is None else KINDS[self.topic],
            since=None if self.since is None else _midnight(self.since),
            until=None if self.until is None else _midnight(self.until + timedelta(days=1)),
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """Page `number` of what is wanted. Page 0 begins before the entry `anchor`, so that new entries move no page."""

    wanted: Wanted
    anchor: int | None = None
    number: int = 0

    def turned(self, pages: int) -> "Spot":
        return replace(self, number=self.number + pages)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
