"""Whose turn it is, and the day's count of paid calls."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, func, or_, select, text, update
from sqlalchemy.sql.dml import ReturningUpdate

from bot.adapters.storage import observed, rows
from bot.adapters.storage.pools import insert_or_skip
from bot.adapters.storage.tables import is_busy, is_promised, is_queued, jobs, provider_days
from bot.domain.credits import PeriodKind
from bot.domain.failures import DailyBoundError
from bot.domain.jobs import Job, JobState
from bot.domain.orders import Limits
from bot.domain.turns import Line, place

_earlier: Final = jobs.alias()
_served: Final = (
    select(func.max(_earlier.c.turn)).where(_earlier.c.guild == jobs.c.guild).correlate(jobs).scalar_subquery()
)
# The one order of the guilds, which choosing the next job and telling a place have in common: who was served longest
# ago, then whose first card stood earlier. A job whose card is on its way stands last.
_IN_TURN: Final = (
    _served.asc().nulls_first(),
    func.min(jobs.c.queued_at).filter(is_queued).asc().nulls_last(),
    jobs.c.guild,
)

_LINES: Final = (
    select(jobs.c.guild, func.count().label("length"))
    .where(is_promised, or_(is_queued, jobs.c.guild == bindparam("own")))
    .group_by(jobs.c.guild)
    .order_by(*_IN_TURN)
)
_guild_next: Final = (
    select(jobs.c.guild).where(is_queued).group_by(jobs.c.guild).order_by(*_IN_TURN).limit(1).scalar_subquery()
)
_NEXT: Final = (
    select(jobs.c.id).where(is_queued, jobs.c.guild == _guild_next).order_by(jobs.c.queued_at, jobs.c.id).limit(1)
)
_in_turn: Final = (
    select(jobs.c.guild, func.row_number().over(order_by=_IN_TURN).label("rank"))
    .where(is_queued)
    .group_by(jobs.c.guild)
    .subquery("in_turn")
)
# The same order, over all guilds: of the next one, every job may be locked. No key changes, so whoever writes an entry
# of a job keeps nobody away.
_NEXT_FREE: Final = (
    select(jobs.c.id)
    .join(_in_turn, _in_turn.c.guild == jobs.c.guild)
    .where(is_queued)
    .order_by(_in_turn.c.rank, jobs.c.queued_at, jobs.c.id)
    .limit(1)
    .with_for_update(of=jobs, key_share=True, skip_locked=True)
)


def _taking(which: Select[Any]) -> ReturningUpdate[Any]:
    return (
        update(jobs)
        .where(jobs.c.id == which.scalar_subquery(), is_queued)
        .values(
            state=JobState.PAINTING.value,
            owner=bindparam("worker"),
            lease=jobs.c.lease + 1,
            lease_until=rows.LEASE_END,
            turn=select(func.coalesce(func.max(_earlier.c.turn), 0) + 1).scalar_subquery(),
            painting_at=bindparam("at"),
        )
        .returning(*jobs.c)
    )


_TAKE: Final = _taking(_NEXT)
_TAKE_FREE: Final = _taking(_NEXT_FREE)
_BUSY_IN: Final = (
    select(jobs)
    .where(is_busy, jobs.c.guild == bindparam("own"), jobs.c.queued_at.is_not(None))
    .order_by(jobs.c.painting_at.asc().nulls_last(), jobs.c.queued_at, jobs.c.id)
)
_WAITING: Final = select(func.count()).select_from(jobs).where(is_queued)

_ONE_MOMENT: Final = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
_LOCK_DAY: Final = select(provider_days.c.calls).where(provider_days.c.day == bindparam("today")).with_for_update()
_COUNT_CALL: Final = (
    update(provider_days)
    .where(provider_days.c.day == bindparam("today"), provider_days.c.calls < bindparam("bound"))
    .values(calls=provider_days.c.calls + 1)
)


def begin(connection: Connection, owner: str, limits: Limits, now: datetime) -> Job | None:
    today = PeriodKind.DAY.start(now)
    _lock_day(connection, today)  # first: workers then choose one after another, and no two get the same turn
    job = _take(connection, owner, now)
    if job is not None:
        _count_call(connection, limits, today)
        observed.note(connection, job)
    return job


def waiting(connection: Connection) -> int:
    count: int = connection.execute(_WAITING).scalar_one()
    return count


def waiting_in(connection: Connection, guild: int) -> tuple[list[Job], list[Line]]:
    """The guild's jobs whose card stands and that wait or are under way, in their order; and all guilds' lines."""
    _see_one_moment(connection)
    busy = [rows.job_of(row) for row in connection.execute(_BUSY_IN, {"own": guild})]
    return busy, _lines(connection, guild)


def place_of_last(connection: Connection, guild: int) -> int:
    """The turn of the last job in the guild's line, those among them whose card is on its way."""
    lines = _lines(connection, guild)
    return place(lines, guild) if any(line.guild == guild for line in lines) else len(lines) + 1


def _see_one_moment(connection: Connection) -> None:
    # Else a job that begins between two questions waits by the one answer, in a line that is not there by the other.
    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_MOMENT)


def _lines(connection: Connection, guild: int) -> list[Line]:
    # The rank stands for the turn last had: guilds that never had one keep their order, too.
    return [Line(row.guild, row.length, rank) for rank, row in enumerate(connection.execute(_LINES, {"own": guild}))]


def _take(connection: Connection, owner: str, now: datetime) -> Job | None:
    # A job that is locked is in somebody's hands, mostly to be cancelled. To wait for it would keep every other worker
    # waiting, too; where it goes on waiting for its turn after all, the next round finds it.
    take = _TAKE_FREE if connection.dialect.name == "postgresql" else _TAKE
    row = connection.execute(take, {"worker": owner, "at": now}).one_or_none()
    return None if row is None else rows.job_of(row)


def _lock_day(connection: Connection, today: date) -> None:
    if connection.execute(_LOCK_DAY, {"today": today}).one_or_none() is None:
        insert_or_skip(connection, provider_days, day=today, calls=0)
        connection.execute(_LOCK_DAY, {"today": today}).one()


def _count_call(connection: Connection, limits: Limits, today: date) -> None:
    if connection.execute(_COUNT_CALL, {"today": today, "bound": limits.calls_per_day}).rowcount != 1:
        raise DailyBoundError
