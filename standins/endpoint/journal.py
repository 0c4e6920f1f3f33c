"""What arrived, for tests to read and to wait for."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standins.endpoint.faults import PathKind


@dataclass(frozen=True, slots=True)
class Recorded:
    """One `POST /api/features`, accepted or not."""

    headers: Mapping[str, str]
    body: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """Empty when the body was not read or was no JSON object."""
    status: int | None = None
    """None while no answer was given, or when it was lost."""
    answered_at: float | None = None
    """By `time.monotonic`."""

    @property
    def prompt_object(self) -> Mapping[str, Any]:
        inner = self.body.get("promptObject")
        return inner if isinstance(inner, Mapping) else MappingProxyType({})


class Journal:
    def __init__(self) -> None:
        self.posts: list[Recorded] = []
        self.requests: Counter[PathKind] = Counter()
        self._arrival = asyncio.Condition()

    async def open(self, post: Recorded) -> int:
        async with self._arrival:
            self.posts.append(post)
            self._arrival.notify_all()
        return len(self.posts) - 1

    def close(self, number: int, status: int | None) -> None:
        self.posts[number] = replace(self.posts[number], status=status, answered_at=time.monotonic())

    async def arrived(self, count: int) -> None:
        async with self._arrival:
            await self._arrival.wait_for(lambda: len(self.posts) >= count)
