"""How jobs end: state and money in one transaction."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select

from bot.adapters.storage import money, rows
from bot.adapters.storage.tables import is_queued, jobs, pools
from bot.domain.jobs import TRANSITIONS, Job, JobId, JobState, Lease, captures

_BEFORE: Final = {end: {state for state, ends in TRANSITIONS.items() if end in ends} for end in JobState}
_WAITING: Final = frozenset({JobState.ACCEPTED, JobState.QUEUED})

_QUEUED: Final = select(jobs.c.id).where(is_queued).order_by(jobs.c.guild, jobs.c.queued_at)
# Lock order: the pool before the job. What is read is what stands once both are locked.
_LOCK: Final = (
    select(jobs.c.state, pools.c.number)
    .join_from(jobs, pools, pools.c.guild == jobs.c.guild)
    .where(jobs.c.id == bindparam("job"))
    .with_for_update(of=(pools, jobs))
)


def settle(connection: Connection, lease: Lease, end: JobState, failure: str | None, now: datetime) -> Job | None:
    return _end(connection, lease.job, _BEFORE[end], end, failure, now, lease)


def abandon(connection: Connection, job: JobId, now: datetime) -> Job | None:
    return _end(connection, job, {JobState.ACCEPTED}, JobState.FAILED, "abandoned", now)


def cancel(connection: Connection, job: JobId, now: datetime) -> Job | None:
    ended = _end(connection, job, _WAITING, JobState.CANCELLED, None, now)
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
    row = connection.execute(_LOCK, {"job": job}).one_or_none()
    if row is None or (before := JobState(row.state)) not in expected:
        return None
    ended = rows.move(connection, job, before, lease, state=end.value, failure=failure, url=None, ended_at=now)
    if ended is not None:
        money.settle(connection, ended, row.number, captured=captures(before, end), now=now)
    return ended
