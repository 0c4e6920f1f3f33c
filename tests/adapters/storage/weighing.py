"""A process of its own that audits a long history with little memory; `python -m` with address and number of jobs."""

import resource
import sys
from typing import Final

import psutil

from bot.adapters.storage import audit
from tests.adapters.storage import bulk
from tests.adapters.storage.schema import undone

MEBIBYTE: Final = 1024 * 1024


def audited(url: str, jobs: int) -> list[str]:
    with undone(url) as connection:
        bulk.write(connection, jobs)
        # As PostgreSQL does by itself where a history grows from day to day.
        connection.exec_driver_sql("ANALYZE")
        return audit(connection)


def allow(mebibytes: int) -> None:
    """More than now, and no more."""
    most = psutil.Process().memory_info().vms + mebibytes * MEBIBYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    address, number, room = sys.argv[1:]
    audited(address, 100)  # what is loaded and compiled at the first time is no matter of the history
    allow(int(room))
    sys.stdout.write(f"{audited(address, int(number))}\n")
