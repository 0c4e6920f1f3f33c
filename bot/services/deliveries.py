import asyncio
from collections.abc import Iterator
from typing import Final

import structlog

from bot.domain.failures import DiscordAwayError
from bot.domain.jobs import Job
from bot.domain.pictures import Painted
from bot.ports import Cards
from bot.services.painting import Painter

_log = structlog.get_logger(__name__)

UPLOADS: Final = 4
"""Pictures on their way to Discord at once: this bounds the memory in flight."""
FIRST_PAUSE_SECONDS: Final = 2.0
LONGEST_PAUSE_SECONDS: Final = 60.0
OUTAGE_SECONDS: Final = 3600.0
"""How long a picture waits for Discord to come back before it is kept."""


class Deliveries:
    """Takes painted pictures to their cards. Whoever has to wait takes nobody's place meanwhile."""

    def __init__(self, painter: Painter, cards: Cards) -> None:
        self._painter = painter
        self._cards = cards
        self._uploads = asyncio.Semaphore(UPLOADS)
        self._closing = asyncio.Event()

    def close(self) -> None:
        """From now on, what has to wait is left to the next process."""
        self._closing.set()

    async def deliver(self, job: Job, painted: Painted) -> None:
        for pause in _pauses():
            if not await self._has_room(job):
                return
            away = await self._tried(job, painted)
            if away is None or not await self._waited(pause):
                return
        await self._painter.keep(job, DiscordAwayError("Discord stayed away"))

    async def show(self, job: Job, painted: Painted) -> None:
        """The same for one that was kept: whoever asked for it again can do so once more."""
        if await self._has_room(job):
            async with self._uploads:
                await self._painter.show(job, painted)

    async def _tried(self, job: Job, painted: Painted) -> DiscordAwayError | None:
        try:
            async with self._uploads:
                await self._painter.deliver(job, painted)
        except DiscordAwayError as error:
            _log.warning("a delivery waits", job=job.id, detail=error.detail)
            return error
        return None

    async def _has_room(self, job: Job) -> bool:
        while seconds := self._cards.take_room(job):
            if not await self._waited(seconds):
                return False
        return True

    async def _waited(self, seconds: float) -> bool:
        """False where the process is about to end."""
        closing = asyncio.create_task(self._closing.wait())
        try:
            await asyncio.wait([closing], timeout=seconds)
        finally:
            closing.cancel()
        return not self._closing.is_set()


def _pauses() -> Iterator[float]:
    pause, in_all = FIRST_PAUSE_SECONDS, 0.0
    while in_all < OUTAGE_SECONDS:
        yield pause
        in_all += pause
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
