"""How jobs end: state and money in one transaction."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, select

from bot.adapters.storage import money, observed, rows
from bot.adapters.storage.tables import is_queued, jobs, pools
from bot.domain.jobs import TRANSITIONS, Job, JobId, JobState, Lease, captures
from bot.domain.pictures import Hung

_BEFORE: Final = {end: {state for state, ends in TRANSITIONS.items() if end in ends} for end in JobState}
_WAITING: Final = frozenset({JobState.ACCEPTED, JobState.QUEUED})

_QUEUED: Final = select(jobs.c.id).where(is_queued).order_by(jobs.c.guild, jobs.c.queued_at)
# Lock order: the pool before the job. What is read is what stands once both are locked.
LOCK: Final = (
    select(jobs.c.state, pools.c.number)
    .join_from(jobs, pools, pools.c.guild == jobs.c.guild)
    .where(jobs.c.id == bindparam("job"))
    .with_for_update(of=(pools, jobs))
)


def settle(
    connection: Connection, lease: Lease, end: JobState, failure: str | None, hung: Hung | None, now: datetime
) -> Job | None:
    ended = end_job(connection, lease.job, _BEFORE[end], end, failure, now, lease)
    if ended is None or hung is None:
        return ended
    return rows.move(connection, lease.job, end, card=hung.message, file=hung.file)


def abandon(connection: Connection, job: JobId, card: int | None, now: datetime) -> Job | None:
    connection.execute(LOCK, {"job": job})
    rows.move(connection, job, JobState.ACCEPTED, card=card)
    return end_job(connection, job, {JobState.ACCEPTED}, JobState.FAILED, "abandoned", now)


def cancel(connection: Connection, job: JobId, now: datetime) -> Job | None:
    ended = end_job(connection, job, _WAITING, JobState.CANCELLED, None, now)
    return ended or rows.move(connection, job, JobState.PAINTING, cancelling=True)


def turn_away(connection: Connection, failure: str, since: datetime | None, now: datetime) -> list[Job]:
    waiting = _QUEUED if since is None else _QUEUED.where(jobs.c.queued_at <= since)
    queued = connection.execute(waiting).scalars().all()
    ended = (end_job(connection, JobId(job), {JobState.QUEUED}, JobState.FAILED, failure, now) for job in queued)
    return [job for job in ended if job is not None]


def end_job(
    connection: Connection,
    job: JobId,
    expected: AbstractSet[JobState],
    end: JobState,
    failure: str | None,
    now: datetime,
    lease: Lease | None = None,
    *,
    keep_url: bool = False,
) -> Job | None:
    row = connection.execute(LOCK, {"job": job}).one_or_none()
    if row is None or (before := JobState(row.state)) not in expected:
        return None
    columns: dict[str, Any] = {} if keep_url else {"url": None, "kept_until": None}
    if end is not JobState.DELIVERED:
        columns["untold_since"] = now
    ended = rows.move(connection, job, before, lease, state=end.value, failure=failure, ended_at=now, **columns)
    if ended is not None:
        money.settle(connection, ended, row.number, captured=captures(before, end), now=now)
        observed.note(connection, ended)
    return ended
