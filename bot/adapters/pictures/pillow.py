import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

from bot.adapters.pictures.decoding import checked
from bot.adapters.pictures.fitting import fitted
from bot.domain.pictures import Picture

T = TypeVar("T")


class PillowPictures:
    """`bot.ports.Pictures`; the work is done by the executor's threads, the loop's own where none is given."""

    def __init__(self, executor: Executor | None = None) -> None:
        self._executor = executor

    async def check(self, data: bytes) -> Picture:
        return await self._aside(lambda: checked(data))

    async def fit(self, picture: Picture, limit: int) -> Picture:
        if len(picture.data) <= limit:
            return picture
        return await self._aside(lambda: fitted(picture, limit))

    async def _aside(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)
