"""The port `Offices` on one database."""

from collections.abc import Sequence

from typing_extensions import override

from bot.adapters.storage import rulebook
from bot.adapters.storage.database import Database
from bot.domain.credits import Plan
from bot.domain.records import Block, Deed, Deeds, Record, Regulations
from bot.ports import Offices


class SqlOffices(Offices):
    def __init__(self, database: Database, plan: Plan) -> None:
        self._database = database
        self._plan = plan

    @override
    async def load(self, guild: int) -> Regulations:
        return await self._database.run(rulebook.load, guild)

    @override
    async def change(self, deed: Deed, seen: int) -> Record:
        return await self._database.run(rulebook.change, deed, self._plan, seen)

    @override
    async def change_together(self, changes: Sequence[tuple[Deed, int]]) -> Sequence[Record]:
        return await self._database.run(rulebook.change_together, changes, self._plan)

    @override
    async def block(self, deed: Deed, block: Block) -> Record:
        return await self._database.run(rulebook.block, deed, self._plan, block)

    @override
    async def unblock(self, deed: Deed) -> Record:
        return await self._database.run(rulebook.unblock, deed, self._plan)

    @override
    async def record(self, guild: int, number: int) -> Record:
        return await self._database.run(rulebook.record, guild, number)

    @override
    async def records(self, search: Deeds, before: int | None, most: int) -> Sequence[Record]:
        return await self._database.run(rulebook.found, search, before, most)

    @override
    async def changed_since(self, mark: int | None) -> tuple[int, Sequence[int]]:
        return await self._database.run(rulebook.changed_since, mark)
