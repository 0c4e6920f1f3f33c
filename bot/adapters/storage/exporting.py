"""What is stored about a person, for that person to read. Nothing in it is a secret of others."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, Table, select

from bot.adapters.storage.erasing import concerns
from bot.adapters.storage.tables import (
    blocks,
    copies,
    favourites,
    is_decision,
    jobs,
    ledger,
    members,
    preferences,
    presets,
    records,
    reports,
)

_PICTURE: Final = (
    *(jobs.c.id, jobs.c.guild, jobs.c.channel, jobs.c.card, jobs.c.file, jobs.c.origin, jobs.c.parent),
    *(
        jobs.c.state,
        jobs.c.failure,
        jobs.c.veil,
        jobs.c.spoiler,
        jobs.c.parameters,
        jobs.c.given,
        jobs.c.reference,
        jobs.c.source,
    ),
    (jobs.c.allowance + jobs.c.bonus).label("price"),
    *(jobs.c.created_at, jobs.c.painting_at, jobs.c.painted_at, jobs.c.ended_at, jobs.c.kept_until),
)
_AS_JSON: Final = frozenset({"parameters", "given", "source", "options", "before", "after"})


def pictures(connection: Connection, person: int, guild: int, after: str | None, most: int) -> list[dict[str, Any]]:
    wanted = select(*_PICTURE).where(jobs.c.member == person, jobs.c.guild == guild)
    if after is not None:
        wanted = wanted.where(jobs.c.id > after)
    return _read(connection, wanted.order_by(jobs.c.id).limit(most))


def entries(connection: Connection, person: int, guild: int, after: int, most: int) -> list[dict[str, Any]]:
    wanted = select(ledger).where(ledger.c.guild == guild, ledger.c.member == person, ledger.c.id > after)
    return _read(connection, wanted.order_by(ledger.c.id).limit(most))


def decisions(connection: Connection, person: int, after: int, most: int) -> list[dict[str, Any]]:
    """What concerns themselves stands among their entries."""
    wanted = select(ledger).where(
        is_decision, ledger.c.actor == person, ledger.c.member.is_distinct_from(person), ledger.c.id > after
    )
    return _read(connection, wanted.order_by(ledger.c.id).limit(most))


def rest(connection: Connection, person: int) -> Mapping[str, Sequence[dict[str, Any]]]:
    def of(table: Table, column: str) -> list[dict[str, Any]]:
        return _read(connection, select(table).where(table.c[column] == person))

    return {
        "accounts": of(members, "member"),
        "blocks": of(blocks, "member"),
        "records": _read(connection, select(records).where(concerns(person)).order_by(records.c.id)),
        "reports": of(reports, "reporter"),
        "favourites": of(favourites, "member"),
        "shown_again": of(copies, "member"),
        "preferences": of(preferences, "member"),
        "presets": of(presets, "member"),
    }


def _read(connection: Connection, wanted: Any) -> list[dict[str, Any]]:
    return [_facts(row) for row in connection.execute(wanted)]


def _facts(row: Row[Any]) -> dict[str, Any]:
    return {name: _parsed(name, value) for name, value in row._asdict().items() if value is not None}


def _parsed(name: str, value: Any) -> Any:
    return json.loads(value) if name in _AS_JSON and isinstance(value, str) else value
