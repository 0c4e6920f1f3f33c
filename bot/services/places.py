import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from bot.domain.orders import Caller
from bot.domain.refusals import SourceError, SourceProblem

AT_ONCE: Final = 3
"""Files of people in hand at the same time: each may take fifty megabytes of disk."""
OF_GUILD: Final = 2
"""How many of these for one guild."""
WAITING: Final = 12
"""How many more may wait for that, half of them of one guild."""


class Places:
    """Bounds what people make this process fetch for nothing: one thing for each of them, and not all for one guild."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)
        self._guilds: dict[int, asyncio.Semaphore] = {}
        self._taken: Counter[int] = Counter()
        self._members: set[int] = set()

    @asynccontextmanager
    async def one(self, caller: Caller) -> AsyncIterator[None]:
        """Raises `SourceError` where too many others wait, or something of the caller's is in hand."""
        if caller.member in self._members:
            raise SourceError(SourceProblem.AT_IT)
        of_guild = self._taken[caller.guild]
        if self._taken.total() >= AT_ONCE + WAITING or of_guild >= OF_GUILD + WAITING // 2:
            raise SourceError(SourceProblem.CROWDED)
        async with AsyncExitStack() as stack:
            stack.callback(self._leave, caller)
            self._members.add(caller.member)
            self._taken[caller.guild] += 1
            guild = self._guilds.setdefault(caller.guild, asyncio.Semaphore(OF_GUILD))
            await stack.enter_async_context(guild)  # first, so that who waits for their guild keeps nobody else out
            await stack.enter_async_context(self._places)
            yield

    def _leave(self, caller: Caller) -> None:
        self._members.discard(caller.member)
        self._taken[caller.guild] -= 1
        if not self._taken[caller.guild]:
            del self._taken[caller.guild], self._guilds[caller.guild]
