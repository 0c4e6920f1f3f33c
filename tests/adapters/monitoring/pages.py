"""The pages of a process whose state a test sets by hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, Self

import aiohttp

from bot.adapters.monitoring import Health, serving

HOST = "127.0.0.1"
QUITE_SOON = 20.0


class Told(NamedTuple):
    status: int
    body: Any

    @classmethod
    async def read(cls, answer: aiohttp.ClientResponse) -> Self:
        return cls(answer.status, await answer.json())


OK = Told(200, {"status": "ok"})


def unavailable(*failing: str) -> Told:
    return Told(503, {"status": "unavailable", "failing": list(failing)})


class Process:
    def __init__(self, patience: float) -> None:
        self.working = self.connected = self.admitting = True
        self.answers = asyncio.Event()
        self.answers.set()
        self.trouble: Exception | None = None
        self.questions = 0
        self.health = Health(
            vital={"leases": lambda: self.working},
            needed={"gateway": lambda: self.connected, "stopping": lambda: self.admitting},
            database=self._ask,
            patience=patience,
        )
        self.port: int | None = None
        self.session: aiohttp.ClientSession

    @classmethod
    @asynccontextmanager
    async def open(
        cls, *, patience: float = 2 * QUITE_SOON, idle_seconds: float = 2 * QUITE_SOON
    ) -> AsyncIterator["Process"]:
        process = cls(patience)
        async with (
            serving(process.health, HOST, 0, idle_seconds=idle_seconds) as process.port,
            aiohttp.ClientSession(
                f"http://{HOST}:{process.port}", timeout=aiohttp.ClientTimeout(QUITE_SOON)
            ) as process.session,
        ):
            yield process

    async def page(self, path: str) -> Told:
        async with self.session.get(path) as answer:
            return await Told.read(answer)

    async def _ask(self) -> None:
        self.questions += 1
        await self.answers.wait()
        if self.trouble is not None:
            raise self.trouble
