import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NamedTuple

import structlog

from bot.domain.orders import Caller
from bot.domain.privacy import Erased
from bot.domain.refusals import AlreadyAtItError, RefusalError
from bot.ports import Archive
from bot.ports.archive import Facts
from bot.services.admission import Admission
from bot.services.patience import patiently

_log = structlog.get_logger(__name__)

CHUNK: Final = 500
"""Rows read at once: somebody who wants a picture gets at the database in between."""
ROUND_SECONDS: Final = 24 * 3600


class Chunk(NamedTuple):
    """Some rows of one kind."""

    name: str
    rows: Sequence[Facts]


class Privacy:
    """What a person can do about what is stored of them, in all guilds together."""

    def __init__(self, archive: Archive, admission: Admission, retention_days: int) -> None:
        self._archive = archive
        self._admission = admission
        self.retention_days = retention_days
        self._at_it: set[int] = set()

    def welcome(self, caller: Caller) -> None:
        self._admission.welcome(caller)

    async def export(self, caller: Caller) -> AsyncGenerator[Chunk, None]:
        """All of it, a little at a time, kind by kind. Raises `AlreadyAtItError`."""
        self._admission.welcome(caller)
        with self._once(caller.member):
            person = caller.member
            for name, rows in (await self._archive.rest(person)).items():
                yield Chunk(name, rows)
            guilds = await self._archive.guilds(person)
            for guild in guilds:
                async for rows in self._pictures(person, guild):
                    yield Chunk("pictures", rows)
            for guild in guilds:
                async for rows in self._entries(person, guild):
                    yield Chunk("ledger", rows)
            async for rows in self._entries(person, None):
                yield Chunk("decisions", rows)

    async def erase(self, caller: Caller) -> Erased:
        """What can be at once, in all guilds; the rest follows by itself. Raises `AlreadyAtItError`."""
        self._admission.welcome(caller)
        with self._once(caller.member):
            erased = Erased()
            for guild in await self._archive.wish(caller.member):
                erased += await self._erased(guild, caller.member)
            return erased

    async def sweep(self) -> None:
        """Erase what was wished before and could not be yet."""
        for guild, person in await patiently(self._archive.wishes):
            await self._erased(guild, person)

    async def run(self) -> None:
        """Again and again, until cancelled."""
        while True:
            try:
                await self.sweep()
            except RefusalError as refusal:
                _log.warning("what is to be erased was left for later", reason=type(refusal).__name__)
            await asyncio.sleep(ROUND_SECONDS)

    async def _erased(self, guild: int, person: int) -> Erased:
        erased = await patiently(lambda: self._archive.erase(guild, person))
        _log.info("data of a member erased", guild=guild, pictures=erased.pictures, complete=erased.complete)
        return erased

    async def _pictures(self, person: int, guild: int) -> AsyncIterator[Sequence[Facts]]:
        after = None
        while rows := await self._archive.pictures(person, guild, after, CHUNK):
            yield rows
            after = rows[-1]["id"]

    async def _entries(self, person: int, guild: int | None) -> AsyncIterator[Sequence[Facts]]:
        """In a guild what is about them, everywhere what they decided about others."""
        after = 0
        while rows := await self._page(person, guild, after):
            yield rows
            after = rows[-1]["id"]

    async def _page(self, person: int, guild: int | None, after: int) -> Sequence[Facts]:
        if guild is None:
            return await self._archive.decisions(person, after, CHUNK)
        return await self._archive.entries(person, guild, after, CHUNK)

    @contextmanager
    def _once(self, person: int) -> Iterator[None]:
        if person in self._at_it:
            raise AlreadyAtItError
        self._at_it.add(person)
        try:
            yield
        finally:
            self._at_it.discard(person)
