"""The engine and the threads that its transactions run in."""

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Concatenate, Final, ParamSpec, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.adapters.storage import engines, observed
from bot.adapters.storage.revision import expect_current
from bot.domain.faults import DatabaseInUseError, NoTablesError
from bot.domain.jobs import Job
from bot.domain.refusals import StorageBusyError, StorageDownError

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE_SECONDS: Final = 1.5
"""How long a transaction waits for its turn and for locks: a member's door closes after 3 seconds."""


class Database:
    """Runs one plain function as one transaction, off the event loop.

    SQLite has one writer, hence one thread; PostgreSQL has a small pool. `sole` tells that no other process
    can hold leases in this database, because this one holds the file's lock.
    """

    def __init__(self, engine: Engine, *, sole: bool, opening: str | None, patience: float) -> None:
        self.engine = engine
        self.sole = sole
        self.on_job: Callable[[Job], object] = _unheard
        """Is called on the event loop with each job that a transaction began or ended, once that stands."""
        self._opening = opening
        self._patience = patience
        self._threads = ThreadPoolExecutor(engines.connections(engine), thread_name_prefix="storage")

    @classmethod
    @asynccontextmanager
    async def open(
        cls, url: str, *, beside: bool = False, patience: float = PATIENCE_SECONDS
    ) -> "AsyncIterator[Database]":
        """To read `beside` a running bot, each transaction sees one snapshot and takes no lock.

        The address is SQLite's or PostgreSQL's. Raises `DatabaseInUseError`, `NoTablesError` where there is no
        file to read beside a bot, or `StorageDownError` where SQLite's folder cannot be made.
        """
        parsed = engines.with_driver(url)
        if beside:
            _expect_file(parsed)
        lock = None if beside else _lock_file(parsed)
        try:
            async with cls._opened(parsed, beside=beside, sole=lock is not None, patience=patience) as database:
                yield database
        finally:
            if lock is not None:
                lock.release()

    @classmethod
    @asynccontextmanager
    async def join(cls, url: str, *, patience: float = PATIENCE_SECONDS) -> "AsyncIterator[Database]":
        """To write beside a running bot, without its lock on the file, on the tables as they are.

        Raises `NoTablesError` or `OtherTablesError`: nothing is migrated under a bot that runs.
        """
        parsed = engines.with_driver(url)
        _expect_file(parsed)
        async with cls._opened(parsed, beside=False, sole=False, patience=patience) as database:
            await database.run(expect_current)
            yield database

    @classmethod
    @asynccontextmanager
    async def _opened(cls, url: URL, *, beside: bool, sole: bool, patience: float) -> "AsyncIterator[Database]":
        engine = engines.make(url, beside=beside, patience=patience)
        database = cls(engine, sole=sole, opening=engines.opening(engine, beside=beside), patience=patience)
        try:
            yield database
        finally:
            await asyncio.to_thread(database.close)

    def close(self) -> None:
        """Waits for the transactions under way."""
        self._threads.shutdown()
        self.engine.dispose()

    async def run(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Raises what `work` raises, `StorageBusyError` or `StorageDownError`; then nothing was changed.

        The exception: where the connection breaks during the commit itself, nobody can know. Whoever stops
        waiting for a transaction that has begun does not stop the transaction.
        """
        loop, asked_at = asyncio.get_running_loop(), monotonic()

        def observed_work(connection: Connection) -> tuple[T, list[Job]]:
            seen = observed.observe(connection)
            return work(connection, *args, **kwargs), seen

        def transact() -> T:
            result, seen = self._transact(observed_work, asked_at)
            for job in seen:
                loop.call_soon_threadsafe(self.on_job, job)
            return result

        return await loop.run_in_executor(self._threads, transact)

    def _transact(self, work: Callable[[Connection], T], asked_at: float) -> T:
        left = self._patience - (monotonic() - asked_at)
        if left < 0:
            raise StorageBusyError
        try:
            with self.engine.begin() as connection:
                # Not by an event of the engine's: that would slow down every statement.
                if self._opening is not None:
                    connection.exec_driver_sql(engines.waiting_at_most(left)).close()
                    connection.exec_driver_sql(self._opening)
                return work(connection)
        except DBAPIError as error:
            if engines.is_busy(error):
                raise StorageBusyError from error
            if engines.is_down(error):
                raise StorageDownError from error
            raise


def _unheard(_: Job) -> None: ...


def _expect_file(url: URL) -> None:
    if engines.is_sqlite(url) and not Path(url.database or "").is_file():
        raise NoTablesError  # to connect would make an empty file


def _expect_writable(file: Path) -> None:
    # SQLite itself would open it for reading, and say so at the first change.
    if file.exists() and not os.access(file, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))


def _lock_file(url: URL) -> FileLock | None:
    if not engines.is_sqlite(url):
        return None
    path = Path(url.database or "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _expect_writable(path)
        lock = FileLock(f"{path}.lock")
        lock.acquire(blocking=False)
    except Timeout as error:
        raise DatabaseInUseError(path) from error
    except OSError as error:
        raise StorageDownError from error
    return lock
