"""Somebody asks for a picture: who, where, by which door, and within which limits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.jobs import Job, JobId, Origin, Place
from bot.domain.layers import Given
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Source
from bot.domain.refusals import RefusalError


def _nothing(_: int) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """What an interaction tells of the person who acts and of the place, the same at every door.

    `places` are the channel, a thread's parent and their category; `manages` is the right to manage the server,
    `moderates` that to punish members, or to delete messages in all of it, `moderates_here` to delete those of the
    channel;
    `missing_rights` names what the bot itself may not do in the channel; `upload_limit` is in bytes; `reads` says of
    another channel whether the person may read it, as far as the bot knows.
    """

    interaction: int
    guild: int
    channel: int
    places: frozenset[int]
    age_restricted: bool
    member: int
    roles: frozenset[int]
    manages: bool
    moderates: bool = False
    moderates_here: bool = False
    missing_rights: tuple[str, ...]
    upload_limit: int
    reads: Callable[[int], bool] = field(default=_nothing, repr=False, compare=False)

    def may_read(self, channel: int) -> bool:
        return channel == self.channel or self.reads(channel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A job before it is one: what admission passed on to the ledger."""

    id: JobId
    caller: Caller
    origin: Origin
    parent: JobId | None
    parameters: ImageParameters
    price: int
    at: datetime
    spoiler: bool = False
    source: Source | None = None
    given: Given = field(default_factory=dict)
    parent_at: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a transaction guards: jobs at once, paid calls per UTC day, and how soon a member may ask again.

    After so many results `moderated_an_hour`, or cards removed while they were paid for, a member waits; 0 is never.
    """

    guild_jobs: int
    member_jobs: int
    calls_per_day: int
    cooldown: timedelta = timedelta()
    moderated_an_hour: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A job and the turn it will have: 1 is next. `fresh` is False where the job existed already."""

    job: Job
    place: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """How many pictures could be made at once, each for that price, and what speaks against one more."""

    count: int
    price_each: int
    reason: RefusalError | None = None

    @property
    def price(self) -> int:
        return self.count * self.price_each
