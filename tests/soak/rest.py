"""What a process holds, and how much more of it is no leak."""

from dataclasses import astuple, dataclass, fields
from typing import Final, Self

import psutil

MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Rest:
    """Memory is resident, in MiB."""

    tasks: int
    threads: int
    files: int
    connections: int
    memory: float

    @classmethod
    def of(cls, process: psutil.Process, tasks: int) -> Self:
        return cls(
            tasks,
            process.num_threads(),
            process.num_fds(),
            len(process.net_connections()),
            process.memory_info().rss / MEBIBYTE,
        )

    def beyond(self, before: Self) -> list[str]:
        """What has grown by more than it may."""
        grown = zip(fields(self), astuple(before), astuple(self), astuple(GROWTH), strict=True)
        return [f"{it.name}: {old} before, {new} after" for it, old, new, most in grown if new - old > most]


GROWTH: Final = Rest(tasks=4, threads=4, files=24, connections=24, memory=24.0)
"""Connections are kept for a while after their use, threads are made when first needed, memory is freed late."""
