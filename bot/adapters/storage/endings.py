"""How jobs end: state and money in one transaction."""

from datetime import datetime

from sqlalchemy import Connection, select

from bot.adapters.storage import money, rows
from bot.adapters.storage.tables import jobs
from bot.domain.jobs import TRANSITIONS, Job, JobId, JobState, Lease, captures


def settle(connection: Connection, lease: Lease, end: JobState, failure: str | None, now: datetime) -> Job | None:
    return _end(connection, lease.job, end, failure, now, lease=lease)


def abandon(connection: Connection, job: JobId, now: datetime) -> Job | None:
    return _end(connection, job, JobState.FAILED, "abandoned", now, only={JobState.ACCEPTED})


def cancel(connection: Connection, job: JobId, now: datetime) -> Job | None:
    waiting = {JobState.ACCEPTED, JobState.QUEUED}
    ended = _end(connection, job, JobState.CANCELLED, None, now, only=waiting)
    return ended or rows.move(connection, job, {JobState.PAINTING}, cancelling=True)


def turn_away(connection: Connection, failure: str, now: datetime) -> list[Job]:
    queued = select(jobs).where(jobs.c.state == JobState.QUEUED).order_by(jobs.c.guild)
    ended = (
        _end(connection, job.id, JobState.FAILED, failure, now, only={JobState.QUEUED})
        for job in rows.choose(connection, queued)
    )
    return [job for job in ended if job is not None]


def _end(
    connection: Connection,
    job: JobId,
    end: JobState,
    failure: str | None,
    now: datetime,
    *,
    only: set[JobState] | None = None,
    lease: Lease | None = None,
) -> Job | None:
    before = rows.find(connection, job)
    if before is None or end not in TRANSITIONS.get(before.state, ()):
        return None
    if only is not None and before.state not in only:
        return None
    money.read_number(connection, before.guild)  # lock order: the pool before the job
    ended = rows.move(connection, job, {before.state}, lease, state=end, failure=failure, url=None, ended_at=now)
    if ended is None:
        return None
    money.settle(connection, ended, captured=captures(before.state, end), now=now)
    return ended
