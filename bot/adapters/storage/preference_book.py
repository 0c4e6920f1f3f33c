"""The port `PreferenceBook` on one database."""

from collections.abc import Sequence

from typing_extensions import override

from bot.adapters.storage import preferences
from bot.adapters.storage.database import Database
from bot.domain.preferences import Options, Preferences, Preset
from bot.ports import PreferenceBook


class SqlPreferences(PreferenceBook):
    def __init__(self, database: Database) -> None:
        self._database = database

    @override
    async def own(self, member: int) -> Options:
        return await self._database.run(preferences.own, member)

    @override
    async def change(self, member: int, changes: Options) -> Options:
        return await self._database.run(preferences.change, member, changes)

    @override
    async def clear(self, member: int) -> None:
        await self._database.run(preferences.clear, member)

    @override
    async def presets(self, member: int) -> Sequence[Preset]:
        return await self._database.run(preferences.found, member)

    @override
    async def save(self, member: int, preset: Preset) -> bool:
        return await self._database.run(preferences.save, member, preset)

    @override
    async def delete(self, member: int, name: str) -> None:
        await self._database.run(preferences.remove, member, name)

    @override
    async def export(self, member: int) -> Preferences:
        return await self._database.run(preferences.export, member)

    @override
    async def erase(self, member: int) -> None:
        await self._database.run(preferences.erase, member)
