"""What members find again: their pictures and their favourites, and pictures that they show once more."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.jobs import Job, JobId


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Which pictures of a guild a member looks for: their own or their favourites, newest first.

    Only what can be seen is found; `text` stands in the prompt, whatever its case.
    """

    guild: int
    member: int
    favourites: bool = False
    channel: int | None = None
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Spot:
    """Between two pictures: at this time, this one was made, or became a favourite."""

    at: datetime
    job: JobId


@dataclass(frozen=True, slots=True)
class Turn:
    """To the pictures that are older than a spot, or newer."""

    spot: Spot
    newer: bool = False


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of what was found, and from which spots on there is more. `cut` is whether there may be some older."""

    jobs: tuple[Job, ...] = ()
    newer: Spot | None = None
    older: Spot | None = None
    cut: bool = False


class Unseen(StrEnum):
    """Why a picture that stood somewhere cannot be seen now."""

    GONE = "gone"
    FORBIDDEN = "forbidden"
    AWAY = "away"
    BOLD = "bold"
    """It may not be shown in this channel."""
    CLOSED = "closed"
    """It stands in a channel that the person may not read, so neither it nor a word of it is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A picture that a member shows once more. It has no `message` while it does not stand."""

    id: JobId
    job: JobId
    guild: int
    channel: int
    member: int
    message: int | None = None
    file: str | None = None
