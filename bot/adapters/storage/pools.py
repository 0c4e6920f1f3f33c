"""A guild's pool: opened, refilled and changed, each with its entries in the ledger."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, Table, bindparam, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.adapters.storage import entries
from bot.adapters.storage.tables import pools
from bot.domain.caps import CapRules
from bot.domain.credits import PeriodKind, Plan, Pool, balance
from bot.domain.ledger import EntryKind

_LOCK: Final = select(pools).where(pools.c.guild == bindparam("of")).with_for_update()
_CHANGE: Final = update(pools).where(pools.c.guild == bindparam("of")).returning(*pools.c)


def insert_or_skip(connection: Connection, table: Table, **values: Any) -> bool:
    """Whether the row was inserted; False where one with its key is there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(literal(1))
    return connection.execute(statement).one_or_none() is not None


def lock(connection: Connection, guild: int, house: Plan, now: datetime) -> Pool:
    """The guild's pool, opened if it is new and refilled if its period is over; nobody else changes it meanwhile."""
    row = connection.execute(_LOCK, {"of": guild}).one_or_none()
    if row is None:
        _open(connection, guild, house, now)
        row = connection.execute(_LOCK, {"of": guild}).one()
    pool = pool_of(row)
    return under(connection, guild, pool, pool.plan_under(house), now)


def lock_known(connection: Connection, guild: int, house: Plan, now: datetime) -> Pool | None:
    """The same, but a guild that never used the bot gets no pool."""
    known = connection.execute(_LOCK, {"of": guild}).one_or_none() is not None
    return lock(connection, guild, house, now) if known else None


def under(connection: Connection, guild: int, pool: Pool, plan: Plan, now: datetime) -> Pool:
    """The locked pool under this plan and at this time: a period that is due begins, a new allowance counts at once."""
    start = pool.due(plan, now)
    if start is not None:
        return _begin_period(connection, guild, pool, plan, start, now)
    if plan.allowance != pool.plan.allowance:
        return _change_allowance(connection, guild, pool, plan, now)
    return pool


def change(connection: Connection, guild: int, **columns: Any) -> Pool:
    """Of a pool that is locked."""
    return pool_of(connection.execute(_CHANGE, {"of": guild, **columns}).one())


def pool_of(row: Row[Any]) -> Pool:
    return Pool(
        Plan(None if row.unlimited else row.allowance, PeriodKind(row.period)),
        row.number,
        row.start,
        row.spent,
        row.held,
        row.bonus,
        row.bonus_held,
        _rules_of(row.rules),
        row.own_plan,
        row.paused,
    )


@lru_cache(maxsize=1024)  # read with every picture, changed rarely
def _rules_of(text: str) -> CapRules:
    return CapRules.model_validate_json(text)


def _open(connection: Connection, guild: int, plan: Plan, now: datetime) -> None:
    numbers = {"number": 1, "start": plan.period.start(now), "spent": 0, "held": 0, "bonus": 0, "bonus_held": 0}
    fresh = insert_or_skip(
        connection, pools, guild=guild, own_plan=False, paused=False, rules="{}", **numbers, **_plan_columns(plan)
    )
    if fresh:
        _refill(connection, guild, pool_of(connection.execute(_LOCK, {"of": guild}).one()), now)


def _begin_period(connection: Connection, guild: int, old: Pool, plan: Plan, start: date, now: datetime) -> Pool:
    number = old.number + 1
    pool = change(connection, guild, number=number, start=start, spent=0, held=0, **_plan_columns(plan))
    if left := balance(old):
        entries.enter_period(connection, guild, EntryKind.LAPSE, str(number), pool, -left, 0, now)
    _refill(connection, guild, pool, now)
    return pool


def _refill(connection: Connection, guild: int, pool: Pool, now: datetime) -> None:
    if given := pool.plan.allowance:
        entries.enter_period(connection, guild, EntryKind.REFILL, str(pool.number), pool, given, given, now)


def _change_allowance(connection: Connection, guild: int, old: Pool, plan: Plan, now: datetime) -> Pool:
    pool = change(connection, guild, **_plan_columns(plan))
    if moved := balance(pool) - balance(old):
        kind = EntryKind.REFILL if moved > 0 else EntryKind.LAPSE
        mark = f"{pool.number}:{uuid4().hex}"
        entries.enter_period(connection, guild, kind, mark, pool, moved, balance(pool), now)
    return pool


def _plan_columns(plan: Plan) -> dict[str, Any]:
    return {
        "unlimited": plan.allowance is None,
        "allowance": plan.allowance or 0,
        "period": plan.period.value,
    }
