"""A picture waits for its channel, or for Discord, and then goes where it belongs."""

import asyncio
from pathlib import Path

import pytest

from bot.domain.jobs import Job, JobState
from bot.services.deliveries import Deliveries
from tests.services.world import Workshop


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.deliveries.FIRST_PAUSE_SECONDS", 0.001)


async def painted(shop: Workshop) -> Job:
    job = await shop.painter.paint(await shop.begun())
    assert job is not None
    return job


async def state_after(shop: Workshop, job: Job, deliveries: Deliveries) -> JobState:
    assert job.painted is not None
    await deliveries.deliver(job, job.painted)
    found = await shop.store.find(job.id)
    assert found is not None
    return found.state


async def test_a_picture_is_delivered_when_discord_is_back(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        shop.wall.away = 3
        assert await state_after(shop, await painted(shop), Deliveries(shop.painter, shop.wall)) is JobState.DELIVERED
        assert shop.wall.pictures == ["1-0"]


async def test_a_picture_is_kept_where_discord_stays_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.deliveries.OUTAGE_SECONDS", 0.002)
    async with Workshop.open(tmp_path) as shop:
        shop.wall.away = 100
        assert await state_after(shop, await painted(shop), Deliveries(shop.painter, shop.wall)) is JobState.KEPT


async def test_what_waits_for_discord_is_left_to_the_next_process(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        shop.wall.away = 100
        deliveries = Deliveries(shop.painter, shop.wall)
        deliveries.close()
        assert await state_after(shop, await painted(shop), deliveries) is JobState.PAINTED
        assert shop.wall.away == 99


async def test_a_full_channel_is_waited_for_and_takes_nobodys_place(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job, deliveries = await painted(shop), Deliveries(shop.painter, shop.wall)
        shop.wall.waits = [0.001, 0.001]
        assert await state_after(shop, job, deliveries) is JobState.DELIVERED
        assert shop.wall.waits == []


async def test_what_waits_for_a_full_channel_is_left_to_the_next_process(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job, deliveries = await painted(shop), Deliveries(shop.painter, shop.wall)
        shop.wall.waits = [60.0]
        waiting = asyncio.create_task(state_after(shop, job, deliveries))
        while shop.wall.waits:
            await asyncio.sleep(0)
        deliveries.close()
        assert await waiting is JobState.PAINTED
        assert job.painted is not None
        shop.wall.waits = [60.0]
        await deliveries.show(job, job.painted)
        assert shop.wall.pictures == []
