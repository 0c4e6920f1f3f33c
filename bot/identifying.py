"""How often this process begins a session with Discord's gateway: one in five seconds for each key."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final

PAUSE_SECONDS: Final = 5.2
"""Discord counts five from when the last one arrived, and the way there does not always take the same time."""
AGAIN_SECONDS: Final = (1.0, 5.0)
"""What Discord asks whoever lost a session to wait: so not everybody comes back at once."""


class Turnstile:
    """Discord allows `max_concurrency` sessions to begin at once. A shard's key is its number modulo this."""

    def __init__(
        self, now: Callable[[], float] = monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self.max_concurrency = 1
        self._now = now
        self._sleep = sleep
        self._free_at: dict[int, float] = {}
        self._begun: set[int] = set()

    async def wait(self, shard: int) -> None:
        earliest = self._now()
        if shard in self._begun:
            earliest += random.uniform(*AGAIN_SECONDS)  # noqa: S311 - no secret
        self._begun.add(shard)
        key = shard % self.max_concurrency
        at = max(earliest, self._free_at.get(key, earliest))
        self._free_at[key] = at + PAUSE_SECONDS
        if at > self._now():
            await self._sleep(at - self._now())
