from typing import Final

import structlog

from bot.domain.jobs import Job, JobState
from bot.ports import Meters

_log = structlog.get_logger(__name__)

_A_SECOND: Final = 1000


class Chronicle:
    """Counts each job that begins or ends, and writes one line about each that ends."""

    def __init__(self, meters: Meters) -> None:
        self._meters = meters

    def tell(self, job: Job) -> None:
        if job.state is JobState.PAINTING:
            self._meters.began(job)
        elif job.state.ended:
            self._meters.ended(job)
            _log.info(
                "job ended",
                job=job.id,
                guild=job.guild,
                origin=job.origin.value,
                outcome=job.state.value,
                code=job.failure,
                captured=job.price if job.captured else 0,
                waited_ms=_milliseconds(job.waited),
                painted_ms=_milliseconds(job.seconds),
                delivered_ms=_milliseconds(job.delivering),
            )


def _milliseconds(seconds: float | None) -> int | None:
    # A clock that was put back meanwhile makes no time negative.
    return None if seconds is None else max(0, round(seconds * _A_SECOND))
