"""The pages of a process whose state a test sets by hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any, NamedTuple, Self

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from bot.adapters.monitoring import Dials, Health, Metrics, PrometheusMeters, Shard, serving
from bot.domain.circuit import Trouble
from bot.domain.load import Load

HOST = "127.0.0.1"
QUITE_SOON = 20.0


class Told(NamedTuple):
    status: int
    body: Any

    @classmethod
    async def read(cls, answer: aiohttp.ClientResponse) -> Self:
        return cls(answer.status, await answer.json())


Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]
"""By name and labels."""

OK = Told(200, {"status": "ok"})


def unavailable(*failing: str) -> Told:
    return Told(503, {"status": "unavailable", "failing": list(failing)})


def samples(page: str) -> Samples:
    return {
        (it.name, frozenset(it.labels.items())): it.value
        for family in text_string_to_metric_families(page)
        for it in family.samples
    }


def value(measured: Samples, name: str, **labels: str) -> float | None:
    """Of one sample, None where there is none."""
    return measured.get((f"imagine_{name}", frozenset(labels.items())))


class Process:
    under_way: int
    breaker: Trouble | None

    def __init__(self, patience: float, fresh: float) -> None:
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
        self.under_way, self.breaker = 0, None
        self.shards: list[Shard] = []
        self.load = Load(calls=0, queued=0, kept=0, held=0)
        self.meters = PrometheusMeters()
        self.metrics = Metrics(self.meters.registry, self._dials(), self._weigh, patience=patience, fresh=fresh)
        self.port: int | None = None
        self.session: aiohttp.ClientSession

    @classmethod
    @asynccontextmanager
    async def open(
        cls, *, patience: float = 2 * QUITE_SOON, idle_seconds: float = 2 * QUITE_SOON, fresh: float = 0.0
    ) -> AsyncIterator["Process"]:
        process = cls(patience, fresh)
        async with (
            serving(process.health, process.metrics, HOST, 0, idle_seconds=idle_seconds) as process.port,
            aiohttp.ClientSession(
                f"http://{HOST}:{process.port}", timeout=aiohttp.ClientTimeout(QUITE_SOON)
            ) as process.session,
        ):
            yield process

    async def page(self, path: str) -> Told:
        async with self.session.get(path) as answer:
            return await Told.read(answer)

    async def measured(self) -> Samples:
        async with self.session.get("/metrics") as answer:
            assert answer.status == HTTPStatus.OK
            return samples(await answer.text())

    def _dials(self) -> Dials:
        return Dials(
            under_way=lambda: self.under_way,
            trouble=lambda: self.breaker,
            guilds=lambda: 3,
            shards=lambda: self.shards,
            calls_bound=500,
        )

    async def _weigh(self) -> Load:
        await self._ask()
        return self.load

    async def _ask(self) -> None:
        self.questions += 1
        await self.answers.wait()
        if self.trouble is not None:
            raise self.trouble
