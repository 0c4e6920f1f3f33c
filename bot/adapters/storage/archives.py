"""The ports `Archive` and `Memory` on one database."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from typing_extensions import override

from bot.adapters.storage import erasing, exporting, retention
from bot.adapters.storage.database import Database
from bot.domain.credits import Plan
from bot.domain.privacy import Erased
from bot.domain.retention import Batch
from bot.ports import Archive, Clock, Memory
from bot.ports.archive import Facts


class SqlArchive(Archive, Memory):
    def __init__(self, database: Database, plan: Plan, clock: Clock) -> None:
        self._database = database
        self._plan = plan
        self._clock = clock

    @override
    async def guilds(self, person: int) -> Sequence[int]:
        return await self._database.run(erasing.guilds, person)

    @override
    async def rest(self, person: int) -> Mapping[str, Sequence[Facts]]:
        return await self._database.run(exporting.rest, person)

    @override
    async def pictures(self, person: int, guild: int, after: str | None, most: int) -> Sequence[Facts]:
        return await self._database.run(exporting.pictures, person, guild, after, most)

    @override
    async def entries(self, person: int, guild: int, after: int, most: int) -> Sequence[Facts]:
        return await self._database.run(exporting.entries, person, guild, after, most)

    @override
    async def decisions(self, person: int, after: int, most: int) -> Sequence[Facts]:
        return await self._database.run(exporting.decisions, person, after, most)

    @override
    async def wish(self, person: int) -> Sequence[int]:
        return await self._database.run(erasing.wish, person, self._clock.now())

    @override
    async def erase(self, guild: int, person: int) -> Erased:
        return await self._database.run(erasing.erase, guild, person, self._plan, self._clock.now())

    @override
    async def wishes(self) -> Sequence[tuple[int, int]]:
        return await self._database.run(erasing.wishes)

    @override
    async def forget_aged(self, before: datetime, after: str, most: int) -> Batch:
        return await self._database.run(retention.forget, before, after, most)

    @override
    async def tidy(self) -> None:
        await self._database.run(retention.tidy, self._clock.now())
