"""Which jobs a transaction began or ended, for whoever is told once that stands.

It goes along with the connection, because what ends jobs is at the bottom of many transactions. So nothing is told
that was rolled back, and nothing goes untold because whoever waited for the transaction was cancelled meanwhile.
"""

from typing import Final

from sqlalchemy import Connection

from bot.domain.jobs import Job

_KEY: Final = "jobs to tell of"


def observe(connection: Connection) -> list[Job]:
    """What is noted from now on."""
    seen: list[Job] = []
    connection.info[_KEY] = seen
    return seen


def note(connection: Connection, job: Job) -> None:
    seen = connection.info.get(_KEY)
    if seen is not None:
        seen.append(job)
