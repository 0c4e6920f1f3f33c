"""Jobs as rows, and the clock that leases go by."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, literal_column, select, update

from bot.adapters.storage.tables import jobs
from bot.domain.credits import Split
from bot.domain.jobs import Job, JobId, JobState, Lease, Origin
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Painted

LEASE_MILLISECONDS: Final = 60_000

_CLOCKS: Final = {
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
    "postgresql": "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)",
}


def database_now(connection: Connection) -> ColumnElement[int]:
    """The database's own clock, in milliseconds since 1970: processes need not agree on the time."""
    return literal_column(_CLOCKS[connection.dialect.name])


def find(connection: Connection, job: JobId) -> Job | None:
    row = connection.execute(select(jobs).where(jobs.c.id == job)).one_or_none()
    return None if row is None else job_of(row)


def choose(connection: Connection, statement: Select[Any]) -> list[Job]:
    return [job_of(row) for row in connection.execute(statement)]


def move(
    connection: Connection,
    job: JobId,
    expected: Iterable[JobState],
    under: Lease | None = None,
    /,
    **values: Any,
) -> Job | None:
    """Change a job that is in an expected state (and under the lease); None where it is not."""
    guards = [jobs.c.id == job, jobs.c.state.in_(sorted(expected))]
    if under is not None:
        guards += [jobs.c.owner == under.owner, jobs.c.lease == under.number]
    row = connection.execute(update(jobs).where(*guards).values(**values).returning(jobs)).one_or_none()
    return None if row is None else job_of(row)


def job_of(row: Row[Any]) -> Job:
    return Job(
        id=JobId(row.id),
        guild=row.guild,
        channel=row.channel,
        member=row.member,
        origin=Origin(row.origin),
        parent=None if row.parent is None else JobId(row.parent),
        parameters=ImageParameters.model_validate_json(row.parameters),
        upload_limit=row.upload_limit,
        split=Split(row.allowance, row.bonus),
        period=row.period,
        state=JobState(row.state),
        owner=row.owner,
        lease=row.lease,
        cancelling=row.cancelling,
        card=row.card,
        reference=row.reference,
        painted=None if row.url is None else Painted(row.reference, row.url),
        failure=row.failure,
        created_at=row.created_at,
        painting_at=row.painting_at,
        painted_at=row.painted_at,
        ended_at=row.ended_at,
    )


def columns_of(job: Job) -> dict[str, Any]:
    """A new job as a row."""
    return {
        "id": job.id,
        "guild": job.guild,
        "channel": job.channel,
        "member": job.member,
        "origin": job.origin.value,
        "parent": job.parent,
        "parameters": job.parameters.model_dump_json(),
        "upload_limit": job.upload_limit,
        "allowance": job.split.allowance,
        "bonus": job.split.bonus,
        "period": job.period,
        "state": job.state.value,
        "owner": job.owner,
        "lease": job.lease,
        "cancelling": job.cancelling,
        "created_at": job.created_at,
    }
