"""Bring the schema up to date, one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

ADVISORY_LOCK: Final = 0x1A61_4E  # any number, the same for every process of this bot


def configuration(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection, revision: str = "head") -> None:
    """Apply what is missing inside the connection's transaction; all of it or nothing."""
    with _alone(connection):
        command.upgrade(configuration(connection), revision)


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    # SQLite's transaction is immediate already; on PostgreSQL the lock ends with the transaction.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
    yield
