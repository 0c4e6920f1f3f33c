"""Jobs held against the ledger, the pools and the day's calls."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, func, or_, select

from bot.adapters.storage.audit_lines import stream
from bot.adapters.storage.findings import Findings
from bot.adapters.storage.tables import is_open, jobs, ledger, pools, provider_days

_held: Final = ledger.alias()
_settled: Final = ledger.alias()
_UNFITTING: Final[Select[Any]] = (
    select(jobs.c.id, jobs.c.guild, jobs.c.state, _held.c.id.label("held"), _settled.c.id.label("settled"))
    .select_from(jobs)
    .outerjoin(_held, _held.c.key == "hold:" + jobs.c.id)
    .outerjoin(_settled, _settled.c.key == "settle:" + jobs.c.id)
    .where(
        or_(
            _held.c.id.is_(None),
            _settled.c.id < _held.c.id,
            and_(is_open, _settled.c.id.is_not(None)),
            and_(~is_open, _settled.c.id.is_(None)),
        )
    )
    .order_by(jobs.c.guild, jobs.c.id)
)
_held_now: Final = func.coalesce(func.sum(jobs.c.allowance).filter(jobs.c.period == pools.c.number), 0)
_bonus_held_now: Final = func.coalesce(func.sum(jobs.c.bonus), 0)
_OPEN: Final[Select[Any]] = (
    select(
        *(pools.c.guild, pools.c.held, pools.c.bonus_held),
        *(_held_now.label("by_jobs"), _bonus_held_now.label("bonus_by_jobs")),
    )
    .select_from(pools)
    .outerjoin(jobs, and_(jobs.c.guild == pools.c.guild, is_open))
    .group_by(pools.c.guild)
    .having(or_(pools.c.held != _held_now, pools.c.bonus_held != _bonus_held_now))
    .order_by(pools.c.guild)
)
_DAY: Final = func.date(jobs.c.painting_at).label("day")
_PAINTED: Final = select(_DAY, func.count().label("jobs")).where(jobs.c.turn.is_not(None)).group_by(_DAY)


def audit(connection: Connection, findings: Findings) -> None:
    findings.others(_entries(connection))
    findings.others(_holds(connection))
    findings.others(_calls(connection))


def _entries(connection: Connection) -> Iterator[str]:
    for job in stream(connection, _UNFITTING):
        entries = sorted((entry, kind) for entry, kind in ((job.held, "hold"), (job.settled, "settlement")) if entry)
        told = ", ".join(f"{kind} {entry}" for entry, kind in entries)
        yield f"guild {job.guild}: job {job.id} is {job.state}, but its entries are: {told or 'none'}"


def _holds(connection: Connection) -> Iterator[str]:
    for pool in stream(connection, _OPEN):
        yield (
            f"guild {pool.guild}: the pool holds {pool.held} + {pool.bonus_held}, "
            f"its open jobs hold {pool.by_jobs} + {pool.bonus_by_jobs}"
        )


def _calls(connection: Connection) -> Iterator[str]:
    counted = {str(row.day): row.calls for row in stream(connection, select(provider_days))}
    painted = {str(row.day): row.jobs for row in stream(connection, _PAINTED)}
    for day in sorted(counted | painted):
        calls, its_jobs = counted.get(day, 0), painted.get(day, 0)
        if calls != its_jobs:
            yield f"{day}: {its_jobs} jobs were painted, but {calls} paid calls were counted"
