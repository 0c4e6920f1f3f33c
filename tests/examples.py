"""A job and a caller that tests take and change."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from typing_extensions import override

from bot.domain import failures
from bot.domain.credits import Split
from bot.domain.failures import PaintingError
from bot.domain.jobs import Job, JobState, Origin, job_id
from bot.domain.orders import Caller
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Content

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)

_JOB: dict[str, Any] = {
    "id": job_id(1234567890123456789),
    "guild": 10,
    "channel": 20,
    "member": 30,
    "origin": Origin.IMAGINE,
    "parent": None,
    "parameters": ImageParameters(prompt="a red fox", seed=7),
    "upload_limit": 10 * 2**20,
    "split": Split(1, 0),
    "period": 1,
    "stretch": 1,
    "state": JobState.QUEUED,
    "owner": None,
    "lease": 0,
    "cancelling": False,
    "created_at": NOON,
}

_CALLER: dict[str, Any] = {
    "interaction": 1234567890123456789,
    "guild": 10,
    "channel": 20,
    "places": frozenset({20}),
    "age_restricted": False,
    "member": 30,
    "roles": frozenset(),
    "manages": False,
    "missing_rights": (),
    "upload_limit": 10 * 2**20,
}


PAINTING_ERRORS = [it for it in vars(failures).values() if isinstance(it, type) and issubclass(it, PaintingError)]


def a_job(**changes: Any) -> Job:
    return Job(**{**_JOB, **changes})


def a_caller(**changes: Any) -> Caller:
    return Caller(**{**_CALLER, **changes})


class Held(Content):
    """What a file holds, without the file."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @property
    @override
    def size(self) -> int:
        return len(self.data)

    @override
    def reader(self) -> BytesIO:
        return BytesIO(self.data)
