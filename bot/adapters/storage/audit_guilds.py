"""Each guild's pool made again from its entries, oldest first, and held against what the table says."""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, func, select

from bot.adapters.storage import audit_lines
from bot.adapters.storage.audit_pool import PoolReplay, both
from bot.adapters.storage.findings import Fault, Findings
from bot.adapters.storage.pools import pool_of
from bot.adapters.storage.tables import ledger, members, pools
from bot.domain.credits import Pool, balance

_POOL: Final = select(pools).where(pools.c.guild == bindparam("of"))
_AT: Final = select(ledger.c.at).where(ledger.c.id == bindparam("entry"))
_RESETS: Final = select(func.max(members.c.reset)).where(members.c.guild == bindparam("of"))


def audit(connection: Connection, findings: Findings) -> None:
    for guild, entries in groupby(audit_lines.of_pools(connection), attrgetter("guild")):
        replay = PoolReplay()
        for entry in entries:
            text = replay.enter(entry)
            if text is not None:
                findings.entry(Fault(guild, entry.id, entry.kind, text))
        row = connection.execute(_POOL, {"of": guild}).one_or_none()
        findings.others(
            [f"guild {guild} has entries, but no pool"] if row is None else _differences(connection, row, replay)
        )
    for row in audit_lines.silent_pools(connection):
        findings.others(_differences(connection, row, PoolReplay()))


def _differences(connection: Connection, row: Row[Any], replay: PoolReplay) -> Iterator[str]:
    pool, named = pool_of(row), f"guild {row.guild}"
    if pool.number < replay.number:
        yield f"{named}: the pool is in period {pool.number}, its entries reach {replay.number}"
    if pool.number > replay.number and replay.left:
        yield f"{named}: the pool is in period {pool.number}, but {replay.left} of the period before have not lapsed"
    replay.move_to(pool.number)
    yield from (f"{named}: {text}" for text in _balances(pool, replay))
    if replay.begun is not None:
        at = connection.execute(_AT, {"entry": replay.begun}).scalar_one()
        if pool.start != pool.plan.period.start(at):
            yield f"{named}: the {pool.plan.period} began on {pool.start}, but entry {replay.begun} began it at {at}"
    if pool.own_plan and replay.plan != (pool.plan.allowance,):
        yield f"{named}: its own plan gives {pool.plan.allowance}, which was not decided"
    if pool.paused is not replay.paused:
        yield f"{named}: {'a pause' if pool.paused else 'going on'} that no entry tells of"
    for text in replay.rules.differences(pool.rules, pool.number):
        yield f"{named}: {text}"
    reset = connection.execute(_RESETS, {"of": row.guild}).scalar_one()
    if reset is not None and not 0 <= reset <= pool.rules.resets:
        yield f"{named}: an account tells of reset {reset} of a role, but there were {pool.rules.resets}"


def _balances(pool: Pool, replay: PoolReplay) -> Iterator[str]:
    left = balance(pool)
    if (left, pool.bonus) != (replay.left, replay.bonus):
        yield f"the pool has {both(left, pool.bonus)}, its entries make {both(replay.left, replay.bonus)}"
    if pool.spent != replay.spent:
        yield f"the pool has spent {pool.spent} this period, its entries captured {replay.spent}"
    if (pool.held, pool.bonus_held) != (replay.held, replay.bonus_held):
        held, made = both(pool.held, pool.bonus_held), both(replay.held, replay.bonus_held)
        yield f"the pool holds {held}, its entries hold {made}"
