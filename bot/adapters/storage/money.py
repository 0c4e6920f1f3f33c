"""What jobs hold, capture and release, of the guild's pool and of the member's account."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, or_, update

from bot.adapters.storage import entries, members
from bot.adapters.storage.pools import pool_of
from bot.adapters.storage.tables import pools
from bot.domain.credits import Split
from bot.domain.jobs import Job
from bot.domain.ledger import EntryKind

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
    entries.enter_job(connection, job, EntryKind.HOLD, f"hold:{job.id}", pool_of(row), change, job.created_at)
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
    members.settle(connection, job, captured=captured)
    kind = EntryKind.CAPTURE if captured else EntryKind.RELEASE
    entries.enter_job(connection, job, kind, f"settle:{job.id}", pool_of(row), back, now)
