"""A member's data erased: at once what nothing needs any more, the rest when it is over.

The books stay right, because entries change their owner together with their jobs, and both accounts are made again
from what they have left.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, or_, select, union, update

from bot.adapters.storage import audit_lines, pools, preferences
from bot.adapters.storage.audit_members import Replay
from bot.adapters.storage.pools import insert_or_skip
from bot.adapters.storage.residency import FORGOTTEN, a_tombstone, forget_pictures, has_ended
from bot.adapters.storage.tables import (
    blocks,
    confirmations,
    copies,
    erasures,
    favourites,
    is_decision,
    jobs,
    ledger,
    members,
    records,
    reports,
)
from bot.adapters.storage.tables import pools as all_pools
from bot.domain.credits import Plan
from bot.domain.ledger import EntryKind
from bot.domain.privacy import REPORT_COUNTS, SETTLES, Erased
from bot.domain.records import Event

_IS_ABOUT_PERSONS: Final = records.c.event.in_([Event.BLOCK.value, Event.UNBLOCK.value])


@dataclass(frozen=True, slots=True)
class _Case:
    """Whose data in which guild, as it was when they wished it gone, and the number of the running period."""

    guild: int
    person: int
    tombstone: int
    wished_at: datetime
    running: int
    now: datetime

    @property
    def own_jobs(self) -> ColumnElement[bool]:
        return and_(jobs.c.guild == self.guild, jobs.c.member == self.person, jobs.c.created_at <= self.wished_at)

    @property
    def own_entries(self) -> ColumnElement[bool]:
        return and_(ledger.c.guild == self.guild, ledger.c.member == self.person)


def wish(connection: Connection, person: int, now: datetime) -> list[int]:
    preferences.erase(connection, person)
    connection.execute(delete(favourites).where(favourites.c.member == person))
    for kind in ("search", "edit"):
        connection.execute(delete(confirmations).where(confirmations.c.key.like(f"{kind}:{person}:%")))
    connection.execute(update(reports).where(reports.c.reporter == person).values(reason=""))
    found = guilds(connection, person)
    for guild in found:
        if not insert_or_skip(connection, erasures, guild=guild, member=person, tombstone=a_tombstone(), at=now):
            connection.execute(update(erasures).where(_is(guild, person)).values(at=now))
    return found


def guilds(connection: Connection, person: int) -> list[int]:
    """Where anything of theirs is."""
    in_pools = or_(
        exists().where(members.c.guild == all_pools.c.guild, members.c.member == person),
        exists().where(ledger.c.guild == all_pools.c.guild, ledger.c.member == person),
        exists().where(copies.c.guild == all_pools.c.guild, copies.c.member == person),
        exists().where(blocks.c.guild == all_pools.c.guild, blocks.c.member == person),
    )
    found = union(
        select(all_pools.c.guild).where(in_pools),
        select(jobs.c.guild).where(jobs.c.member == person),
        select(ledger.c.guild).where(ledger.c.actor == person, is_decision),
        select(records.c.guild).where(concerns(person)),
        select(jobs.c.guild).join(reports, reports.c.job == jobs.c.id).where(reports.c.reporter == person),
    )
    return sorted(connection.execute(found).scalars().all())


def concerns(person: int) -> ColumnElement[bool]:
    """Records of what they did, or of what was done to them or to their pictures."""
    removed = and_(records.c.event == Event.REMOVE.value, records.c.after == f'"{person}"')
    blocked = and_(_IS_ABOUT_PERSONS, records.c.subject == str(person))
    return or_(records.c.actor == person, removed, blocked)


def wishes(connection: Connection) -> list[tuple[int, int]]:
    found = select(erasures.c.guild, erasures.c.member).order_by(erasures.c.guild, erasures.c.member)
    return [(row.guild, row.member) for row in connection.execute(found)]


def erase(connection: Connection, guild: int, person: int, plan: Plan, now: datetime) -> Erased:
    pool = pools.lock_known(connection, guild, plan, now)
    wished = connection.execute(select(erasures).where(_is(guild, person))).one_or_none()
    if pool is None or wished is None:
        return Erased()
    it = _Case(guild, person, wished.tombstone, wished.at, pool.number, now)
    forgotten = _forget_pictures(connection, it)
    _hand_over(connection, it)
    _settle_accounts(connection, it)
    _erase_deeds(connection, it)
    left = _left(connection, it, forgotten)
    if left.complete:
        connection.execute(delete(erasures).where(_is(guild, person)))
    return left


def _forget_pictures(connection: Connection, it: _Case) -> int:
    """Those that ended after the wish were asked for before it, and are seen for a while first."""
    over = or_(jobs.c.ended_at <= it.wished_at, jobs.c.ended_at <= it.now - SETTLES)
    known = jobs.c.parameters != FORGOTTEN
    return forget_pictures(connection, it.own_jobs, has_ended(), over, known)


def _hand_over(connection: Connection, it: _Case) -> None:
    """Jobs of periods that are over become nobody's, with their entries, and so do decisions about the person."""
    over = and_(it.own_jobs, has_ended(), jobs.c.ended_at <= it.now - SETTLES, jobs.c.period < it.running)
    theirs = ledger.c.job.in_(select(jobs.c.id).where(over))
    nobodys = {"member": it.tombstone, "reason": None}
    connection.execute(update(ledger).where(it.own_entries, theirs).values(nobodys | {"actor": it.tombstone}))
    connection.execute(update(jobs).where(over).values(member=it.tombstone))
    past = and_(is_decision, ledger.c.period < it.running, ledger.c.at <= it.wished_at)
    if _own_cap(connection, it) is not None:  # what staff decided goes on
        past = and_(past, ledger.c.kind != EntryKind.CAP.value)
    connection.execute(update(ledger).where(it.own_entries, past).values(nobodys))
    decided = (is_decision, ledger.c.actor == it.person, ledger.c.guild == it.guild, ledger.c.at <= it.wished_at)
    connection.execute(update(ledger).where(*decided).values(actor=it.tombstone, reason=None))


