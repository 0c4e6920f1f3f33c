"""Guilds that the bot was removed from: what of theirs is ended, what is kept, and for how long."""

import secrets
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, delete, select, union, update

from bot.adapters.storage import endings
from bot.adapters.storage.tables import (
    blocks,
    copies,
    erasures,
    favourites,
    is_busy,
    is_open,
    jobs,
    ledger,
    members,
    pools,
    records,
    reports,
    rules,
)
from bot.domain.jobs import Job, JobId, JobState, Veil

_WORDLESS: Final = {"subject": "", "before": None, "after": None, "reason": None}
FORGOTTEN: Final = '{"prompt": "(removed)"}'

_TAKES_FILE: Final = jobs.c.veil.in_([it.value for it in Veil if it.takes_file])
_BUSY: Final = (
    select(jobs.c.id)
    .where(is_busy, jobs.c.guild == bindparam("of"), jobs.c.state != JobState.PAINTED.value)
    .order_by(jobs.c.id)
)
_LEAVE: Final = update(pools).where(pools.c.guild == bindparam("of"), pools.c.left_at.is_(None))
_RETURN: Final = update(pools).where(pools.c.guild == bindparam("of"), pools.c.left_at.is_not(None))
_OVER: Final = (
    select(pools.c.guild)
    .where(pools.c.left_at <= bindparam("before"), pools.c.forgotten_at.is_(None))
    .order_by(pools.c.guild)
)
_KNOWN: Final = select(pools.c.guild, pools.c.left_at.is_not(None).label("away"))
_PERSONS: Final = (
    (jobs.c.guild, jobs.c.member),
    (ledger.c.guild, ledger.c.member),
    (ledger.c.guild, ledger.c.actor),
    (members.c.guild, members.c.member),
    (records.c.guild, records.c.actor),
    (copies.c.guild, copies.c.member),
)
_PEOPLE: Final = union(*(select(person).where(owner == bindparam("of"), person > 0) for owner, person in _PERSONS))


def leave(connection: Connection, guild: int, now: datetime) -> list[Job]:
    """The jobs that end with it, or are no longer wanted."""
    if connection.execute(_LEAVE, {"of": guild, "left_at": now}).rowcount != 1:
        return []
    busy = connection.execute(_BUSY, {"of": guild}).scalars().all()
    cancelled = (endings.cancel(connection, JobId(job), now) for job in busy)
    return [job for job in cancelled if job is not None]


def come_back(connection: Connection, guild: int) -> bool:
    """Whether it was away."""
    return connection.execute(_RETURN, {"of": guild, "left_at": None, "forgotten_at": None}).rowcount == 1


def known(connection: Connection) -> dict[int, bool]:
    return {row.guild: row.away for row in connection.execute(_KNOWN)}


def forget(connection: Connection, before: datetime, now: datetime) -> list[int]:
    """People and prompts of guilds that left before that; amounts stay, and the books stay right."""
    guilds = list(connection.execute(_OVER, {"before": before}).scalars())
    for guild in guilds:
        for person in connection.execute(_PEOPLE, {"of": guild}).scalars().all():
            _bury(connection, guild, person)
        forget_pictures(connection, jobs.c.guild == guild)
        connection.execute(update(ledger).where(ledger.c.guild == guild).values(reason=None))
        connection.execute(delete(rules).where(rules.c.guild == guild))
        connection.execute(delete(blocks).where(blocks.c.guild == guild))
        connection.execute(delete(erasures).where(erasures.c.guild == guild))
        for table in (reports, favourites):
            connection.execute(delete(table).where(table.c.job.in_(select(jobs.c.id).where(jobs.c.guild == guild))))
        connection.execute(update(records).where(records.c.guild == guild).values(_WORDLESS))
        connection.execute(update(pools).where(pools.c.guild == guild).values(forgotten_at=now))
    return guilds


def has_ended() -> ColumnElement[bool]:
    """For good: what is kept, or paid and not shown yet, still needs what it was made of."""
    return and_(~is_open, jobs.c.kept_until.is_(None))


def forget_pictures(connection: Connection, *which: ColumnElement[bool], veil: Veil = Veil.ERASED) -> int:
    """What they were made of; the message stays known, so that staff can remove it. How many there were."""
    nothing = dict.fromkeys(("reference", "url", "source", "given", "file", "parent_channel", "parent_card"))
    over = case((_TAKES_FILE, jobs.c.veil), else_=veil.value)
    forgotten = {"parameters": FORGOTTEN, **nothing, "veil": over}
    return connection.execute(update(jobs).where(*which).values(forgotten)).rowcount


def _bury(connection: Connection, guild: int, person: int) -> None:
    """The same number everywhere in this guild, and nobody's: what belongs together stays so."""
    tombstone = a_tombstone()
    for owner, column in _PERSONS:
        connection.execute(
            update(column.table).where(owner == guild, column == person).values({column.name: tombstone})
        )


def a_tombstone() -> int:
    """Nobody's id."""
    return -1 - secrets.randbelow(2**62)
