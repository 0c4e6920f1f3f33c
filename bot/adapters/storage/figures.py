"""A guild's jobs of some days, counted by the database: what comes out of it is short, however many there were."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Float,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from bot.adapters.storage.tables import jobs
from bot.domain.figures import NAMED, DayCount, Share, Waits
from bot.domain.jobs import JobState


class UtcDay(FunctionElement[Any]):
    """The day of a moment, wherever the database thinks it is."""

    type = Date()
    inherit_cache = True


class Seconds(FunctionElement[float]):
    """From the first moment to the second."""

    type = Float()
    inherit_cache = True


@compiles(UtcDay, "sqlite")
def _sqlite_day(element: UtcDay, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)})"


@compiles(UtcDay, "postgresql")
def _postgresql_day(element: UtcDay, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AT TIME ZONE 'UTC' AS DATE)"


@compiles(Seconds, "sqlite")
def _sqlite_seconds(element: Seconds, compiler: SQLCompiler, **options: Any) -> str:
    first, second = (compiler.process(it, **options) for it in element.clauses)
    return f"(julianday({second}) - julianday({first})) * 86400"


@compiles(Seconds, "postgresql")
def _postgresql_seconds(element: Seconds, compiler: SQLCompiler, **options: Any) -> str:
    first, second = (compiler.process(it, **options) for it in element.clauses)
    return f"CAST(extract(epoch FROM {second} - {first}) AS DOUBLE PRECISION)"


_SHOWN: Final = jobs.c.state == JobState.DELIVERED.value
_PAID: Final = or_(_SHOWN, and_(jobs.c.state == JobState.CANCELLED.value, jobs.c.painted_at.is_not(None)))
"""What kept its price: see `bot.domain.jobs.captures`."""
_PICTURES: Final = func.sum(case((_SHOWN, 1), else_=0)).label("pictures")
_CREDITS: Final = func.sum(case((_PAID, jobs.c.allowance + jobs.c.bonus), else_=0)).label("credits")


def _asked(*columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).where(
        jobs.c.guild == bindparam("of"),
        jobs.c.created_at >= bindparam("since"),
        jobs.c.created_at < bindparam("until"),
    )


def _shares(column: Column[Any]) -> Select[Any]:
    each = _asked(column.label("id"), _PICTURES, _CREDITS).where(_PAID).group_by(column).subquery()
    order = func.row_number().over(order_by=(each.c.pictures.desc(), each.c.credits.desc(), each.c.id))
    placed = select(each, order.label("place")).subquery()
    is_named = placed.c.place <= literal_column(str(NAMED))
    named = select(
        placed, case((is_named, placed.c.id)).label("who"), case((is_named, 0), else_=1).label("rest")
    ).subquery()
    sums = (func.sum(named.c.pictures).label("pictures"), func.sum(named.c.credits).label("credits"))
    return (
        select(named.c.who, *sums, func.count().label("heads"))
        .group_by(named.c.rest, named.c.who)
        .order_by(named.c.rest, func.min(named.c.place))
    )


def _waits() -> Select[Any]:
    seconds = Seconds(jobs.c.created_at, jobs.c.painted_at).label("seconds")
    each = _asked(seconds).where(jobs.c.painted_at.is_not(None)).subquery()
    place = func.row_number().over(order_by=each.c.seconds).label("place")
    ranked = select(each.c.seconds, place, func.count().over().label("total")).subquery()
    parts = ((5, "median"), (9, "ninetieth"))
    return select(
        *(
            func.min(case((ranked.c.place * 10 >= ranked.c.total * tenths, ranked.c.seconds))).label(name)
            for tenths, name in parts
        )
    )


_DAY: Final = UtcDay(jobs.c.created_at).label("day")
_DAYS: Final = _asked(_DAY, _PICTURES, _CREDITS).group_by(_DAY)
_MEMBERS: Final = _shares(jobs.c.member)
_CHANNELS: Final = _shares(jobs.c.channel)
_STATES: Final = _asked(jobs.c.state, func.count().label("jobs")).group_by(jobs.c.state)
_WAITS: Final = _waits()


def days(connection: Connection, guild: int, since: datetime, until: datetime) -> Sequence[DayCount]:
    rows = connection.execute(_DAYS, _values(guild, since, until))
    counted = {row.day: DayCount(row.day, int(row.pictures), int(row.credits)) for row in rows}
    first = since.astimezone(UTC).date()
    last = (until.astimezone(UTC) - timedelta.resolution).date()
    every = (first + timedelta(days=it) for it in range((last - first).days + 1))
    return [counted.get(day, DayCount(day, 0, 0)) for day in every]


def members(connection: Connection, guild: int, since: datetime, until: datetime) -> Sequence[Share]:
    return _shared(connection, _MEMBERS, _values(guild, since, until))


def channels(connection: Connection, guild: int, since: datetime, until: datetime) -> Sequence[Share]:
    return _shared(connection, _CHANNELS, _values(guild, since, until))


def states(connection: Connection, guild: int, since: datetime, until: datetime) -> Mapping[JobState, int]:
    rows = connection.execute(_STATES, _values(guild, since, until))
    return {JobState(row.state): row.jobs for row in rows}


def waits(connection: Connection, guild: int, since: datetime, until: datetime) -> Waits | None:
    row = connection.execute(_WAITS, _values(guild, since, until)).one()
    return None if row.median is None else Waits(row.median, row.ninetieth)


def _shared(connection: Connection, statement: Select[Any], values: dict[str, Any]) -> Sequence[Share]:
    rows = connection.execute(statement, values)
    return [Share(row.who, int(row.pictures), int(row.credits), row.heads) for row in rows]


def _values(guild: int, since: datetime, until: datetime) -> dict[str, Any]:
    return {"of": guild, "since": since, "until": until}
