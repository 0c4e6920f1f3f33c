"""What each revision of the tables held that was ever released, as that release itself wrote it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Boolean, Column, Connection, Date, DateTime, MetaData, insert, text

FOLDER: Final = Path(__file__).parent
REVISIONS: Final = sorted(file.stem for file in FOLDER.glob("*.json"))


def fill(connection: Connection, revision: str) -> dict[str, list[dict[str, Any]]]:
    """The rows, once they are in the tables, which are of this revision."""
    metadata = MetaData()
    metadata.reflect(connection)
    found = json.loads((FOLDER / f"{revision}.json").read_text())
    rows = {}
    for table in metadata.sorted_tables:
        if table.name in found:
            columns, values = found[table.name]["columns"], found[table.name]["rows"]
            rows[table.name] = [dict(zip(columns, row, strict=True)) for row in values]
            connection.execute(
                insert(table),
                [{name: _value(table.c[name], it) for name, it in row.items()} for row in rows[table.name]],
            )
    _count_on(connection, {"ledger", "records"} & rows.keys())
    return rows


def _value(column: Column[Any], value: Any) -> Any:
    """As the driver takes it, from how SQLite holds it."""
    if value is None:
        return None
    match column.type:
        case Boolean():
            return bool(value)
        case DateTime():
            return datetime.fromisoformat(value).replace(tzinfo=UTC if column.type.timezone else None)
        case Date():
            return date.fromisoformat(value)
        case _:
            return value


def _count_on(connection: Connection, tables: set[str]) -> None:
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        statement = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608 - ours
        connection.execute(text(statement))
