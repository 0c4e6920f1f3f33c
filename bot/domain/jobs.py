"""A job is one picture asked for: its states, and who may bring it from one to the next."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from bot.domain.credits import Split
from bot.domain.layers import Given
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Painted, Source

JobId = NewType("JobId", str)
"""`interaction id - ordinal`: the key of the effect, so the same interaction twice is one job."""


def job_id(interaction_id: int, ordinal: int = 0) -> JobId:
    return JobId(f"{interaction_id}-{ordinal}")


class JobState(StrEnum):
    ACCEPTED = "accepted"
    QUEUED = "queued"
    PAINTING = "painting"
    PAINTED = "painted"
    KEPT = "kept"
    DELIVERED = "delivered"
    MODERATED = "moderated"
    FAILED = "failed"
    CANCELLED = "cancelled"
    LOST = "lost"
    EXPIRED = "expired"

    @property
    def ended(self) -> bool:
        return self not in OPEN_STATES


class Veil(StrEnum):
    """What lies over a picture: it waits for staff to look, is gone for good, or what was known of it is.

    `ERASED` is what its member wished, `AGED` what the operator's retention brought.
    """

    HIDDEN = "hidden"
    REMOVED = "removed"
    DELETED = "deleted"
    ERASED = "erased"
    AGED = "aged"

    @property
    def takes_file(self) -> bool:
        """Whether its message loses the picture, too."""
        return self in {Veil.REMOVED, Veil.DELETED}

    @property
    def forgotten(self) -> bool:
        """Whether only the message is left, which staff can still remove."""
        return self in {Veil.ERASED, Veil.AGED}


BUSY_STATES: Final = frozenset({JobState.ACCEPTED, JobState.QUEUED, JobState.PAINTING, JobState.PAINTED})
"""Those that take one of the places a guild and a member have."""
OPEN_STATES: Final = BUSY_STATES | {JobState.KEPT}
"""Those that hold the price."""

TRANSITIONS: Final = {
    JobState.ACCEPTED: frozenset({JobState.QUEUED, JobState.FAILED, JobState.CANCELLED}),
    JobState.QUEUED: frozenset({JobState.PAINTING, JobState.FAILED, JobState.CANCELLED}),
    JobState.PAINTING: frozenset(
        {JobState.PAINTED, JobState.MODERATED, JobState.FAILED, JobState.CANCELLED, JobState.LOST}
    ),
    JobState.PAINTED: frozenset({JobState.DELIVERED, JobState.KEPT, JobState.FAILED, JobState.CANCELLED}),
    JobState.KEPT: frozenset({JobState.DELIVERED, JobState.EXPIRED}),
}
"""Where a job may go from each open state. What is not here is an end."""


def captures(before: JobState, end: JobState) -> bool:
    """Whether a job that ends keeps its price: the picture was shown, or made for somebody who cancelled late."""
    return end is JobState.DELIVERED or (end is JobState.CANCELLED and before is JobState.PAINTED)


class Origin(StrEnum):
    """Which door a job came through."""

    IMAGINE = "imagine"
    REROLL = "reroll"
    RETRY = "retry"
    REMIX = "remix"
    VARIATION = "variation"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on a job. A change under an older number finds nothing to change."""

    job: JobId
    owner: str
    number: int


@dataclass(frozen=True, slots=True)
class Place:
    """A message in a channel."""

    channel: int
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`upload_limit` is in bytes, as the interaction carried it; times are aware UTC.

    `period` is the number of the pool's period that pays, `stretch` the number of the member's account whose cap
    it counts against, `card` the message that shows the job, `file` the name of the picture in it, `failure` the code
    of a `PaintingError`. A picture that Discord took nowhere can be shown until `kept_until`. `source` is the picture
    that is edited, `given` says who chose the values of options, `parent_at` is where the parent stood.
    """

    id: JobId
    guild: int
    channel: int
    member: int
    origin: Origin
    parent: JobId | None
    parameters: ImageParameters
    upload_limit: int
    split: Split
    period: int
    stretch: int
    state: JobState
    owner: str | None
    lease: int
    cancelling: bool
    created_at: datetime
    queued_at: datetime | None = None
    card: int | None = None
    reference: str | None = None
    painted: Painted | None = None
    failure: str | None = None
    painting_at: datetime | None = None
    painted_at: datetime | None = None
    ended_at: datetime | None = None
    kept_until: datetime | None = None
    spoiler: bool = False
    file: str | None = None
    veil: Veil | None = None
    source: Source | None = None
    given: Given = field(default_factory=dict)
    parent_at: Place | None = None

    @property
    def place(self) -> Place | None:
        return None if self.card is None else Place(self.channel, self.card)

    @property
    def price(self) -> int:
        return self.split.price

    @property
    def held_lease(self) -> Lease:
        return Lease(self.id, self.owner or "", self.lease)

    @property
    def claimed(self) -> bool:
        """It was kept, is paid since, and was not noted as shown yet."""
        return self.state is JobState.DELIVERED and self.kept_until is not None

    @property
    def captured(self) -> bool:
        """Whether its end took its price; see `captures`."""
        late = self.state is JobState.CANCELLED and self.painted_at is not None
        return late or self.state is JobState.DELIVERED

    @property
    def waited(self) -> float | None:
        """How long it stood in the queue, None where it never had a turn."""
        return _seconds(self.queued_at, self.painting_at)

    @property
    def seconds(self) -> float | None:
        """How long the provider took, None while it has not answered."""
        return _seconds(self.painting_at, self.painted_at)

    @property
    def delivering(self) -> float | None:
        """How long it took from the provider's answer to the end, None where there was no picture."""
        return _seconds(self.painted_at, self.ended_at)


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None else (end - start).total_seconds()
