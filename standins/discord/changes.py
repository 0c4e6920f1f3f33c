import asyncio
from collections.abc import Callable
from typing import Final

PATIENCE_SECONDS: Final = 10.0


class Changes:
    """Told whenever anything happened that somebody may wait for."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def tell(self) -> None:
        self._next.set()
        self._next = asyncio.Event()

    async def until(self, holds: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
        """Raises `TimeoutError` where it does not come to hold."""
        async with asyncio.timeout(seconds):
            while not holds():
                await self._next.wait()
