"""How jobs end: state and money in one transaction."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from bot.adapters.storage import money, rows
from bot.adapters.storage.tables import is_queued, jobs
from bot.domain.jobs import TRANSITIONS, Job, JobId, JobState, Lease, captures

_BEFORE: Final = {end: {state for state, ends in TRANSITIONS.items() if end in ends} for end in JobState}
_CANCELLED_FREE: Final = frozenset({JobState.ACCEPTED, JobState.QUEUED})
_QUEUED: Final = select(jobs.c.id).where(is_queued).order_by(jobs.c.guild, jobs.c.queued_at)


def settle(connection: Connection, lease: Lease, end: JobState, failure: str | None, now: datetime) -> Job | None:
    return _end(connection, lease.job, _BEFORE[end], end, failure, now, lease)


def abandon(connection: Connection, job: JobId, now: datetime) -> Job | None:
    return _end(connection, job, {JobState.ACCEPTED}, JobState.FAILED, "abandoned", now)


def cancel(connection: Connection, job: JobId, now: datetime) -> Job | None:
    ended = _end(connection, job, _CANCELLED_FREE, JobState.CANCELLED, None, now)
    return ended or rows.move(connection, job, JobState.PAINTING, cancelling=True)


def turn_away(connection: Connection, failure: str, now: datetime) -> list[Job]:
    queued = connection.execute(_QUEUED).scalars().all()
    ended = (_end(connection, JobId(job), {JobState.QUEUED}, JobState.FAILED, failure, now) for job in queued)
    return [job for job in ended if job is not None]


def _end(
    connection: Connection,
    job: JobId,
    expected: AbstractSet[JobState],
    end: JobState,
    failure: str | None,
    now: datetime,
    lease: Lease | None = None,
) -> Job | None:
    running = money.lock_paying_pool(connection, job)  # lock order: the pool before the job
    before = None if running is None else rows.lock(connection, job)
    if running is None or before is None or before.state not in expected:
        return None
    ended = rows.move(connection, job, before.state, lease, state=end.value, failure=failure, url=None, ended_at=now)
    if ended is not None:
        money.settle(connection, ended, running, captured=captures(before.state, end), now=now)
    return ended
