"""A guild's pool and its ledger, changed together inside somebody else's transaction."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, Table, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.adapters.storage.tables import ledger, pools
from bot.domain.credits import PeriodKind, Plan, Pool, Split
from bot.domain.jobs import Job


class EntryKind(StrEnum):
    REFILL = "refill"
    LAPSE = "lapse"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"


def insert_or_skip(connection: Connection, table: Table, **values: Any) -> bool:
    """Whether the row was inserted; False where one with its key is there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(literal(1))
    return connection.execute(statement).one_or_none() is not None


def lock_pool(connection: Connection, guild: int, plan: Plan, now: datetime) -> Pool:
    """The guild's pool, opened if it is new and refilled if its period is over; nobody else changes it meanwhile."""
    _open_pool(connection, guild, plan, now)
    pool = _read(connection, guild)
    start = pool.due(plan, now)
    if start is not None:
        _begin_period(connection, guild, pool, plan, start, now)
        return _read(connection, guild)
    if plan.allowance != pool.plan.allowance:
        _change_allowance(connection, guild, pool, plan, now)
        return _read(connection, guild)
    return pool


def hold(connection: Connection, job: Job) -> bool:
    """Hold the job's price; False where the pool no longer has it."""
    split = job.split
    guards: list[ColumnElement[bool]] = [pools.c.guild == job.guild, pools.c.number == job.period]
    if split.allowance:
        left = pools.c.allowance - pools.c.spent - pools.c.held
        guards.append(pools.c.unlimited | (left >= split.allowance))
    if split.bonus:
        guards.append(pools.c.bonus >= split.bonus)
    taken = connection.execute(
        update(pools)
        .where(*guards)
        .values(
            held=pools.c.held + split.allowance,
            bonus=pools.c.bonus - split.bonus,
            bonus_held=pools.c.bonus_held + split.bonus,
        )
    )
    if taken.rowcount != 1:
        return False
    change = Split(-split.allowance, -split.bonus)
    _enter(connection, job, EntryKind.HOLD, f"hold:{job.id}", change, job.created_at)
    return True


def settle(connection: Connection, job: Job, *, captured: bool, now: datetime) -> None:
    """Capture or release the job's hold. One key serves both, so that a job settles once."""
    running = read_number(connection, job.guild) == job.period
    allowance = job.split.allowance if running else 0
    spent, back = (allowance, Split(0, 0)) if captured else (0, Split(allowance, job.split.bonus))
    connection.execute(
        update(pools)
        .where(pools.c.guild == job.guild)
        .values(
            held=pools.c.held - allowance,
            spent=pools.c.spent + spent,
            bonus=pools.c.bonus + back.bonus,
            bonus_held=pools.c.bonus_held - job.split.bonus,
        )
    )
    kind = EntryKind.CAPTURE if captured else EntryKind.RELEASE
    _enter(connection, job, kind, f"settle:{job.id}", back, now)


def read_number(connection: Connection, guild: int) -> int:
    """The number of the guild's period; the pool stays locked."""
    statement = select(pools.c.number).where(pools.c.guild == guild).with_for_update()
    number: int = connection.execute(statement).scalar_one()
    return number


def _open_pool(connection: Connection, guild: int, plan: Plan, now: datetime) -> None:
    start = plan.period.start(now)
    new = insert_or_skip(
        connection,
        pools,
        guild=guild,
        number=1,
        start=start,
        spent=0,
        held=0,
        bonus=0,
        bonus_held=0,
        **_plan_columns(plan),
    )
    if new and plan.allowance:
        _enter_period(connection, guild, EntryKind.REFILL, "1", plan.allowance, now)


def _begin_period(connection: Connection, guild: int, old: Pool, plan: Plan, start: date, now: datetime) -> None:
    number = old.number + 1
    of_guild = update(pools).where(pools.c.guild == guild)
    empty = _plan_columns(Plan(0, plan.period))
    connection.execute(of_guild.values(number=number, start=start, spent=0, held=0, **empty))
    if left := _balance(old):
        _enter_period(connection, guild, EntryKind.LAPSE, str(number), -left, now)
    connection.execute(of_guild.values(**_plan_columns(plan)))
    if plan.allowance:
        _enter_period(connection, guild, EntryKind.REFILL, str(number), plan.allowance, now)


def _change_allowance(connection: Connection, guild: int, pool: Pool, plan: Plan, now: datetime) -> None:
    change = (plan.allowance or 0) - (pool.plan.allowance or 0)
    connection.execute(update(pools).where(pools.c.guild == guild).values(**_plan_columns(plan)))
    if change:
        kind = EntryKind.REFILL if change > 0 else EntryKind.LAPSE
        _enter_period(connection, guild, kind, f"{pool.number}:{uuid4().hex}", change, now)


def _plan_columns(plan: Plan) -> dict[str, Any]:
    return {
        "unlimited": plan.allowance is None,
        "allowance": plan.allowance or 0,
        "period": plan.period.value,
    }


def _balance(pool: Pool) -> int:
    """The allowance's balance as the ledger keeps it: below zero where more is used than was given."""
    return (pool.plan.allowance or 0) - pool.spent - pool.held


def _read(connection: Connection, guild: int) -> Pool:
    row = connection.execute(select(pools).where(pools.c.guild == guild).with_for_update()).one()
    return pool_of(row)


def pool_of(row: Row[Any]) -> Pool:
    plan = Plan(None if row.unlimited else row.allowance, PeriodKind(row.period))
    return Pool(plan, row.number, row.start, row.spent, row.held, row.bonus, row.bonus_held)


def _enter_period(connection: Connection, guild: int, kind: EntryKind, mark: str, change: int, now: datetime) -> None:
    pool = _read(connection, guild)
    connection.execute(
        insert(ledger).values(
            key=f"{kind}:{guild}:{mark}",
            guild=guild,
            kind=kind,
            amount=abs(change),
            allowance_change=change,
            bonus_change=0,
            allowance_after=_balance(pool),
            bonus_after=pool.bonus,
            period=pool.number,
            at=now,
        )
    )


def _enter(connection: Connection, job: Job, kind: EntryKind, key: str, change: Split, now: datetime) -> None:
    pool = _read(connection, job.guild)
    connection.execute(
        insert(ledger).values(
            key=key,
            guild=job.guild,
            kind=kind,
            amount=job.price,
            allowance_change=change.allowance,
            bonus_change=change.bonus,
            allowance_after=_balance(pool),
            bonus_after=pool.bonus,
            period=job.period,
            member=job.member,
            actor=job.member,
            job=job.id,
            at=now,
        )
    )
