import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bot.domain.checkup import (
    Finding,
    Holder,
    Named,
    Note,
    Part,
    Symptom,
    Tables,
    Unknown,
    UnusableError,
    Well,
    Wrong,
)
from bot.domain.failures import AuthenticationError, PaintingError
from bot.domain.refusals import StorageBusyError, StorageDownError
from bot.ports.checkup import Catalogue, Portals, Premises, Records
from bot.services.inquiry import Inquiry

PART_SECONDS: Final = 30.0
ROOM: Final = 256 * 1024 * 1024
"""What four large pictures on their way can take, each with its smaller one."""
_FEATURES: Final = ("IMAGE_GENERATOR", "IMAGE_EDITOR")

Found = list[Finding]


class Checkup:
    """Whether an installation is well. Changes nothing, and asks for nothing that costs."""

    def __init__(
        self,
        named: Named,
        portals: Portals,
        catalogue: Catalogue,
        records: Records,
        premises: Premises,
        *,
        seconds: float,
    ) -> None:
        self._named = named
        self._catalogue = catalogue
        self._records = records
        self._premises = premises
        self._seconds = seconds
        self._inquiry = Inquiry(named, portals, self._log_channels)

    async def examine(self) -> Sequence[Finding]:
        """Part by part, side by side: what breaks, or is not found out in time, keeps none of the others."""
        parts: tuple[tuple[Part, Callable[[Found], Awaitable[None]]], ...] = (
            (Part.DISCORD, self._inquiry.ask),
            (Part.KEY, self._key),
            (Part.MODEL, self._model),
            (Part.DATABASE, self._database),
            (Part.FOLDER, self._folder),
            (Part.PORT, self._port),
        )
        found = await asyncio.gather(*(self._of(part, look) for part, look in parts))
        return [Finding(Well.SETTINGS), *(it for findings in found for it in findings)]

    async def _of(self, part: Part, look: Callable[[Found], Awaitable[None]]) -> Found:
        found = Found()
        try:
            async with asyncio.timeout(self._seconds):
                await look(found)
        except TimeoutError:
            found.append(Finding(Wrong.SLOW, {"part": part, "seconds": self._seconds}))
        except Exception as error:  # noqa: BLE001 - a boundary: the other parts are worth knowing all the same
            found.append(Finding(Wrong.BROKEN, {"part": part, "error": type(error).__name__}))
        return found

    async def _key(self, found: Found) -> None:
        try:
            await self._catalogue.probe()
        except AuthenticationError:
            found.append(Finding(Wrong.KEY))
        except PaintingError as error:
            found.append(Finding(Wrong.PROVIDER, {"code": error.code}))
        else:
            found.append(Finding(Well.KEY))

    async def _model(self, found: Found) -> None:
        for feature in _FEATURES if self._named.editing else _FEATURES[:1]:
            facts = {"model": self._named.model, "feature": feature}
            try:
                offered = await self._catalogue.offers(feature)
            except PaintingError:
                offered = None
            symptoms: Mapping[Any, Symptom] = {True: Well.MODEL, False: Wrong.MODEL, None: Unknown.MODEL}
            found.append(Finding(symptoms[offered], facts))

    async def _database(self, found: Found) -> None:
        file = self._records.file()
        try:
            standing = await self._records.standing()
        except StorageBusyError:
            found.append(Finding(Wrong.DATABASE_BUSY))
        except StorageDownError as error:
            found.append(Finding(Wrong.DATABASE_AWAY, {"cause": error}))
        else:
            symptoms: Mapping[Any, Symptom] = {
                Tables.NONE: Note.NO_DATABASE_YET,
                Tables.CURRENT: Well.DATABASE,
                Tables.OLDER: Wrong.OLDER_TABLES,
                Tables.NEWER: Wrong.NEWER_TABLES,
            }
            facts = {"revision": standing.revision, "pending": standing.pending}
            found.append(Finding(symptoms[standing.tables], facts))
        if file is None:
            found.append(Finding(Note.DISK_ELSEWHERE))
            return
        await self._file(found, file)

    async def _file(self, found: Found, file: Path) -> None:
        try:
            await self._premises.try_file(file)
        except UnusableError as error:
            found.append(Finding(Wrong.DATABASE_FILE, {"file": file, "cause": error}))
        await self._disk(found, "DATABASE_URL", file)

    async def _folder(self, found: Found) -> None:
        folder = self._named.data_dir
        try:
            await self._premises.try_folder(folder)
        except UnusableError as error:
            found.append(Finding(Wrong.FOLDER, {"cause": error}))
        else:
            found.append(Finding(Well.FOLDER, {"folder": folder}))
        await self._disk(found, "DATA_DIR", folder)

    async def _disk(self, found: Found, setting: str, place: Path) -> None:
        free = await self._premises.free(place)
        symptom = Well.DISK if free >= ROOM else Wrong.DISK_FULL
        found.append(Finding(symptom, {"setting": setting, "free": free, "room": ROOM}))

    async def _port(self, found: Found) -> None:
        if self._named.port is None:
            found.append(Finding(Note.NO_PORT))
            return
        facts = {"host": self._named.host, "port": self._named.port}
        try:
            door = await self._premises.door(self._named.host, self._named.port)
        except UnusableError as error:
            found.append(Finding(Wrong.PORT_UNUSABLE, facts | {"cause": error}))
            return
        symptoms: Mapping[Any, Symptom] = {
            Holder.NOBODY: Well.PORT_FREE,
            Holder.BOT: Well.PORT_OF_BOT,
            Holder.OTHER: Wrong.PORT_TAKEN,
        }
        found.append(Finding(symptoms[door.holder], facts))
        if door.failing:
            found.append(Finding(Wrong.BOT_UNWELL, {"failing": door.failing}))

    async def _log_channels(self) -> Sequence[int]:
        try:
            return await self._records.log_channels()
        except (StorageBusyError, StorageDownError):
            return ()  # said where the database is looked at
