import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

import structlog

from bot.domain.refusals import RefusalError
from bot.ports import Clock, Guilds
from bot.services.patience import patiently

_log = structlog.get_logger(__name__)

KEPT_FOR: Final = timedelta(days=30)
"""A guild that comes back in this time finds everything as it was."""
ROUND_SECONDS: Final = 3600


class Residency:
    """What the bot does when guilds remove it, and when they take it back."""

    def __init__(self, guilds: Guilds, clock: Clock) -> None:
        self._guilds = guilds
        self._clock = clock

    async def left(self, guild: int) -> None:
        """The bot was removed, which is not the same as a guild that Discord cannot reach."""
        async with _sooner_or_later():
            ended = await patiently(lambda: self._guilds.leave(guild))
            _log.info("guild left", guild=guild, cancelled=len(ended))

    async def joined(self, guild: int) -> None:
        async with _sooner_or_later():
            if await patiently(lambda: self._guilds.come_back(guild)):
                _log.info("guild came back", guild=guild)

    async def compare(self, here: Collection[int], ours: Callable[[int], bool]) -> None:
        """Find those that left or came back while nobody looked; `ours` tells whose shard this process runs."""
        known: Mapping[int, bool] = {}
        async with _sooner_or_later():
            known = await patiently(self._guilds.known)
        for guild, away in known.items():
            if guild in here and away:
                await self.joined(guild)
            elif guild not in here and not away and ours(guild):
                await self.left(guild)

    async def run(self) -> None:
        """Forget what is over, again and again."""
        while True:
            async with _sooner_or_later():
                for guild in await self._guilds.forget(self._clock.now() - KEPT_FOR):
                    _log.info("guild forgotten", guild=guild)
            await asyncio.sleep(ROUND_SECONDS)


@asynccontextmanager
async def _sooner_or_later() -> AsyncIterator[None]:
    """What the database does not take is found again at the next start, or an hour later."""
    try:
        yield
    except RefusalError as refusal:
        _log.warning("comings and goings could not be written down", reason=type(refusal).__name__)
