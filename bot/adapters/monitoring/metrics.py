import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final, NamedTuple

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from bot.adapters.monitoring.dials import Dials, DialsCollector
from bot.domain.load import Load
from bot.domain.refusals import StorageBusyError, StorageDownError

PATIENCE_SECONDS: Final = 0.8
"""For the database; the rest is told without it."""
FRESH_SECONDS: Final = 5.0
"""How long its answer serves, however many ask: members want the database, too."""


class Exposition(NamedTuple):
    body: bytes
    content_type: str


class Metrics:
    """All that is measured, as a page for whoever scrapes it."""

    def __init__(
        self,
        registry: CollectorRegistry,
        dials: Dials,
        load: Callable[[], Awaitable[Load]],
        *,
        patience: float = PATIENCE_SECONDS,
        fresh: float = FRESH_SECONDS,
    ) -> None:
        self._registry = registry
        self._collector = DialsCollector(dials)
        self._load = load
        self._patience = patience
        self._fresh = fresh
        self._asked: asyncio.Task[Load | None] | None = None
        self._asked_at = 0.0
        registry.register(self._collector)

    async def page(self, accept: str) -> Exposition:
        """In the form that `accept` asks for."""
        load = await self._lately()
        encode, content_type = choose_encoder(accept)
        # Nothing is awaited in between, or another page would be told with this one's answer.
        self._collector.told(load)
        return Exposition(encode(self._registry), content_type)

    async def _lately(self) -> Load | None:
        # One question at a time, also while the database hangs.
        asked = self._asked
        if asked is None or (asked.done() and monotonic() - self._asked_at >= self._fresh):
            self._asked = asked = asyncio.create_task(self._ask())
            self._asked_at = monotonic()
        answered, _ = await asyncio.wait([asked], timeout=self._patience)
        return asked.result() if answered else None

    async def _ask(self) -> Load | None:
        try:
            return await self._load()
        except (StorageBusyError, StorageDownError):
            return None
