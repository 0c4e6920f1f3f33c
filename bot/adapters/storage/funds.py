"""What the operator decides about guilds: bonus credits, plans, pauses."""

from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, bindparam, delete, select, update

from bot.adapters.storage import entries, pools
from bot.adapters.storage.admission import PAUSED
from bot.adapters.storage.decisions import already
from bot.adapters.storage.tables import facts, ledger, provider_days
from bot.adapters.storage.tables import pools as pools_table
from bot.domain.acts import Grant, PauseChange, PlanChange
from bot.domain.credits import PeriodKind, Plan, Pool
from bot.domain.ledger import EntryKind, GuildSummary
from bot.domain.refusals import TooLittleError, UnknownGuildError

_MOVE_BONUS: Final = (
    update(pools_table)
    .where(pools_table.c.guild == bindparam("of"), pools_table.c.bonus + bindparam("moved") >= 0)
    .values(bonus=pools_table.c.bonus + bindparam("moved"))
    .returning(*pools_table.c)
)
_PAUSE: Final = TypeAdapter(PauseChange)
_CALLS: Final = select(provider_days.c.calls).where(provider_days.c.day == bindparam("today"))
_LAST: Final = (
    select(ledger.c.id, ledger.c.at)
    .where(ledger.c.guild == pools_table.c.guild)
    .correlate(pools_table)
    .order_by(ledger.c.id.desc())
    .limit(1)
)
_GUILDS: Final[Select[Any]] = select(
    *pools_table.c, _LAST.with_only_columns(ledger.c.at).scalar_subquery().label("last_at")
).order_by(_LAST.with_only_columns(ledger.c.id).scalar_subquery().desc().nulls_last(), pools_table.c.guild)


def grant(connection: Connection, asked: Grant, house: Plan) -> Pool:
    """A guild that never used the bot may be given credits; what is taken has to be there."""
    if asked.amount > 0:
        pool = pools.lock(connection, asked.guild, house, asked.at)
    else:
        pool = _known(connection, asked.guild, house, asked.at)
    if already(connection, f"grant:{asked.key}") is not None:
        return pool
    row = connection.execute(_MOVE_BONUS, {"of": asked.guild, "moved": asked.amount}).one_or_none()
    if row is None:
        raise TooLittleError(-asked.amount, pool.bonus)
    granted = pools.pool_of(row)
    kind = EntryKind.GRANT if asked.amount > 0 else EntryKind.TAKE
    entries.enter_decision(
        connection,
        asked.guild,
        kind,
        f"grant:{asked.key}",
        granted,
        actor=asked.actor,
        at=asked.at,
        bonus=asked.amount,
        before=pool.bonus,
        after=granted.bonus,
        reason=asked.reason,
    )
    return granted


def set_plan(connection: Connection, asked: PlanChange, house: Plan) -> tuple[Pool, Pool]:
    """In force at once: a smaller allowance counts what is spent and held, another kind of period begins now."""
    pool = _known(connection, asked.guild, house, asked.at)
    if already(connection, f"plan:{asked.key}") is not None:
        return pool, pool
    pools.change(connection, asked.guild, own_plan=asked.plan is not None)
    changed = pools.under(connection, asked.guild, pool, asked.plan or house, asked.at)
    entries.enter_decision(
        connection,
        asked.guild,
        EntryKind.PLAN,
        f"plan:{asked.key}",
        changed,
        actor=asked.actor,
        at=asked.at,
        before=pool.plan.allowance,
        after=changed.plan.allowance,
        reason=asked.reason,
    )
    return pool, pools.lock(connection, asked.guild, house, asked.at)


def pause(connection: Connection, asked: PauseChange, house: Plan) -> bool:
    """Whether it changed anything."""
    if asked.guild is None:
        return _pause_everything(connection, asked)
    pool = _known(connection, asked.guild, house, asked.at)
    kind = EntryKind.PAUSE if asked.paused else EntryKind.RESUME
    if pool.paused is asked.paused or already(connection, f"{kind}:{asked.key}") is not None:
        return False
    changed = pools.change(connection, asked.guild, paused=asked.paused)
    entries.enter_decision(
        connection,
        asked.guild,
        kind,
        f"{kind}:{asked.key}",
        changed,
        actor=asked.actor,
        at=asked.at,
        reason=asked.reason,
    )
    return True


def everything_paused(connection: Connection) -> PauseChange | None:
    found = connection.execute(select(facts.c.value).where(facts.c.name == PAUSED)).scalar_one_or_none()
    return None if found is None else _PAUSE.validate_json(found)


def guilds(connection: Connection) -> list[GuildSummary]:
    """The one that was active last comes first."""
    return [GuildSummary(row.guild, pools.pool_of(row), row.last_at) for row in connection.execute(_GUILDS)]


def calls(connection: Connection, now: datetime) -> int:
    """The provider's paid calls of this UTC day."""
    count: int | None = connection.execute(_CALLS, {"today": PeriodKind.DAY.start(now)}).scalar_one_or_none()
    return count or 0


def _known(connection: Connection, guild: int, house: Plan, now: datetime) -> Pool:
    pool = pools.lock_known(connection, guild, house, now)
    if pool is None:
        raise UnknownGuildError
    return pool


def _pause_everything(connection: Connection, asked: PauseChange) -> bool:
    # No guild's ledger tells of it, so the decision itself is kept, which also makes it happen once.
    record = _PAUSE.dump_json(asked).decode()
    if not pools.insert_or_skip(connection, facts, name=f"everything:{asked.key}", value=record):
        return False
    if asked.paused:
        return pools.insert_or_skip(connection, facts, name=PAUSED, value=record)
    return connection.execute(delete(facts).where(facts.c.name == PAUSED)).rowcount == 1
