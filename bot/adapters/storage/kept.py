"""Pictures that Discord took nowhere, kept for whoever asked for them."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, or_, select, update

from bot.adapters.storage import rows
from bot.adapters.storage.endings import LOCK, end_job
from bot.adapters.storage.tables import is_kept, jobs
from bot.domain.failures import UndeliverableError
from bot.domain.jobs import Job, JobId, JobState, Lease
from bot.domain.pictures import Hung

_OF: Final = (
    select(jobs)
    .where(
        jobs.c.guild == bindparam("of"),
        jobs.c.member == bindparam("who"),
        jobs.c.kept_until > bindparam("now"),
        or_(is_kept, jobs.c.state == JobState.DELIVERED.value),
    )
    .order_by(jobs.c.kept_until, jobs.c.id)
)


_CLAIM: Final = (
    update(jobs)
    .where(
        jobs.c.id == bindparam("job"),
        jobs.c.kept_until > bindparam("now"),
        jobs.c.lease_until < rows.DatabaseClock(),
        or_(is_kept, jobs.c.state == JobState.DELIVERED.value),
    )
    .values(
        lease=jobs.c.lease + 1,
        lease_until=rows.LEASE_END,
        channel=bindparam("there"),
        upload_limit=bindparam("limit"),
        card=None,
        untold_since=bindparam("now"),
    )
)


def of(connection: Connection, guild: int, member: int, now: datetime) -> list[Job]:
    """Those paid for that could not be shown yet are among them."""
    return [rows.job_of(row) for row in connection.execute(_OF, {"of": guild, "who": member, "now": now})]


def keep(connection: Connection, lease: Lease, now: datetime) -> Job | None:
    """The hold stays, and the lease ends."""
    job = rows.find(connection, lease.job)
    if job is None or job.painted is None:
        return None
    return rows.move(
        connection,
        *(lease.job, JobState.PAINTED, lease),
        state=JobState.KEPT.value,
        failure=UndeliverableError.code,
        kept_until=job.painted.kept_until(now),
        lease_until=0,
        untold_since=now,
    )


def claim(connection: Connection, job: JobId, channel: int, upload_limit: int, now: datetime) -> Job | None:
    """Under a lease: whoever presses again meanwhile gets nothing, and a process that dies leaves it to the next."""
    connection.execute(LOCK, {"job": job})
    values = {"job": job, "now": now, "there": channel, "limit": upload_limit}
    if connection.execute(_CLAIM, values).rowcount != 1:
        return None
    end_job(connection, job, {JobState.KEPT}, JobState.DELIVERED, None, now, keep_url=True)
    return rows.find(connection, job)


def shown(connection: Connection, job: JobId, hung: Hung) -> Job | None:
    told = {"card": hung.message, "file": hung.file, "untold_since": None}
    return rows.move(connection, job, JobState.DELIVERED, url=None, kept_until=None, **told)


def put_back(connection: Connection, job: JobId) -> Job | None:
    return rows.move(connection, job, JobState.DELIVERED, lease_until=0)


def expire(connection: Connection, now: datetime) -> list[Job]:
    """What was captured but could not be shown yet only loses its link."""
    over = jobs.c.kept_until <= now
    connection.execute(update(jobs).where(~is_kept, over).values(url=None, kept_until=None))
    kept = connection.execute(select(jobs.c.id).where(is_kept, over).order_by(jobs.c.guild, jobs.c.id)).scalars().all()
    ended = [end_job(connection, JobId(job), {JobState.KEPT}, JobState.EXPIRED, "expired", now) for job in kept]
    return [job for job in ended if job is not None]
