from dataclasses import dataclass, field

from bot.domain.jobs import Job


@dataclass(frozen=True, slots=True)
class Report:
    """A member tells of a picture that something is wrong with it; `times` members have by now.

    It is `fresh` where anything is new about it: the same member may press again and again.
    """

    job: Job
    reporter: int
    reason: str = field(repr=False)
    times: int = 1
    fresh: bool = True