def _settle_accounts(connection: Connection, it: _Case) -> None:
    nobodys = _made_again(connection, it.guild, it.tombstone)
    if nobodys is not None and not insert_or_skip(
        connection, members, guild=it.guild, member=it.tombstone, reset=0, **nobodys
    ):
        connection.execute(update(members).where(_is_account(it.guild, it.tombstone)).values(nobodys))
    own = _is_account(it.guild, it.person)
    left = _made_again(connection, it.guild, it.person)
    if left is None:
        connection.execute(delete(members).where(own))
    elif nobodys is not None:
        connection.execute(update(members).where(own, members.c.period == it.running).values(erased=True))
        connection.execute(update(members).where(own, members.c.period < it.running).values(left))


def _made_again(connection: Connection, guild: int, member: int) -> dict[str, Any] | None:
    """An account as its entries make it; None where it has none."""
    replay, found = Replay(connection), False
    for entry in audit_lines.of_account(connection, guild, member):
        replay.enter(entry._replace(erased=True))
        found = True
    if not found:
        return None
    names = ("number", "period", "used", "held", "extra", "cap")
    return {name: getattr(replay, name) for name in names} | {"erased": True}


def _erase_deeds(connection: Connection, it: _Case) -> None:
    here = records.c.guild == it.guild
    before = and_(here, records.c.at <= it.wished_at)
    connection.execute(update(records).where(before, records.c.actor == it.person).values(actor=it.tombstone))
    removed = and_(before, records.c.event == Event.REMOVE.value, records.c.after == f'"{it.person}"')
    connection.execute(update(records).where(removed).values(after=f'"{it.tombstone}"'))
    own_block = and_(blocks.c.guild == it.guild, blocks.c.member == it.person)
    connection.execute(delete(blocks).where(own_block, blocks.c.until <= it.now))
    standing = select(blocks.c.record).where(own_block)
    about = and_(before, _IS_ABOUT_PERSONS, records.c.subject == str(it.person), records.c.id.not_in(standing))
    connection.execute(update(records).where(about).values(subject=str(it.tombstone), reason=None))
    shown = and_(copies.c.guild == it.guild, copies.c.member == it.person, copies.c.at <= it.wished_at)
    connection.execute(update(copies).where(shown, copies.c.at <= it.now - SETTLES).values(member=it.tombstone))
    old = and_(_reported(it), reports.c.at <= it.now - REPORT_COUNTS)
    connection.execute(update(reports).where(old).values(reporter=it.tombstone))


def _left(connection: Connection, it: _Case, forgotten: int) -> Erased:
    def count(*which: ColumnElement[bool]) -> int:
        found: int = connection.execute(select(func.count()).where(*which)).scalar_one()
        return found

    unfinished = count(it.own_jobs, ~has_ended())
    capped, is_cap = _own_cap(connection, it) is not None, ledger.c.kind == EntryKind.CAP.value
    needed = (
        count(it.own_jobs, has_ended()),
        count(it.own_entries, is_decision, ledger.c.at <= it.wished_at, *([~is_cap] if capped else [])),
        count(copies.c.guild == it.guild, copies.c.member == it.person, copies.c.at <= it.wished_at),
        count(_reported(it)),
    )
    return Erased(
        pictures=forgotten,
        unfinished=unfinished,
        running=any(needed),
        blocked=count(blocks.c.guild == it.guild, blocks.c.member == it.person) > 0,
        capped=capped and count(it.own_entries, is_cap) > 0,
    )


def _own_cap(connection: Connection, it: _Case) -> int | None:
    cap: int | None = connection.execute(
        select(members.c.cap).where(_is_account(it.guild, it.person))
    ).scalar_one_or_none()
    return cap


def _reported(it: _Case) -> ColumnElement[bool]:
    here = select(jobs.c.id).where(jobs.c.guild == it.guild)
    return and_(reports.c.reporter == it.person, reports.c.at <= it.wished_at, reports.c.job.in_(here))


def _is(guild: int, person: int) -> ColumnElement[bool]:
    return and_(erasures.c.guild == guild, erasures.c.member == person)


def _is_account(guild: int, member: int) -> ColumnElement[bool]:
    return and_(members.c.guild == guild, members.c.member == member)
