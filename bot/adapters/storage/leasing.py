"""Who works on which job, and for how long: by the database's clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, select, tuple_, update

from bot.adapters.storage import rows
from bot.adapters.storage.tables import is_untold, jobs
from bot.domain.jobs import Job, JobState, Lease

_ABOUT_TO_TELL: Final = timedelta(minutes=1)
_WORTH_TELLING: Final = timedelta(days=1)
_LEASED: Final = sorted({JobState.PAINTING, JobState.PAINTED})
_claimed: Final = (jobs.c.state == JobState.DELIVERED.value) & jobs.c.kept_until.is_not(None)
_CLAIMABLE: Final = sorted({JobState.ACCEPTED, *_LEASED})


def renew(connection: Connection, leases: Sequence[Lease]) -> None:
    held = tuple_(jobs.c.id, jobs.c.owner, jobs.c.lease).in_([(it.job, it.owner, it.number) for it in leases])
    leased = jobs.c.state.in_(_LEASED) | _claimed
    connection.execute(update(jobs).where(held, leased).values(lease_until=rows.LEASE_END))


def untold(connection: Connection, now: datetime, started: datetime | None) -> list[Job]:
    """Jobs that ended or are kept and whose card does not say so.

    Somebody may be just about to tell, unless that was before this process `started` and no other is alive.
    """
    until = now - _ABOUT_TO_TELL if started is None else max(started, now - _ABOUT_TO_TELL)
    being_shown = _claimed & (jobs.c.lease_until > rows.DatabaseClock())
    found = select(jobs).where(
        is_untold, jobs.c.untold_since < until, jobs.c.untold_since > now - _WORTH_TELLING, ~being_shown
    )
    return [rows.job_of(row) for row in connection.execute(found.order_by(jobs.c.untold_since, jobs.c.id))]


def take_over(connection: Connection, owner: str, *, sole: bool) -> list[Job]:
    gone = jobs.c.lease_until < rows.DatabaseClock()
    if sole:
        gone |= jobs.c.owner != owner
    # A row that is locked is in somebody's hands; to wait for it while holding others could end in a deadlock.
    free = select(jobs.c.id).where(jobs.c.state.in_(_CLAIMABLE), gone).with_for_update(skip_locked=True)
    taken = connection.execute(
        update(jobs)
        .where(jobs.c.id.in_(connection.execute(free).scalars().all()))
        .values(owner=owner, lease=jobs.c.lease + 1, lease_until=rows.LEASE_END)
        .returning(*jobs.c)
    )
    return [rows.job_of(row) for row in taken]
