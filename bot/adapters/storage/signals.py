"""What other processes on the same PostgreSQL did, heard of at once: LISTEN and NOTIFY.

Only to hurry: whatever is said here is found by looking, too, a few seconds later. SQLite serves one process alone.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import psycopg
import structlog
from sqlalchemy import Connection, bindparam, func, select

from bot.adapters.storage import engines
from bot.adapters.storage.database import Database

_log = structlog.get_logger(__name__)

CHANNEL: Final = "imagine_bot"
_QUEUED: Final = "queued"
_RULES: Final = "rules"
_PAYLOAD: Final = re.compile(rf"{_QUEUED} (?P<owner>\S+)|{_RULES} (?P<guild>[0-9]{{1,19}})", re.ASCII)
_NOTIFY: Final = select(func.pg_notify(CHANNEL, bindparam("payload")))
HEAD_START_SECONDS: Final = 0.25
"""Of whoever queued a job: it holds the interaction's token, by which a card is changed without using up a limit."""
_OPENING_SECONDS: Final = 10
_FIRST_PAUSE_SECONDS: Final = 0.5
_LONGEST_PAUSE_SECONDS: Final = 30.0


def tell_queued(connection: Connection, owner: str) -> None:
    """With the commit: a job waits. Its `owner` knows already."""
    _tell(connection, f"{_QUEUED} {owner}")


def tell_rules(connection: Connection, guild: int) -> None:
    """With the commit: staff of this guild changed something."""
    _tell(connection, f"{_RULES} {guild}")


def _tell(connection: Connection, payload: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(_NOTIFY, {"payload": payload})


@dataclass(frozen=True, slots=True)
class Heard:
    """What is done about it. Each is quick, and does no harm where nothing has happened."""

    queued: Callable[[], None]
    rules: Callable[[int], None]
    missed: Callable[[], None]
    """Anything may have happened: nobody listened for a while."""


class Signals:
    def __init__(self, database: Database, owner: str, heard: Heard) -> None:
        self._connecting = engines.listening(database.engine)
        self._owner = owner
        self._heard = heard
        self._is_deaf = False

    @classmethod
    def among(cls, database: Database, owner: str, heard: Heard) -> "Signals | None":
        """None where no other process can be."""
        return None if database.sole else cls(database, owner, heard)

    async def run(self) -> None:
        """Listen until cancelled, whatever becomes of the server."""
        pause = _FIRST_PAUSE_SECONDS
        while True:
            try:
                async with self._listening() as connection:
                    pause = _FIRST_PAUSE_SECONDS
                    self._hear_again()
                    async for notice in connection.notifies():
                        self._take(notice.payload)
            except (psycopg.Error, OSError, TimeoutError) as error:
                self._go_deaf(error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)

    @asynccontextmanager
    async def _listening(self) -> "AsyncIterator[psycopg.AsyncConnection[Any]]":
        async with asyncio.timeout(_OPENING_SECONDS):
            connection = await psycopg.AsyncConnection.connect(**self._connecting, autocommit=True)
        async with connection:
            async with asyncio.timeout(_OPENING_SECONDS):
                await connection.execute(f"LISTEN {CHANNEL}")
            yield connection

    def _take(self, payload: str) -> None:
        said = _PAYLOAD.fullmatch(payload)  # whoever may connect to the database may say anything
        if said is None:
            _log.debug("a notice that says nothing")
        elif said["guild"]:
            self._heard.rules(int(said["guild"]))
        elif said["owner"] != self._owner:
            asyncio.get_running_loop().call_later(HEAD_START_SECONDS, self._heard.queued)

    def _hear_again(self) -> None:
        if self._is_deaf:
            _log.info("other processes are heard of at once again")
        self._is_deaf = False
        self._heard.missed()

    def _go_deaf(self, error: Exception) -> None:
        if not self._is_deaf:
            _log.warning("other processes are heard of some seconds later", reason=type(error).__name__)
        self._is_deaf = True
