"""The port `Shelf` on one database."""

from collections.abc import Sequence
from datetime import timedelta

from typing_extensions import override

from bot.adapters.storage import shelf
from bot.adapters.storage.database import Database
from bot.domain.album import Copy, Leaf, Look, Turn
from bot.domain.jobs import Job, JobId
from bot.domain.pictures import Hung
from bot.ports import Clock, Shelf


class SqlShelf(Shelf):
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @override
    async def page(self, look: Look, turn: Turn | None, most: int) -> Leaf:
        return await self._database.run(shelf.page, look, turn, most)

    @override
    async def mark(self, member: int, job: JobId, *, favourite: bool) -> None:
        await self._database.run(shelf.mark, member, job, self._clock.now(), favourite=favourite)

    @override
    async def is_favourite(self, member: int, job: JobId) -> bool:
        return await self._database.run(shelf.is_favourite, member, job)

    @override
    async def claim(self, copy: Copy, wait: timedelta) -> bool:
        return await self._database.run(shelf.claim, copy, wait, self._clock.now())

    @override
    async def stands(self, copy: JobId, hung: Hung) -> Job | None:
        return await self._database.run(shelf.stands, copy, hung)

    @override
    async def withdraw(self, copy: JobId) -> None:
        await self._database.run(shelf.withdraw, copy)

    @override
    async def copies(self, job: JobId) -> Sequence[Copy]:
        return await self._database.run(shelf.of, job)
