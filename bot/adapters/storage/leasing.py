"""Who works on which job, and for how long: by the database's clock."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, select, tuple_, update

from bot.adapters.storage import rows
from bot.adapters.storage.tables import jobs
from bot.domain.jobs import Job, JobState, Lease

_LEASED: Final = sorted({JobState.PAINTING, JobState.PAINTED})
_CLAIMABLE: Final = sorted({JobState.ACCEPTED, *_LEASED})


def renew(connection: Connection, leases: Sequence[Lease]) -> None:
    held = tuple_(jobs.c.id, jobs.c.owner, jobs.c.lease).in_([(it.job, it.owner, it.number) for it in leases])
    connection.execute(update(jobs).where(held, jobs.c.state.in_(_LEASED)).values(lease_until=rows.LEASE_END))


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
