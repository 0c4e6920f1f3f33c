"""Whose turn it is, and the day's count of paid calls."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Label, func, select, update

from bot.adapters.storage import rows
from bot.adapters.storage.money import insert_or_skip
from bot.adapters.storage.tables import jobs, provider_days
from bot.domain.credits import PeriodKind
from bot.domain.failures import DailyBoundError
from bot.domain.jobs import Job, JobId, JobState
from bot.domain.orders import Limits
from bot.domain.turns import Line


def begin(connection: Connection, owner: str, limits: Limits, now: datetime) -> Job | None:
    while (chosen := _next(connection)) is not None:
        job = _take(connection, chosen, owner, now)
        if job is not None:
            _count_call(connection, limits, now)
            return job
    return None


def lines(connection: Connection, guild: int) -> list[Line]:
    """Every guild's waiting jobs; those of this guild include the ones whose card is on its way."""
    waiting = (jobs.c.state == JobState.QUEUED) | ((jobs.c.state == JobState.ACCEPTED) & (jobs.c.guild == guild))
    length = select(jobs.c.guild, func.count().label("length")).where(waiting).group_by(jobs.c.guild).subquery()
    standing = select(length.c.guild, length.c.length, _served(length.c.guild))
    found = [Line(row.guild, row.length, row.served) for row in connection.execute(standing)]
    return found if any(line.guild == guild for line in found) else [*found, Line(guild, 1, None)]


def calls_today(connection: Connection, now: datetime) -> int:
    today = select(provider_days.c.calls).where(provider_days.c.day == PeriodKind.DAY.start(now))
    calls: int | None = connection.execute(today).scalar_one_or_none()
    return calls or 0


def _next(connection: Connection) -> JobId | None:
    first_in_guild = func.row_number().over(partition_by=jobs.c.guild, order_by=(jobs.c.queued_at, jobs.c.id))
    heads = (
        select(jobs.c.id, jobs.c.guild, jobs.c.queued_at, first_in_guild.label("position"))
        .where(jobs.c.state == JobState.QUEUED)
        .subquery()
    )
    turn = _served(heads.c.guild)
    choice = (
        select(heads.c.id, turn)
        .where(heads.c.position == 1)
        .order_by(turn.asc().nulls_first(), heads.c.queued_at, heads.c.id)
        .limit(1)
    )
    row = connection.execute(choice).one_or_none()
    return None if row is None else JobId(row.id)


def _served(guild: ColumnElement[int]) -> Label[int | None]:
    earlier = jobs.alias()
    return select(func.max(earlier.c.turn)).where(earlier.c.guild == guild).scalar_subquery().label("served")


def _take(connection: Connection, job: JobId, owner: str, now: datetime) -> Job | None:
    return rows.move(
        connection,
        job,
        {JobState.QUEUED},
        state=JobState.PAINTING,
        owner=owner,
        lease=jobs.c.lease + 1,
        lease_until=rows.database_now(connection) + rows.LEASE_MILLISECONDS,
        turn=select(func.coalesce(func.max(jobs.alias().c.turn), 0) + 1).scalar_subquery(),
        painting_at=now,
    )


def _count_call(connection: Connection, limits: Limits, now: datetime) -> None:
    day = PeriodKind.DAY.start(now)
    insert_or_skip(connection, provider_days, day=day, calls=0)
    counted = connection.execute(
        update(provider_days)
        .where(provider_days.c.day == day, provider_days.c.calls < limits.calls_per_day)
        .values(calls=provider_days.c.calls + 1)
    )
    if counted.rowcount != 1:
        raise DailyBoundError
