"""What differs between SQLite and PostgreSQL: how to connect, and what their errors mean."""

import sqlite3
from typing import Any, Final

import psycopg
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError

STATEMENT_SECONDS: Final = 10
CONNECT_SECONDS: Final = 2
POSTGRES_CONNECTIONS: Final = 4
SILENCE_SECONDS: Final = 25

_SQLITE_BUSY: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_SQLITE_DOWN: Final = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
_POSTGRES_BUSY: Final = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.QueryCanceled,
    psycopg.errors.DeadlockDetected,
)


def with_driver(text: str) -> URL:
    scheme, _, rest = text.partition("://")
    return make_url(f"{'sqlite+pysqlite' if scheme == 'sqlite' else 'postgresql+psycopg'}://{rest}")


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def make(url: URL, *, beside: bool, patience: float) -> Engine:
    return _sqlite(url, patience) if is_sqlite(url) else _postgresql(url, patience, beside=beside)


def connections(engine: Engine) -> int:
    return 1 if is_sqlite(engine.url) else POSTGRES_CONNECTIONS


def opening(engine: Engine, *, beside: bool) -> str | None:
    """What begins a transaction where the driver does not."""
    if not is_sqlite(engine.url):
        return None
    return "BEGIN" if beside else "BEGIN IMMEDIATE"


def waiting_at_most(seconds: float) -> str:
    """For SQLite: how long a connection waits for its locks from now on."""
    return f"PRAGMA busy_timeout = {int(seconds * 1000)}"


def is_busy(error: DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return _code(error.orig) in _SQLITE_BUSY
    return isinstance(error.orig, _POSTGRES_BUSY)


def is_down(error: DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return _code(error.orig) in _SQLITE_DOWN
    return error.connection_invalidated or isinstance(error.orig, psycopg.OperationalError | psycopg.InterfaceError)


def listening(engine: Engine) -> dict[str, Any]:
    """How psycopg connects where PostgreSQL is only listened to: silence must not hide that the server is gone."""
    _, where = engine.dialect.create_connect_args(engine.url)
    keeping = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
    return {**where, **keeping, "tcp_user_timeout": SILENCE_SECONDS * 1000, "connect_timeout": CONNECT_SECONDS}


def _code(error: sqlite3.Error) -> int | None:
    # Errors of the driver's own have none; the higher bits tell details.
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _postgresql(url: URL, patience: float, *, beside: bool) -> Engine:
    options = {
        "lock_timeout": int(patience * 1000),
        "statement_timeout": STATEMENT_SECONDS * 1000,
        "idle_in_transaction_session_timeout": STATEMENT_SECONDS * 1000,  # a frozen process must not keep its locks
        "timezone": "UTC",
    }
    return create_engine(
        url,
        hide_parameters=True,  # they hold prompts, and errors reach the log
        pool_size=POSTGRES_CONNECTIONS,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ" if beside else "READ COMMITTED",
        connect_args={
            "connect_timeout": CONNECT_SECONDS,
            "tcp_user_timeout": CONNECT_SECONDS * 1000,
            "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
        },
    )


def _sqlite(url: URL, patience: float) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": patience, "check_same_thread": False})
    event.listen(engine, "connect", _open_sqlite)
    return engine


def _open_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would come too late to be IMMEDIATE
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
