import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.domain.refusals import SourceError, SourceProblem

AT_ONCE: Final = 3
"""Files of people in hand at the same time: each may take fifty megabytes of disk."""
WAITING: Final = 12
"""How many more may wait for that."""


class Places:
    """Bounds what people make this process fetch for nothing."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)
        self._taken = 0

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Raises `SourceError` where too many others wait."""
        if self._taken >= AT_ONCE + WAITING:
            raise SourceError(SourceProblem.CROWDED)
        self._taken += 1
        try:
            async with self._places:
                yield
        finally:
            self._taken -= 1
