"""The ledger read back, newest first."""

from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from bot.adapters.storage.tables import jobs, ledger
from bot.domain.ledger import Entry, EntryKind, Search, Use

_ENTRIES: Final[Select[Any]] = select(ledger, jobs.c.channel, jobs.c.card).outerjoin(jobs, jobs.c.id == ledger.c.job)
_TOP: Final = (
    select(ledger.c.member, func.sum(ledger.c.amount).label("credits"), func.count().label("pictures"))
    .where(
        ledger.c.guild == bindparam("of"),
        ledger.c.kind == EntryKind.CAPTURE.value,
        ledger.c.period == bindparam("running"),
    )
    .group_by(ledger.c.member)
    .order_by(func.sum(ledger.c.amount).desc(), ledger.c.member)
    .limit(bindparam("most"))
)


def entries(connection: Connection, search: Search, before: int | None, most: int) -> list[Entry]:
    """At most so many, older than the entry `before`."""
    found = _found(search).order_by(ledger.c.id.desc()).limit(most)
    if before is not None:
        found = found.where(ledger.c.id < before)
    return [_entry_of(row) for row in connection.execute(found)]


def top(connection: Connection, guild: int, period: int, most: int) -> list[Use]:
    rows = connection.execute(_TOP, {"of": guild, "running": period, "most": most})
    return [Use(row.member, int(row.credits), row.pictures) for row in rows]


def _found(search: Search) -> Select[Any]:
    found = _ENTRIES.where(ledger.c.guild == search.guild)
    if search.member is not None:
        found = found.where(ledger.c.member == search.member)
    if search.kinds:
        found = found.where(ledger.c.kind.in_(sorted(kind.value for kind in search.kinds)))
    if search.since is not None:
        found = found.where(ledger.c.at >= search.since)
    if search.until is not None:
        found = found.where(ledger.c.at < search.until)
    return found


def _entry_of(row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        kind=EntryKind(row.kind),
        amount=row.amount,
        allowance_change=row.allowance_change,
        bonus_change=row.bonus_change,
        allowance_after=row.allowance_after,
        bonus_after=row.bonus_after,
        member=row.member,
        role=row.role,
        actor=row.actor,
        job=row.job,
        before=row.before,
        after=row.after,
        reason=row.reason,
        at=row.at,
        channel=row.channel,
        card=row.card,
    )
