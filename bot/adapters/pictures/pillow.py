import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Executor
from contextlib import aclosing, asynccontextmanager
from typing import TypeVar

from bot.adapters.pictures.decoding import checked
from bot.adapters.pictures.fitting import fitted
from bot.adapters.pictures.inscribing import inscribed, room_for
from bot.adapters.pictures.reading import notes_in
from bot.adapters.spool import Spool
from bot.domain.inscriptions import Inscription, Note
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
    async def fit(self, picture: Picture, limit: int, inscription: Inscription | None = None) -> AsyncIterator[Picture]:
        whole = await self._inscribed(picture, inscription)
        if whole.content.size <= limit:
            yield whole
            return
        plain = picture.wordless
        async with aclosing(self._spool.file()) as out:
            room = 0 if inscription is None else room_for(inscription)
            small = await self._aside(lambda: fitted(plain, max(limit - room, limit // 2), out))
            told = await self._inscribed(small, inscription)
            yield told if told.content.size <= limit else small

    async def read(self, content: Content) -> Sequence[Note]:
        return await self._aside(lambda: notes_in(content))

    async def _inscribed(self, picture: Picture, inscription: Inscription | None) -> Picture:
        return picture if inscription is None else await self._aside(lambda: inscribed(picture.wordless, inscription))

    async def _aside(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)
