import os
from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")

DATABASES: Final = ("sqlite", "postgresql")
EVERYTHING: Final = bool(os.environ.get("SOAK"))


def in_turn(cases: Sequence[T]) -> list[tuple[str, T]]:
    """Each case on each database where `SOAK` is set; else every second one, on one of them in turn.

    Each costs the start of a process or more.
    """
    return [
        (database, case)
        for place, database in enumerate(DATABASES)
        for number, case in enumerate(cases)
        if EVERYTHING or number % (2 * len(DATABASES)) == 2 * place
    ]
