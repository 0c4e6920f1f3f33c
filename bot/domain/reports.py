from dataclasses import dataclass, field

from bot.domain.jobs import Job


@dataclass(frozen=True, slots=True)
class Report:
    """A member tells the operator about a picture."""

    job: Job
    reporter: int
    reason: str = field(repr=False)
