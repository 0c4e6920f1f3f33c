"""When shards begin their sessions."""

import random

import pytest

from bot.identifying import AGAIN_SECONDS, PAUSE_SECONDS, Turnstile


class Street:
    """A turnstile, and a clock that sleeping moves."""

    def __init__(self, max_concurrency: int) -> None:
        self.moment = 100.0
        self._turnstile = Turnstile(lambda: self.moment, self._sleep)
        self._turnstile.max_concurrency = max_concurrency

    async def passed(self, *shards: int) -> list[float]:
        """When each came through, one after another, after the first."""
        began = self.moment
        return [round(await self._through(it) - began, 3) for it in shards]

    async def _through(self, shard: int) -> float:
        await self._turnstile.wait(shard)
        return self.moment

    async def _sleep(self, seconds: float) -> None:
        self.moment += seconds


async def test_one_shard_waits_for_nothing() -> None:
    assert await Street(1).passed(0) == [0]
    assert await Street(16).passed(7) == [0]


async def test_shards_of_one_key_are_more_than_five_seconds_apart() -> None:
    assert PAUSE_SECONDS > 5
    assert await Street(1).passed(0, 1, 2) == [0, PAUSE_SECONDS, 2 * PAUSE_SECONDS]


async def test_shards_of_different_keys_begin_at_once() -> None:
    assert await Street(2).passed(0, 1, 2, 3) == [0, 0, PAUSE_SECONDS, PAUSE_SECONDS]
    assert await Street(16).passed(*range(16)) == [0] * 16


async def test_a_process_with_shards_of_one_key_knows_them_by_number() -> None:
    assert await Street(4).passed(2, 3, 6) == [0, 0, PAUSE_SECONDS]


async def test_whoever_lost_a_session_does_not_come_back_with_everybody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(random, "uniform", lambda least, most: (least + most) / 2)
    street = Street(2)
    await street.passed(0, 1)
    street.moment += 3600
    again = sum(AGAIN_SECONDS) / 2
    assert await street.passed(0, 1) == [again, 2 * again]
