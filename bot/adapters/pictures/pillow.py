import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from contextlib import aclosing, asynccontextmanager
from typing import TypeVar

from bot.adapters.pictures.decoding import checked
from bot.adapters.pictures.fitting import fitted
from bot.adapters.spool import Spool
from bot.domain.pictures import Content, Picture

T = TypeVar("T")


class PillowPictures:
    """`bot.ports.Pictures`; the work is done by the executor's threads, the loop's own where none is given."""

    def __init__(self, spool: Spool, executor: Executor | None = None) -> None:
        self._spool = spool
        self._executor = executor

    async def check(self, content: Content) -> Picture:
        return await self._aside(lambda: checked(content))

    @asynccontextmanager
    async def fit(self, picture: Picture, limit: int) -> AsyncIterator[Picture]:
        if picture.content.size <= limit:
            yield picture
            return
        async with aclosing(self._spool.file()) as out:
            yield await self._aside(lambda: fitted(picture, limit, out))

    async def _aside(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)
