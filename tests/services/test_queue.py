import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from typing_extensions import override

from bot.adapters.storage import SqlStore
from bot.domain.failures import ProviderFaultError
from bot.domain.jobs import Job, JobState
from bot.domain.orders import Limits
from bot.domain.pictures import Pending
from bot.domain.refusals import StorageBusyError
from bot.services import patience
from tests.services.world import OWNER, Workshop, caller


async def work(shop: Workshop) -> None:
    """Run the queue until nothing is left to do."""
    running = asyncio.create_task(shop.queue.run())
    await shop.queue.idle()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_the_unforeseen_ends_the_job_free_and_the_queue_goes_on(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        await shop.queued(1)
        await shop.queued(2)

        async def fall() -> None:
            if shop.provider.orders == 1:
                raise RuntimeError("nobody foresaw this")

        shop.provider.on_request = fall
        await work(shop)
        assert [(job.id, job.state, job.failure) for job in shop.wall.ends] == [("1-0", JobState.FAILED, "unexpected")]
        assert shop.wall.pictures == ["2-0"]


async def test_a_job_that_the_database_does_not_take_is_left_to_its_lease(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        await shop.queued()

        async def lose() -> None:
            raise StorageBusyError

        shop.provider.on_request = lose
        await work(shop)
        found = await shop.store.find((await shop.queued(2)).id)
        assert found is not None
        assert shop.wall.ends == []


async def test_a_drain_leaves_what_takes_too_long_to_the_next_process(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job = await shop.queued()
        begun = asyncio.Event()

        async def never() -> None:
            begun.set()
            await asyncio.Event().wait()

        shop.provider.on_request = never
        running = asyncio.create_task(shop.queue.run())
        await begun.wait()
        await shop.queue.drain(0)
        running.cancel()
        found = await shop.store.find(job.id)
        assert found is not None
        assert found.state is JobState.PAINTING


async def test_a_closed_queue_starts_and_takes_over_nothing(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        await shop.queued()
        await shop.queue.drain(0)
        running = asyncio.create_task(shop.queue.run())
        await shop.store.waiting()
        running.cancel()
        assert shop.provider.orders == 0


async def test_a_painted_job_without_its_link_ends_free(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        painted = await shop.painter.paint(await shop.begun())
        assert painted is not None
        await shop.database.run(lambda connection: connection.exec_driver_sql("UPDATE jobs SET url = NULL"))
        await shop.database.run(lambda connection: connection.exec_driver_sql("UPDATE jobs SET owner = 'gone'"))
        await work(shop)
        assert [job.failure for job in shop.wall.ends] == ["unexpected"]


async def test_a_late_cancel_holds_also_for_the_process_that_takes_over(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job = await shop.begun()
        await shop.store.cancel(job.id)
        assert await shop.painter.paint(job) is not None
        await shop.database.run(lambda connection: connection.exec_driver_sql("UPDATE jobs SET owner = 'gone'"))
        await work(shop)
        assert shop.wall.pictures == []
        assert [ended.state for ended in shop.wall.ends] == [JobState.CANCELLED]


async def test_an_accepted_job_announced_while_it_is_taken_over_is_left_alone(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        standing = await shop.studio.imagine(caller(), {"prompt": "a fox"})
        await shop.store.take_over("another process")
        await shop.studio.announced(standing.job.id, 5)
        assert await shop.store.abandon(standing.job.id) is None
        assert await shop.store.take_over(OWNER) == []
        await work(shop)
        assert shop.wall.pictures == ["1-0"]


async def test_a_slow_progress_edit_cannot_overtake_the_picture(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job = await shop.queued()

        async def slowly() -> None:
            found = await shop.store.find(job.id)
            while found is None or found.state in {JobState.QUEUED, JobState.PAINTING}:
                found = await shop.store.find(job.id)
            for _ in range(20):
                await shop.store.waiting()
            shop.wall.pictures.append("progress")

        shop.wall.on_painting = slowly
        await work(shop)
        assert shop.wall.pictures == ["progress", job.id]


async def test_a_progress_edit_that_fails_does_not_cost_the_job(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        await shop.queued()

        async def fail() -> None:
            raise RuntimeError

        shop.wall.on_painting = fail
        await work(shop)
        assert shop.wall.pictures == ["1-0"]


async def test_a_stop_after_the_turn_was_won_orders_nothing(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        await shop.queued()

        async def stop() -> None:
            await shop.queue.drain(0)
            won.set()

        won = asyncio.Event()
        shop.provider.on_turn = stop
        running = asyncio.create_task(shop.queue.run())
        await won.wait()
        await shop.store.waiting()
        running.cancel()
        assert shop.provider.orders == 0


class Missed(SqlStore):
    """Tells when nobody's turn came."""

    missed = False

    @override
    async def begin(self, owner: str, limits: Limits) -> Job | None:
        job = await super().begin(owner, limits)
        self.missed = job is None
        return job


async def test_a_job_cancelled_while_its_turn_comes_is_not_ordered(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path, store=Missed) as shop:
        job = await shop.queued()

        async def cancel() -> None:
            await shop.store.cancel(job.id)

        shop.provider.on_turn = cancel
        assert isinstance(shop.store, Missed)
        running = asyncio.create_task(shop.queue.run())
        while not shop.store.missed:
            await asyncio.sleep(0)
        await shop.queue.idle()
        running.cancel()
        assert shop.provider.orders == 0


async def test_an_order_that_fails_while_it_is_followed_ends_free(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        await shop.queued()
        shop.provider.answer = Pending("uuid")

        async def fail() -> None:
            raise ProviderFaultError

        shop.provider.on_follow = fail
        await work(shop)
        assert [job.failure for job in shop.wall.ends] == ["provider_fault"]


class AnnouncedMeanwhile(SqlStore):
    """The process believed dead shows its card after all, at the last moment."""

    @override
    async def take_over(self, owner: str) -> Sequence[Job]:
        taken = await super().take_over(owner)
        for job in taken:
            await self.queue(job.id, 5)
        return taken


async def test_a_card_that_comes_at_the_last_moment_keeps_its_job(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path, store=AnnouncedMeanwhile) as shop:
        standing = await shop.studio.imagine(caller(), {"prompt": "a fox"})
        await shop.database.run(lambda connection: connection.exec_driver_sql("UPDATE jobs SET owner = 'gone'"))
        await work(shop)
        assert shop.wall.pictures == [standing.job.id]


async def test_the_pace_is_learned_from_pictures(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        before = shop.queue.ready_in(1)
        await shop.queued()
        await work(shop)
        assert shop.queue.ready_in(1) <= before
        assert shop.queue.ready_in(3) == 3 * shop.queue.ready_in(1)


async def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0)

    async def busy() -> None:
        raise StorageBusyError

    with pytest.raises(StorageBusyError):
        await patience.patiently(busy)


async def test_patience_is_for_the_database_alone() -> None:
    async def fail() -> None:
        raise ProviderFaultError

    with pytest.raises(ProviderFaultError):
        await patience.patiently(fail)


async def test_what_is_under_way_is_counted(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        seen: list[int] = []

        async def look() -> None:
            seen.append(shop.queue.under_way)

        shop.provider.on_request = look
        await shop.queued()
        await work(shop)
        assert (seen, shop.queue.under_way) == ([1], 0)
