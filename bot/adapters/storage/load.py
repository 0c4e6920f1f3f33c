"""How much is to be done in the whole installation, for those who watch it."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from bot.adapters.storage.tables import is_open, jobs, provider_days
from bot.domain.credits import PeriodKind
from bot.domain.jobs import JobState
from bot.domain.load import Load

_OPEN: Final = (
    select(jobs.c.state, func.count().label("jobs"), func.sum(jobs.c.allowance + jobs.c.bonus).label("held"))
    .where(is_open)
    .group_by(jobs.c.state)
)
_CALLS: Final = select(provider_days.c.calls).where(provider_days.c.day == bindparam("today"))


def load(connection: Connection, now: datetime) -> Load:
    calls = connection.execute(_CALLS, {"today": PeriodKind.DAY.start(now)}).scalar_one_or_none() or 0
    rows = {row.state: row for row in connection.execute(_OPEN)}
    queued, kept = (rows[state].jobs if state in rows else 0 for state in (JobState.QUEUED, JobState.KEPT))
    return Load(calls=calls, queued=queued, kept=kept, held=sum(int(row.held) for row in rows.values()))
