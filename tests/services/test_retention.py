"""When and how far back finished pictures are forgotten."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from typing_extensions import override

from bot.domain.refusals import StorageBusyError, StorageDownError
from bot.domain.retention import Batch
from bot.ports import Clock, Memory
from bot.services import patience, retention
from bot.services.retention import Retention

NOW = datetime(2026, 11, 24, tzinfo=UTC)


class Stopped(Clock):
    @override
    def now(self) -> datetime:
        return NOW


class Attic(Memory):
    """Three batches; `down` is how often it is away."""

    def __init__(self) -> None:
        self.asked: list[tuple[datetime, str, int]] = []
        self.tidied = 0
        self.down = list[Exception]()
        self.visited = asyncio.Event()

    @override
    async def forget_aged(self, before: datetime, after: str, most: int) -> Batch:
        self.asked.append((before, after, most))
        self.visited.set()
        if self.down:
            raise self.down.pop()
        return {"": Batch(2, "a"), "a": Batch(0, "b"), "b": Batch(1, None)}[after]

    @override
    async def tidy(self) -> None:
        self.tidied += 1


@contextmanager
def running(service: Retention) -> Iterator[None]:
    task = asyncio.create_task(service.run())
    yield
    task.cancel()


async def test_a_sweep_goes_through_all_of_it_in_small_steps() -> None:
    attic = Attic()
    assert await Retention(attic, Stopped(), 90).sweep() == 3
    assert attic.asked == [(NOW - timedelta(days=90), after, retention.BATCH) for after in ("", "a", "b")]


async def test_another_number_of_days_holds_from_the_next_start_on() -> None:
    for days in (90, 7, 365):
        attic = Attic()
        await Retention(attic, Stopped(), days).sweep()
        assert {before for before, _, _ in attic.asked} == {NOW - timedelta(days=days)}


async def test_a_database_that_is_busy_for_a_moment_is_asked_again() -> None:
    attic = Attic()
    attic.down = [StorageBusyError()]
    assert await Retention(attic, Stopped(), 90).sweep() == 3
    assert len(attic.asked) == 4


async def test_pictures_are_looked_at_once_a_day_and_the_rest_every_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "ROUND_SECONDS", 0)
    attic = Attic()
    with running(Retention(attic, Stopped(), 90)):
        while attic.tidied < 25:
            await asyncio.sleep(0)
    assert len([after for _, after, _ in attic.asked if not after]) == 2


async def test_a_database_that_stays_away_is_left_for_the_next_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retention, "ROUND_SECONDS", 0)
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0)
    attic = Attic()
    attic.down = [StorageDownError(), StorageDownError()]
    with running(Retention(attic, Stopped(), 90)):
        while attic.tidied < 2:
            await asyncio.sleep(0)
    assert len(attic.asked) == 2
