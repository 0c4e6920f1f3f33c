"""What is reported, hidden and removed."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, or_, select

from bot.adapters.storage import rows
from bot.adapters.storage.pools import insert_or_skip
from bot.adapters.storage.rulebook import noted
from bot.adapters.storage.tables import copies, jobs, reports
from bot.domain.jobs import Job, JobId, JobState, Veil
from bot.domain.records import Deed, Record

_IS_SHOWN: Final = (
    jobs.c.guild == bindparam("of"),
    jobs.c.state == JobState.DELIVERED.value,
    jobs.c.kept_until.is_(None),
    jobs.c.card.is_not(None),
)
_OF: Final = (
    select(jobs)
    .where(
        *_IS_SHOWN,
        jobs.c.member == bindparam("who"),
        jobs.c.ended_at >= bindparam("since"),
        or_(jobs.c.veil.is_(None), jobs.c.veil.not_in([it.value for it in Veil if it.takes_file])),
    )
    .order_by(jobs.c.ended_at.desc(), jobs.c.id)
)
_COPIED: Final = select(copies.c.job).where(copies.c.message == bindparam("message"))
_IN: Final = select(jobs).where(*_IS_SHOWN, or_(jobs.c.card == bindparam("message"), jobs.c.id.in_(_COPIED)))
_REPORTERS: Final = select(func.count()).select_from(reports).where(reports.c.job == bindparam("reported"))


def report(connection: Connection, job: JobId, reporter: int, reason: str, now: datetime) -> tuple[int, bool]:
    """How many members have reported it; a second report of the same member is none, and not fresh."""
    fresh = insert_or_skip(connection, reports, job=job, reporter=reporter, reason=reason, at=now)
    count: int = connection.execute(_REPORTERS, {"reported": job}).scalar_one()
    return count, fresh


def decide(connection: Connection, job: JobId, over: Veil | None, deed: Deed) -> tuple[Job | None, Record | None]:
    """`veil` by staff, with its record. A removal that changes nothing is no deed; that nothing is wrong always is."""
    changed = veil(connection, job, over)
    record = noted(connection, deed) if changed is not None or over is None else None
    return changed, record


def veil(connection: Connection, job: JobId, over: Veil | None) -> Job | None:
    """None where it is so already, or is gone. What is shown again has no reports any more."""
    known = rows.find(connection, job)
    if known is None or not _may_follow(known.veil, over):
        return None
    if over is None:
        connection.execute(delete(reports).where(reports.c.job == job))
    return rows.move(connection, job, JobState.DELIVERED, veil=None if over is None else over.value)


def _may_follow(before: Veil | None, over: Veil | None) -> bool:
    """Staff remove also what was forgotten, because its message still stands."""
    match before:
        case None:
            return over is not None
        case Veil.HIDDEN:
            return over in {None, Veil.REMOVED}
        case Veil.ERASED | Veil.AGED:
            return over is Veil.REMOVED
        case _:
            return False


def shown_of(connection: Connection, guild: int, member: int, since: datetime) -> list[Job]:
    values = {"of": guild, "who": member, "since": since}
    return [rows.job_of(row) for row in connection.execute(_OF, values)]


def shown_in(connection: Connection, guild: int, card: int) -> Job | None:
    return rows.first(connection, _IN, of=guild, message=card)
