"""The ledger's entries, as people read them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.domain.credits import Pool

COMMAND_LINE: Final = 0
"""The actor of what the operator decided on the command line."""


class EntryKind(StrEnum):
    """What moved credits, and what was decided about them."""

    REFILL = "refill"
    LAPSE = "lapse"
    GRANT = "grant"
    TAKE = "take"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"
    EXTRA = "extra"
    CAP = "cap"
    EXEMPT = "exempt"
    RESET = "reset"
    PLAN = "plan"
    PAUSE = "pause"
    RESUME = "resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`before` and `after` belong to what was decided; the balances after it are the pool's.

    `member` or `role` is whom it concerns, `actor` who did it: None is the bot itself. `card` is the message of the
    `job`, in its `channel`.
    """

    id: int
    kind: EntryKind
    amount: int
    allowance_change: int
    bonus_change: int
    allowance_after: int
    bonus_after: int
    member: int | None
    role: int | None
    actor: int | None
    job: str | None
    before: int | None
    after: int | None
    reason: str | None
    at: datetime
    channel: int | None = None
    card: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Which of a guild's entries; `kinds` empty is all. From `since` on, before `until`."""

    guild: int
    member: int | None = None
    kinds: frozenset[EntryKind] = field(default_factory=frozenset)
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """What a member's pictures have cost in a period, whatever was reset meanwhile."""

    member: int
    credits: int
    pictures: int


@dataclass(frozen=True, slots=True)
class GuildSummary:
    """`last_at` is when the ledger last had something to say."""

    guild: int
    pool: Pool
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Day:
    """The provider's paid calls of a UTC day against the operator's bound, and when the count begins anew."""

    calls: int
    bound: int
    renews_at: datetime
