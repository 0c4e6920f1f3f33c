"""A guild's rules and blocks, and the records of what staff did: each deed changes both in one transaction.

Each locks the guild's pool first, as every transaction does that writes something of a guild.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from bot.adapters.storage import pools
from bot.adapters.storage.pools import insert_or_skip
from bot.adapters.storage.signals import tell_rules
from bot.adapters.storage.tables import blocks, records, rules
from bot.domain.credits import Plan
from bot.domain.records import LARGE_DEED, MOST_A_DAY, Block, Deed, Deeds, Event, Record, Regulations
from bot.domain.rule_refusals import ChangedMeanwhileError, ChangedTooOftenError, NotBlockedError, NothingToUndoError
from bot.domain.rules import GuildRules

_RULES: Final = select(rules).where(rules.c.guild == bindparam("of"))
_BLOCKS: Final = select(blocks).where(blocks.c.guild == bindparam("of"))
_BY_KEY: Final = select(records).where(records.c.key == bindparam("same"))
_REVISE: Final = (
    update(rules)
    .where(rules.c.guild == bindparam("of"), rules.c.name == bindparam("called"), rules.c.record == bindparam("seen"))
    .values(value=bindparam("new"), record=bindparam("by"))
)
_WEIGHT: Final = func.coalesce(func.length(records.c.before), 0) + func.coalesce(func.length(records.c.after), 0)
_WRITTEN: Final = select(func.coalesce(func.sum(_WEIGHT), 0)).where(
    records.c.guild == bindparam("of"), records.c.at > bindparam("since"), _WEIGHT >= LARGE_DEED
)
_LATEST: Final = select(func.coalesce(func.max(records.c.id), 0))
_CHANGED: Final = select(records.c.guild).where(records.c.id > bindparam("since")).distinct()


def load(connection: Connection, guild: int) -> Regulations:
    found = connection.execute(_RULES, {"of": guild}).all()
    set_here = {row.name: row.value for row in found if row.value is not None}
    return Regulations(
        rules_of(set_here),
        {row.member: _block_of(row) for row in connection.execute(_BLOCKS, {"of": guild})},
        {row.name: row.record for row in found},
    )


def rules_of(values: dict[str, str]) -> GuildRules:
    fields = (f'"{name}":{value}' for name, value in values.items() if name in GuildRules.model_fields)
    return GuildRules.model_validate_json("{" + ",".join(fields) + "}")


def change(connection: Connection, deed: Deed, plan: Plan, seen: int) -> Record:
    """Set one rule, where it is still the one that was `seen`; else `ChangedMeanwhileError`.

    Raises `ChangedTooOftenError` where the records of large changes would fill the disk.
    """
    pools.lock(connection, deed.guild, plan, deed.at)
    known = _known(connection, deed.key)
    if known is not None:
        return known
    _expect_room(connection, deed)
    record = _write(connection, deed)
    if not _revised(connection, deed, seen, record.id):
        raise ChangedMeanwhileError(deed.subject)
    return record


def change_together(connection: Connection, changes: Sequence[tuple[Deed, int]], plan: Plan) -> list[Record]:
    return [change(connection, deed, plan, seen) for deed, seen in changes]


def block(connection: Connection, deed: Deed, plan: Plan, wanted: Block) -> Record:
    pools.lock(connection, deed.guild, plan, deed.at)
    known = _known(connection, deed.key)
    if known is not None:
        return known
    record = _write(connection, deed)
    row = {"until": wanted.until, "reason": wanted.reason, "record": record.id}
    member = int(deed.subject)
    if not insert_or_skip(connection, blocks, guild=deed.guild, member=member, **row):
        connection.execute(update(blocks).where(_is(deed.guild, member)).values(row))
    return record


def unblock(connection: Connection, deed: Deed, plan: Plan) -> Record:
    pools.lock(connection, deed.guild, plan, deed.at)
    known = _known(connection, deed.key)
    if known is not None:
        return known
    if connection.execute(delete(blocks).where(_is(deed.guild, int(deed.subject)))).rowcount != 1:
        raise NotBlockedError
    return _write(connection, deed)


def noted(connection: Connection, deed: Deed) -> Record:
    """In a guild that has a pool, beside whatever else the transaction changes."""
    return _known(connection, deed.key) or _write(connection, deed)


def record(connection: Connection, guild: int, number: int) -> Record:
    """Raises `NothingToUndoError` where the guild has none with this number."""
    row = connection.execute(select(records).where(records.c.guild == guild, records.c.id == number)).one_or_none()
    if row is None:
        raise NothingToUndoError
    return _record_of(row)


def found(connection: Connection, search: Deeds, before: int | None, most: int) -> list[Record]:
    """Newest first, at most so many, older than the record `before`."""
    wanted = select(records).where(records.c.guild == search.guild).order_by(records.c.id.desc()).limit(most)
    if search.events:
        wanted = wanted.where(records.c.event.in_(sorted(search.events)))
    if search.actor is not None:
        wanted = wanted.where(records.c.actor == search.actor)
    if search.subject is not None:
        wanted = wanted.where(records.c.subject == search.subject)
    if before is not None:
        wanted = wanted.where(records.c.id < before)
    return [_record_of(row) for row in connection.execute(wanted)]


def changed_since(connection: Connection, mark: int | None) -> tuple[int, Sequence[int]]:
    """The newest mark, and the guilds in which staff did something since the one given."""
    latest: int = connection.execute(_LATEST).scalar_one()
    if mark is None or latest == mark:
        return latest, []
    return latest, connection.execute(_CHANGED, {"since": mark}).scalars().all()


def _expect_room(connection: Connection, deed: Deed) -> None:
    if deed.weight < LARGE_DEED:
        return
    since = deed.at - timedelta(days=1)
    written: int = connection.execute(_WRITTEN, {"of": deed.guild, "since": since}).scalar_one()
    if written + deed.weight > MOST_A_DAY:
        raise ChangedTooOftenError(deed.subject)


def _revised(connection: Connection, deed: Deed, seen: int, by: int) -> bool:
    if seen == 0:
        row = {"value": deed.after, "record": by}
        return insert_or_skip(connection, rules, guild=deed.guild, name=deed.subject, **row)
    values = {"of": deed.guild, "called": deed.subject, "seen": seen, "new": deed.after, "by": by}
    return connection.execute(_REVISE, values).rowcount == 1


def _write(connection: Connection, deed: Deed) -> Record:
    columns = {
        "key": deed.key,
        "guild": deed.guild,
        "actor": deed.actor,
        "event": deed.event.value,
        "subject": deed.subject,
        "before": deed.before,
        "after": deed.after,
        "reason": deed.reason,
        "undoes": deed.undoes,
        "at": deed.at,
    }
    tell_rules(connection, deed.guild)
    number: int = connection.execute(insert(records).values(columns).returning(records.c.id)).scalar_one()
    return Record(number, deed)


def _known(connection: Connection, key: str) -> Record | None:
    row = connection.execute(_BY_KEY, {"same": key}).one_or_none()
    return None if row is None else _record_of(row, fresh=False)


def _is(guild: int, member: int) -> Any:
    return (blocks.c.guild == guild) & (blocks.c.member == member)


def _block_of(row: Row[Any]) -> Block:
    return Block(row.until, row.reason, row.record)


def _record_of(row: Row[Any], *, fresh: bool = True) -> Record:
    deed = Deed(
        key=row.key,
        guild=row.guild,
        actor=row.actor,
        event=Event(row.event),
        subject=row.subject,
        before=row.before,
        after=row.after,
        reason=row.reason,
        undoes=row.undoes,
        at=row.at,
    )
    return Record(row.id, deed, fresh)
