"""Bring the schema up to date, or back, one process at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from alembic import command
from sqlalchemy import Connection, text

from bot.adapters.storage.revision import configuration, revisions, standing
from bot.domain.checkup import Tables
from bot.domain.faults import NewerTablesError, UnknownRevisionError

ADVISORY_LOCK: Final = 0x1A61_4E  # any number, the same for every process of this bot


def migrate(connection: Connection, revision: str = "head") -> None:
    """Apply what is missing inside the connection's transaction; all of it or nothing.

    Raises `NewerTablesError` where a later version of the bot was here: it knows its own way back.
    """
    with _alone(connection):
        _expect_known(connection)
        command.upgrade(configuration(connection), revision)


def migrate_to(connection: Connection, revision: str) -> None:
    """There or back to one revision. Raises `UnknownRevisionError`, or `LossError` where something would be lost."""
    with _alone(connection):
        _expect_known(connection)
        known, here = revisions(connection), standing(connection).revision
        if revision not in known:
            raise UnknownRevisionError(known)
        back = here is not None and known.index(revision) < known.index(here)
        (command.downgrade if back else command.upgrade)(configuration(connection), revision)


def _expect_known(connection: Connection) -> None:
    if standing(connection).tables is Tables.NEWER:
        raise NewerTablesError


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    # SQLite's transaction is immediate already; on PostgreSQL the lock ends with the transaction.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
    yield
