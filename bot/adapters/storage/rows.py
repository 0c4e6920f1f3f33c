"""Jobs as rows, and the clock that leases go by."""

from functools import lru_cache
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Row, Select, bindparam, select, update
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from bot.adapters.storage.tables import jobs
from bot.domain.credits import Split
from bot.domain.jobs import Job, JobId, JobState, Lease, Origin, Veil
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Painted


class DatabaseClock(FunctionElement[int]):
    """The database's own clock, in milliseconds since 1970: processes need not agree on the time."""

    type = BigInteger()
    inherit_cache = True


@compiles(DatabaseClock, "sqlite")
def _sqlite_clock(_element: DatabaseClock, _compiler: SQLCompiler, **_options: Any) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"


@compiles(DatabaseClock, "postgresql")
def _postgresql_clock(_element: DatabaseClock, _compiler: SQLCompiler, **_options: Any) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"


LEASE_MILLISECONDS: Final = 60_000
LEASE_END: Final = DatabaseClock() + LEASE_MILLISECONDS

FIND: Final = select(jobs).where(jobs.c.id == bindparam("job"))
# What else is passed when these are executed names the columns to set.
_MOVE: Final = (
    update(jobs).where(jobs.c.id == bindparam("job"), jobs.c.state == bindparam("expected")).returning(*jobs.c)
)
_MOVE_LEASED: Final = _MOVE.where(jobs.c.owner == bindparam("holder"), jobs.c.lease == bindparam("number"))


def find(connection: Connection, job: JobId) -> Job | None:
    return first(connection, FIND, job=job)


def first(connection: Connection, statement: Select[Any], **values: Any) -> Job | None:
    row = connection.execute(statement, values).first()
    return None if row is None else job_of(row)


def move(
    connection: Connection, job: JobId, expected: JobState, lease: Lease | None = None, /, **columns: Any
) -> Job | None:
    """Change a job that is in the expected state (and under the lease); None where it is not."""
    values: dict[str, Any] = {"job": job, "expected": expected.value, **columns}
    if lease is None:
        row = connection.execute(_MOVE, values).one_or_none()
    else:
        row = connection.execute(_MOVE_LEASED, {**values, "holder": lease.owner, "number": lease.number}).one_or_none()
    return None if row is None else job_of(row)


def note(connection: Connection, job: JobId, /, **columns: Any) -> None:
    """Whatever state the job is in."""
    connection.execute(update(jobs).where(jobs.c.id == job).values(columns))


def job_of(row: Row[Any]) -> Job:
    return Job(
        id=JobId(row.id),
        guild=row.guild,
        channel=row.channel,
        member=row.member,
        origin=Origin(row.origin),
        parent=None if row.parent is None else JobId(row.parent),
        parameters=_parameters_of(row.parameters),
        upload_limit=row.upload_limit,
        split=Split(row.allowance, row.bonus),
        period=row.period,
        stretch=row.stretch,
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
        kept_until=row.kept_until,
        spoiler=row.spoiler,
        file=row.file,
        veil=None if row.veil is None else Veil(row.veil),
    )


@lru_cache(maxsize=256)  # a job is read at each of its steps, and a prompt is long
def _parameters_of(text: str) -> ImageParameters:
    return ImageParameters.model_validate_json(text)


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
        "stretch": job.stretch,
        "state": job.state.value,
        "owner": job.owner,
        "lease": job.lease,
        "cancelling": job.cancelling,
        "created_at": job.created_at,
        "spoiler": job.spoiler,
    }
