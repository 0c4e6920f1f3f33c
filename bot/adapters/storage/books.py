"""The audit: everything recomputed from the ledger's entries and held against what the tables say."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, func, inspect, select

from bot.adapters.storage.money import EntryKind
from bot.adapters.storage.tables import jobs, ledger, pools, provider_days
from bot.domain.faults import NoTablesError
from bot.domain.jobs import JobState


def audit(connection: Connection) -> list[str]:
    """Every difference in words; an empty list means the books are right. Changes nothing.

    Raises `NoTablesError`. To be run in a transaction that sees one snapshot.
    """
    if not inspect(connection).has_table(ledger.name):
        raise NoTablesError
    entries = connection.execute(select(ledger).order_by(ledger.c.guild, ledger.c.id)).all()
    by_guild = {guild: list(group) for guild, group in groupby(entries, key=lambda entry: entry.guild)}
    rows = connection.execute(select(jobs)).all()
    differences: list[str] = []
    for pool in connection.execute(select(pools).order_by(pools.c.guild)):
        mine = by_guild.get(pool.guild, [])
        its_jobs = [job for job in rows if job.guild == pool.guild]
        differences += _balances(pool, mine)
        differences += _holds(pool, its_jobs)
        differences += _spending(pool, mine, its_jobs)
    differences += _effects(rows, entries)
    differences += _calls(connection)
    return differences


def _balances(pool: Row[Any], entries: list[Row[Any]]) -> Iterator[str]:
    allowance = bonus = 0
    for entry in entries:
        allowance += entry.allowance_change
        bonus += entry.bonus_change
        if (allowance, bonus) != (entry.allowance_after, entry.bonus_after):
            yield (
                f"guild {pool.guild}: entry {entry.id} says {entry.allowance_after} + {entry.bonus_after} after it, "
                f"the entries up to it make {allowance} + {bonus}"
            )
    left = pool.allowance - pool.spent - pool.held
    if (left, pool.bonus) != (allowance, bonus):
        yield f"guild {pool.guild}: the pool has {left} + {pool.bonus}, its entries make {allowance} + {bonus}"


def _holds(pool: Row[Any], its_jobs: list[Row[Any]]) -> Iterator[str]:
    unfinished = [job for job in its_jobs if not JobState(job.state).ended]
    held = sum(job.allowance for job in unfinished if job.period == pool.number)
    bonus_held = sum(job.bonus for job in unfinished)
    if (pool.held, pool.bonus_held) != (held, bonus_held):
        yield (
            f"guild {pool.guild}: the pool holds {pool.held} + {pool.bonus_held}, "
            f"its open jobs hold {held} + {bonus_held}"
        )


def _spending(pool: Row[Any], entries: list[Row[Any]], its_jobs: list[Row[Any]]) -> Iterator[str]:
    captured = {entry.job for entry in entries if entry.kind == EntryKind.CAPTURE}
    spent = sum(job.allowance for job in its_jobs if job.period == pool.number and job.id in captured)
    if pool.spent != spent:
        yield f"guild {pool.guild}: the pool has spent {pool.spent} this period, its entries captured {spent}"


def _effects(rows: Any, entries: Any) -> Iterator[str]:
    kinds: dict[str, list[str]] = {}
    for entry in entries:
        if entry.job is not None:
            kinds.setdefault(entry.job, []).append(entry.kind)
    for job in rows:
        expected = _expected(JobState(job.state))
        found = kinds.pop(job.id, [])
        if found not in expected:
            yield f"job {job.id} is {job.state}, but its entries are: {', '.join(found) or 'none'}"
    for job, found in kinds.items():
        yield f"job {job} has entries ({', '.join(found)}), but no row"


def _expected(state: JobState) -> list[list[str]]:
    kept, given_back = ["hold", "capture"], ["hold", "release"]
    match state:
        case JobState.DELIVERED:
            return [kept]
        case JobState.CANCELLED:
            return [kept, given_back]
        case _ if state.ended:
            return [given_back]
        case _:
            return [["hold"]]


def _calls(connection: Connection) -> Iterator[str]:
    day = func.date(jobs.c.painting_at)
    painted = select(day.label("day"), func.count().label("jobs")).where(jobs.c.turn.is_not(None)).group_by(day)
    counted = {str(row.day): row.calls for row in connection.execute(select(provider_days))}
    for row in connection.execute(painted):
        calls = counted.get(str(row.day), 0)
        if calls < row.jobs:
            yield f"{row.day}: {row.jobs} jobs were painted, but only {calls} paid calls were counted"
