"""Work on a database without the bot's threads."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from bot.adapters.storage import audit, engines, migrate


@contextmanager
def connected(url: str, *, beside: bool = False) -> Iterator[Connection]:
    """One transaction."""
    engine = engines.make(engines.with_driver(url), beside=beside, patience=5)
    try:
        with engine.begin() as connection:
            opening = engines.opening(engine, beside=beside)
            if opening is not None:
                connection.exec_driver_sql(opening)
            yield connection
    finally:
        engine.dispose()


@contextmanager
def undone(url: str) -> Iterator[Connection]:
    """One transaction of which nothing stays."""
    with connected(url) as connection:
        yield connection
        connection.rollback()


def bring_up_to_date(url: str) -> None:
    with connected(url) as connection:
        migrate(connection)


def differences(url: str) -> list[str]:
    with connected(url, beside=True) as connection:
        return audit(connection)
