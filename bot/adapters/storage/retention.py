"""What is kept for a while only: what finished pictures were made of, and what waited for an answer."""

from datetime import datetime

from sqlalchemy import Connection, delete, or_, select, update

from bot.adapters.storage.residency import FORGOTTEN, forget_pictures, has_ended
from bot.adapters.storage.tables import confirmations, copies, favourites, jobs, reports
from bot.domain.jobs import Veil
from bot.domain.retention import Batch


def forget(connection: Connection, before: datetime, after: str, most: int) -> Batch:
    """Through all jobs in the order of their ids, because no index is worth it for once a day."""
    page = select(jobs.c.id).where(jobs.c.id > after).order_by(jobs.c.id).limit(most)
    ids = connection.execute(page).scalars().all()
    if not ids:
        return Batch(0, None)
    known = or_(jobs.c.parameters != FORGOTTEN, *(it.is_not(None) for it in (jobs.c.reference, jobs.c.source)))
    old = select(jobs.c.id).where(jobs.c.id.between(ids[0], ids[-1]), has_ended(), jobs.c.ended_at <= before, known)
    # Another process may be at the same ones.
    aged = connection.execute(old.with_for_update(skip_locked=True)).scalars().all()
    if aged:
        forget_pictures(connection, jobs.c.id.in_(aged), veil=Veil.AGED)
        connection.execute(delete(favourites).where(favourites.c.job.in_(aged)))
        connection.execute(update(reports).where(reports.c.job.in_(aged)).values(reason=""))
        connection.execute(update(copies).where(copies.c.job.in_(aged)).values(file=None))
    return Batch(len(aged), ids[-1] if len(ids) == most else None)


def tidy(connection: Connection, now: datetime) -> None:
    connection.execute(delete(confirmations).where(confirmations.c.until < now))
