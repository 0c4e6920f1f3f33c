"""Jobs as rows, and the clock that leases go by."""

import json
from dataclasses import asdict
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, Row, Select, bindparam, select, update
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from bot.adapters.storage.tables import jobs
from bot.domain.credits import Split
from bot.domain.jobs import Job, JobId, JobState, Lease, Origin, Place, Veil
from bot.domain.layers import Given, Layer
from bot.domain.parameters import EditParameters, ImageParameters
from bot.domain.pictures import Painted, Source


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
        parameters=_parameters_of(row.parameters, edit=row.source is not None),
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
        **_times_of(row),
        spoiler=row.spoiler,
        file=row.file,
        veil=None if row.veil is None else Veil(row.veil),
        **_descent_of(row),
    )


def _descent_of(row: Row[Any]) -> dict[str, Any]:
    """What the picture is made from, and who chose what of it."""
    return {
        "parent": None if row.parent is None else JobId(row.parent),
        "source": None if row.source is None else Source(**json.loads(row.source)),
        "given": {} if row.given is None else _given_of(row.given),
        "parent_at": None if row.parent_card is None else Place(row.parent_channel, row.parent_card),
    }


def _times_of(row: Row[Any]) -> dict[str, Any]:
    names = ("created_at", "queued_at", "painting_at", "painted_at", "ended_at", "kept_until")
    return {name: getattr(row, name) for name in names}


@lru_cache(maxsize=256)  # a job is read at each of its steps, and a prompt is long
def _parameters_of(text: str, *, edit: bool) -> ImageParameters:
    return (EditParameters if edit else ImageParameters).model_validate_json(text)


@lru_cache(maxsize=256)
def _given_of(text: str) -> Given:
    return MappingProxyType({name: Layer(layer) for name, layer in json.loads(text).items()})


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
        "source": None if job.source is None else json.dumps(asdict(job.source)),
        "given": json.dumps(dict(job.given)) if job.given else None,
        "parent_channel": None if job.parent_at is None else job.parent_at.channel,
        "parent_card": None if job.parent_at is None else job.parent_at.message,
    }
