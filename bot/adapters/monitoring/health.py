import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.domain.refusals import StorageBusyError, StorageDownError

PATIENCE_SECONDS: Final = 0.8
"""For the database; many who probe give the whole answer one second."""

Signs = Mapping[str, Callable[[], bool]]


class Health:
    """`vital` signs are those whose loss only a new process mends; members wait without the others, too."""

    def __init__(
        self,
        *,
        vital: Signs,
        needed: Signs,
        database: Callable[[], Awaitable[object]],
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._vital = vital
        self._needed = needed
        self._database = database
        self._patience = patience
        self._asked: asyncio.Task[bool] | None = None

    def failing(self) -> list[str]:
        """What has stopped for good. Asks memory alone, so that it answers when nothing else does."""
        return [name for name, holds in self._vital.items() if not holds()]

    async def missing(self) -> list[str]:
        """What members would miss now."""
        missing = [name for name, holds in self._needed.items() if not holds()]
        return missing if await self._database_answers() else [*missing, "database"]

    async def _database_answers(self) -> bool:
        # One question at a time, whoever asks and however often: a database that hangs is not asked again.
        if self._asked is None or self._asked.done():
            self._asked = asyncio.create_task(self._ask())
        asked = self._asked
        answered, _ = await asyncio.wait([asked], timeout=self._patience)
        return bool(answered) and asked.result()

    async def _ask(self) -> bool:
        try:
            await self._database()
        except (StorageBusyError, StorageDownError):
            return False
        return True
