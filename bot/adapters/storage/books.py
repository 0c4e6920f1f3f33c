"""The audit: everything recomputed from the ledger's entries and held against what the tables say."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, func, inspect, select

from bot.adapters.storage import money
from bot.adapters.storage.money import EntryKind
from bot.adapters.storage.tables import jobs, ledger, pools, provider_days
from bot.domain.faults import NoTablesError
from bot.domain.jobs import JobState, captures

# Guild by guild, and without the prompts: the whole history need not fit into memory.
_POOLS: Final = select(pools).order_by(pools.c.guild)
_ENTRIES: Final = select(ledger).where(ledger.c.guild == bindparam("of")).order_by(ledger.c.id)
_JOBS: Final[Select[Any]] = select(
    jobs.c.id, jobs.c.state, jobs.c.period, jobs.c.allowance, jobs.c.bonus, jobs.c.painted_at
).where(jobs.c.guild == bindparam("of"))
_DAY: Final = func.date(jobs.c.painting_at).label("day")
_PAINTED: Final = select(_DAY, func.count().label("jobs")).where(jobs.c.turn.is_not(None)).group_by(_DAY)


def audit(connection: Connection) -> list[str]:
    """Every difference in words; an empty list means the books are right. Changes nothing.

    Raises `NoTablesError`. To be run in a transaction that sees one snapshot.
    """
    if not inspect(connection).has_table(ledger.name):
        raise NoTablesError
    differences: list[str] = []
    for pool in connection.execute(_POOLS).all():
        entries = connection.execute(_ENTRIES, {"of": pool.guild}).all()
        its_jobs = connection.execute(_JOBS, {"of": pool.guild}).all()
        differences += _balances(pool, entries)
        differences += _holds(pool, its_jobs)
        differences += _spending(pool, entries, its_jobs)
        differences += _effects(entries, its_jobs)
    differences += _calls(connection)
    return differences


def _balances(pool: Row[Any], entries: Sequence[Row[Any]]) -> Iterator[str]:
    allowance = bonus = 0
    for entry in entries:
        allowance += entry.allowance_change
        bonus += entry.bonus_change
        if (allowance, bonus) != (entry.allowance_after, entry.bonus_after):
            yield (
                f"guild {pool.guild}: entry {entry.id} says {entry.allowance_after} + {entry.bonus_after} after it, "
                f"the entries up to it make {allowance} + {bonus}"
            )
    left = money.balance(money.pool_of(pool))
    if (left, pool.bonus) != (allowance, bonus):
        yield f"guild {pool.guild}: the pool has {left} + {pool.bonus}, its entries make {allowance} + {bonus}"


def _holds(pool: Row[Any], its_jobs: Sequence[Row[Any]]) -> Iterator[str]:
    unfinished = [job for job in its_jobs if not JobState(job.state).ended]
    held = sum(job.allowance for job in unfinished if job.period == pool.number)
    bonus_held = sum(job.bonus for job in unfinished)
    if (pool.held, pool.bonus_held) != (held, bonus_held):
        yield (
            f"guild {pool.guild}: the pool holds {pool.held} + {pool.bonus_held}, "
            f"its open jobs hold {held} + {bonus_held}"
        )


def _spending(pool: Row[Any], entries: Sequence[Row[Any]], its_jobs: Sequence[Row[Any]]) -> Iterator[str]:
    captured = {entry.job for entry in entries if entry.kind == EntryKind.CAPTURE}
    spent = sum(job.allowance for job in its_jobs if job.period == pool.number and job.id in captured)
    if pool.spent != spent:
        yield f"guild {pool.guild}: the pool has spent {pool.spent} this period, its entries captured {spent}"


def _effects(entries: Sequence[Row[Any]], its_jobs: Sequence[Row[Any]]) -> Iterator[str]:
    by_job: dict[str, list[Row[Any]]] = {}
    for entry in entries:
        if entry.job is not None:
            by_job.setdefault(entry.job, []).append(entry)
    for job in its_jobs:
        its_entries = by_job.pop(job.id, [])
        found = [entry.kind for entry in its_entries]
        if found != _expected(job):
            yield f"job {job.id} is {job.state}, but its entries are: {', '.join(found) or 'none'}"
        elif not all(_fits(entry, job) for entry in its_entries):
            yield f"job {job.id} costs {job.allowance} + {job.bonus}, but its entries moved other amounts"
    for job_id, others in by_job.items():
        yield f"job {job_id} has entries ({', '.join(entry.kind for entry in others)}), but no row"


def _expected(job: Row[Any]) -> list[str]:
    state = JobState(job.state)
    if not state.ended:
        return [EntryKind.HOLD]
    before = JobState.PAINTING if job.painted_at is None else JobState.PAINTED
    return [EntryKind.HOLD, EntryKind.CAPTURE if captures(before, state) else EntryKind.RELEASE]


def _fits(entry: Row[Any], job: Row[Any]) -> bool:
    moved = (entry.allowance_change, entry.bonus_change)
    match EntryKind(entry.kind):
        case EntryKind.HOLD:
            right = moved == (-job.allowance, -job.bonus)
        case EntryKind.RELEASE:  # the allowance of a period that is over vanishes
            right = moved in {(job.allowance, job.bonus), (0, job.bonus)}
        case _:
            right = moved == (0, 0)
    return right and entry.amount == job.allowance + job.bonus


def _calls(connection: Connection) -> Iterator[str]:
    counted = {str(row.day): row.calls for row in connection.execute(select(provider_days))}
    painted = {str(row.day): row.jobs for row in connection.execute(_PAINTED)}
    for day in sorted(counted | painted):
        calls, its_jobs = counted.get(day, 0), painted.get(day, 0)
        if calls != its_jobs:
            yield f"{day}: {its_jobs} jobs were painted, but {calls} paid calls were counted"
