"""What a guild asked for and got within some days, counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from bot.domain.jobs import OPEN_STATES, JobState

SPANS: Final = (7, 30, 90)
"""Days, today among them, that can be asked about."""
USUAL_SPAN: Final = 30
NAMED: Final = 8
"""Members, and channels, that are told apart; the rest is one sum."""


class Outcome(StrEnum):
    """What became of a request, as a person tells it."""

    SHOWN = "shown"
    OPEN = "open"
    STOPPED = "stopped"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


_ENDS: Final = {
    JobState.DELIVERED: Outcome.SHOWN,
    JobState.MODERATED: Outcome.STOPPED,
    JobState.FAILED: Outcome.FAILED,
    JobState.LOST: Outcome.FAILED,
    JobState.CANCELLED: Outcome.CANCELLED,
    JobState.EXPIRED: Outcome.EXPIRED,
    **dict.fromkeys(OPEN_STATES, Outcome.OPEN),
}


@dataclass(frozen=True, slots=True)
class DayCount:
    """A UTC day's requests: the pictures shown of them, and the credits spent on them."""

    day: date
    pictures: int
    credits: int


@dataclass(frozen=True, slots=True)
class Share:
    """What one member, or one channel, has of it; where `id` is None, what `heads` others have together."""

    id: int | None
    pictures: int
    credits: int
    heads: int = 1


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds from the request to the painted picture, for half and for nine in ten of them."""

    median: float
    ninetieth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`days` has every day, the oldest first. Everything is counted on the day when it was asked for.

    Members and channels are those that cost credits, or got pictures; the one with most comes first.
    """

    days: Sequence[DayCount]
    members: Sequence[Share]
    channels: Sequence[Share]
    states: Mapping[JobState, int]
    waits: Waits | None

    @property
    def requests(self) -> int:
        return sum(self.states.values())

    @property
    def pictures(self) -> int:
        return sum(it.pictures for it in self.days)

    @property
    def credits(self) -> int:
        return sum(it.credits for it in self.days)

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """Those that happened."""
        counts = dict.fromkeys(Outcome, 0)
        for state, count in self.states.items():
            counts[_ENDS[state]] += count
        return {outcome: count for outcome, count in counts.items() if count}

    def for_everybody(self) -> "Figures":
        """Without who and where."""
        return replace(self, members=(), channels=())
