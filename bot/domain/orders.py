"""Somebody asks for a picture: who, where, by which door, and within which limits."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.jobs import Job, JobId, Origin
from bot.domain.parameters import ImageParameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """What an interaction tells of the person who acts and of the place, the same at every door.

    `missing_rights` names what the bot itself may not do in the channel; `upload_limit` is in bytes.
    """

    interaction: int
    guild: int
    channel: int
    age_restricted: bool
    member: int
    roles: frozenset[int]
    staff: bool
    missing_rights: tuple[str, ...]
    upload_limit: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds that hold across all guilds: jobs at once, and paid calls per UTC day."""

    guild_jobs: int
    member_jobs: int
    calls_per_day: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A job and the turn it will have: 1 is next. `fresh` is False where the job existed already."""

    job: Job
    place: int
    fresh: bool
