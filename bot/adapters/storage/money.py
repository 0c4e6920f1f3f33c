"""A guild's pool and its ledger, changed together inside somebody else's transaction."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, Table, bindparam, insert, literal, or_, select, update
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


_LOCK: Final = select(pools).where(pools.c.guild == bindparam("of")).with_for_update()
_HOLD: Final = (
    update(pools)
    .where(
        pools.c.guild == bindparam("of"),
        pools.c.number == bindparam("period_number"),
        or_(
            pools.c.unlimited,
            bindparam("from_allowance") == 0,
            pools.c.allowance - pools.c.spent - pools.c.held >= bindparam("from_allowance"),
        ),
        pools.c.bonus >= bindparam("from_bonus"),
    )
    .values(
        held=pools.c.held + bindparam("from_allowance"),
        bonus=pools.c.bonus - bindparam("from_bonus"),
        bonus_held=pools.c.bonus_held + bindparam("from_bonus"),
    )
    .returning(*pools.c)
)
_SETTLE: Final = (
    update(pools)
    .where(pools.c.guild == bindparam("of"))
    .values(
        held=pools.c.held - bindparam("from_allowance"),
        spent=pools.c.spent + bindparam("used"),
        bonus=pools.c.bonus + bindparam("returned"),
        bonus_held=pools.c.bonus_held - bindparam("from_bonus"),
    )
    .returning(*pools.c)
)
_CHANGE: Final = update(pools).where(pools.c.guild == bindparam("of")).returning(*pools.c)
_ENTER: Final = insert(ledger).inline()


def insert_or_skip(connection: Connection, table: Table, **values: Any) -> bool:
    """Whether the row was inserted; False where one with its key is there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(literal(1))
    return connection.execute(statement).one_or_none() is not None


def lock_pool(connection: Connection, guild: int, plan: Plan, now: datetime) -> Pool:
    """The guild's pool, opened if it is new and refilled if its period is over; nobody else changes it meanwhile."""
    row = connection.execute(_LOCK, {"of": guild}).one_or_none()
    if row is None:
        _open_pool(connection, guild, plan, now)
        row = connection.execute(_LOCK, {"of": guild}).one()
    pool = pool_of(row)
    start = pool.due(plan, now)
    if start is not None:
        return _begin_period(connection, guild, pool, plan, start, now)
    if plan.allowance != pool.plan.allowance:
        return _change_allowance(connection, guild, pool, plan, now)
    return pool


def hold(connection: Connection, job: Job) -> bool:
    """Hold the job's price; False where the pool no longer has it."""
    split = job.split
    row = connection.execute(
        _HOLD,
        {
            "of": job.guild,
            "period_number": job.period,
            "from_allowance": split.allowance,
            "from_bonus": split.bonus,
        },
    ).one_or_none()
    if row is None:
        return False
    change = Split(-split.allowance, -split.bonus)
    _enter_job(connection, job, EntryKind.HOLD, f"hold:{job.id}", pool_of(row), change, job.created_at)
    return True


def settle(connection: Connection, job: Job, running: int, *, captured: bool, now: datetime) -> None:
    """Capture or release the job's hold, in its own period or in one that is `running` since.

    One key serves both, so that a job settles once.
    """
    allowance = job.split.allowance if job.period == running else 0
    used, back = (allowance, Split(0, 0)) if captured else (0, Split(allowance, job.split.bonus))
    row = connection.execute(
        _SETTLE,
        {
            "of": job.guild,
            "from_allowance": allowance,
            "from_bonus": job.split.bonus,
            "used": used,
            "returned": back.bonus,
        },
    ).one()
    kind = EntryKind.CAPTURE if captured else EntryKind.RELEASE
    _enter_job(connection, job, kind, f"settle:{job.id}", pool_of(row), back, now)


def balance(pool: Pool) -> int:
    """The allowance's balance as the ledger keeps it: below zero where more is used than was given."""
    return (pool.plan.allowance or 0) - pool.spent - pool.held


def pool_of(row: Row[Any]) -> Pool:
    plan = Plan(None if row.unlimited else row.allowance, PeriodKind(row.period))
    return Pool(plan, row.number, row.start, row.spent, row.held, row.bonus, row.bonus_held)


def _open_pool(connection: Connection, guild: int, plan: Plan, now: datetime) -> None:
    pool = Pool(plan, number=1, start=plan.period.start(now))
    numbers = {"number": pool.number, "start": pool.start, "spent": 0, "held": 0, "bonus": 0, "bonus_held": 0}
    if insert_or_skip(connection, pools, guild=guild, **numbers, **_plan_columns(plan)):
        _refill(connection, guild, pool, now)


def _begin_period(connection: Connection, guild: int, old: Pool, plan: Plan, start: date, now: datetime) -> Pool:
    number = old.number + 1
    pool = _change(connection, guild, number=number, start=start, spent=0, held=0, **_plan_columns(plan))
    if left := balance(old):
        _enter_period(connection, guild, EntryKind.LAPSE, str(number), pool, -left, 0, now)
    _refill(connection, guild, pool, now)
    return pool


def _refill(connection: Connection, guild: int, pool: Pool, now: datetime) -> None:
    if given := pool.plan.allowance:
        _enter_period(connection, guild, EntryKind.REFILL, str(pool.number), pool, given, given, now)


def _change_allowance(connection: Connection, guild: int, old: Pool, plan: Plan, now: datetime) -> Pool:
    pool = _change(connection, guild, **_plan_columns(plan))
    if change := balance(pool) - balance(old):
        kind = EntryKind.REFILL if change > 0 else EntryKind.LAPSE
        mark = f"{pool.number}:{uuid4().hex}"
        _enter_period(connection, guild, kind, mark, pool, change, balance(pool), now)
    return pool


def _change(connection: Connection, guild: int, **columns: Any) -> Pool:
    return pool_of(connection.execute(_CHANGE, {"of": guild, **columns}).one())


def _plan_columns(plan: Plan) -> dict[str, Any]:
    return {
        "unlimited": plan.allowance is None,
        "allowance": plan.allowance or 0,
        "period": plan.period.value,
    }


def _enter_period(
    connection: Connection,
    guild: int,
    kind: EntryKind,
    mark: str,
    pool: Pool,
    change: int,
    after: int,
    now: datetime,
) -> None:
    connection.execute(
        _ENTER,
        {
            "key": f"{kind}:{guild}:{mark}",
            "guild": guild,
            "kind": kind.value,
            "amount": abs(change),
            "allowance_change": change,
            "bonus_change": 0,
            "allowance_after": after,
            "bonus_after": pool.bonus,
            "period": pool.number,
            "at": now,
        },
    )


def _enter_job(
    connection: Connection, job: Job, kind: EntryKind, key: str, pool: Pool, change: Split, now: datetime
) -> None:
    connection.execute(
        _ENTER,
        {
            "key": key,
            "guild": job.guild,
            "kind": kind.value,
            "amount": job.price,
            "allowance_change": change.allowance,
            "bonus_change": change.bonus,
            "allowance_after": balance(pool),
            "bonus_after": pool.bonus,
            "period": job.period,
            "member": job.member,
            "actor": job.member,
            "job": job.id,
            "at": now,
        },
    )
