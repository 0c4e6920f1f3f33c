"""The engine and the threads that its transactions run in."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Concatenate, Final, ParamSpec, TypeVar

import psycopg
from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.faults import DatabaseInUseError, NoTablesError
from bot.domain.refusals import StorageBusyError, StorageDownError

P = ParamSpec("P")
T = TypeVar("T")

LOCK_SECONDS: Final = 1.5
STATEMENT_SECONDS: Final = 10
POSTGRES_CONNECTIONS: Final = 4


class Database:
    """Runs one plain function as one transaction, off the event loop.

    SQLite has one writer, hence one thread; PostgreSQL has a small pool. `sole` tells that no other process
    can hold leases in this database, because this one holds the file's lock.
    """

    def __init__(self, engine: Engine, *, sole: bool, opening: str | None = None) -> None:
        self.engine = engine
        self.sole = sole
        self._opening = opening
        workers = 1 if engine.dialect.name == "sqlite" else POSTGRES_CONNECTIONS
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="storage")

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, *, beside: bool = False) -> "AsyncIterator[Database]":
        """To read `beside` a running bot, each transaction sees one snapshot and takes no lock.

        The address is SQLite's or PostgreSQL's. Raises `DatabaseInUseError`, `NoTablesError` where there is no
        file to read beside a bot, or `StorageDownError` where
        SQLite's folder cannot be made.
        """
        parsed = _with_driver(url)
        if beside and parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
            raise NoTablesError  # to connect would make an empty file
        lock = None if beside else _lock_file(parsed)
        opening = None if parsed.get_backend_name() != "sqlite" else "BEGIN" if beside else "BEGIN IMMEDIATE"
        database = cls(_engine(parsed, beside=beside), sole=lock is not None, opening=opening)
        try:
            yield database
        finally:
            await asyncio.to_thread(database.close)
            if lock is not None:
                lock.release()

    def close(self) -> None:
        self._threads.shutdown()
        self.engine.dispose()

    async def run(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Raises what `work` raises, `StorageBusyError` or `StorageDownError`; then nothing was changed."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(self._transact, work, *args, **kwargs))

    def _transact(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            with self.engine.begin() as connection:
                if self._opening is not None:
                    connection.exec_driver_sql(self._opening)
                return work(connection, *args, **kwargs)
        except PoolTimeoutError as error:
            raise StorageBusyError from error
        except DBAPIError as error:
            if _is_busy(error.orig):
                raise StorageBusyError from error
            if _is_down(error):
                raise StorageDownError from error
            raise


def _with_driver(text: str) -> URL:
    scheme, _, rest = text.partition("://")
    return make_url(f"{'sqlite+pysqlite' if scheme == 'sqlite' else 'postgresql+psycopg'}://{rest}")


def _lock_file(url: URL) -> FileLock | None:
    if url.get_backend_name() != "sqlite":
        return None
    path = Path(url.database or "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{path}.lock")
        lock.acquire(blocking=False)
    except Timeout as error:
        raise DatabaseInUseError(path) from error
    except OSError as error:
        raise StorageDownError from error
    return lock


def _engine(url: URL, *, beside: bool) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, beside=beside)
    timeouts = f"-c lock_timeout={int(LOCK_SECONDS * 1000)} -c statement_timeout={STATEMENT_SECONDS * 1000}"
    return create_engine(
        url,
        pool_size=POSTGRES_CONNECTIONS,
        pool_timeout=LOCK_SECONDS,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ" if beside else "READ COMMITTED",
        connect_args={"connect_timeout": 5, "options": f"{timeouts} -c timezone=UTC"},
    )


def _sqlite(url: URL, *, beside: bool) -> Engine:
    engine = create_engine(url, connect_args={"timeout": LOCK_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _open_sqlite)
    return engine


def _open_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would come too late to be IMMEDIATE
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _is_busy(error: object) -> bool:
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return isinstance(
        error,
        psycopg.errors.LockNotAvailable | psycopg.errors.QueryCanceled | psycopg.errors.DeadlockDetected,
    )


def _is_down(error: DBAPIError) -> bool:
    return error.connection_invalidated or isinstance(
        error.orig, sqlite3.OperationalError | psycopg.OperationalError | psycopg.InterfaceError
    )
