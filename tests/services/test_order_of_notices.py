"""Two changes of one card at the same time: what was written first must not stand last."""

import asyncio
from datetime import datetime
from pathlib import Path

from typing_extensions import override

from bot.domain.failures import PaintingError
from bot.domain.jobs import Job, JobState
from bot.services.notices import Notices
from tests.services.world import OWNER, Wall, Workshop


class SlowWall(Wall):
    """While it writes that a job is being cancelled, the job comes to its end."""

    def __init__(self, shop: Workshop) -> None:
        super().__init__()
        self._shop = shop

    @override
    async def show_end(self, job: Job) -> bool:
        if not job.state.ended:
            await self._shop.painter.fail(job, PaintingError("it broke"))
        return await super().show_end(job)


async def test_a_cancel_that_is_shown_too_late_does_not_stand_over_the_end(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        await shop.begun()
        (job,) = (await shop.store.line(1))[0]
        wall = SlowWall(shop)
        cancelling = await shop.store.cancel(job.id)
        assert cancelling is not None
        await Notices(shop.store, wall, "another process").show_cancelled(cancelling)
        assert [it.state for it in wall.ends] == [JobState.PAINTING, JobState.FAILED]
        assert await shop.store.untold() == []


class BusyWall(Wall):
    """It takes its time to show that a job is being painted."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []
        self.begun = asyncio.Event()
        self.goes_on = asyncio.Event()

    @override
    async def show_painting(self, job: Job, ready_by: datetime) -> None:
        self.begun.set()
        await self.goes_on.wait()
        self.written.append("painting")

    @override
    async def show_end(self, job: Job) -> bool:
        self.written.append("end")
        return True


async def test_a_failure_is_shown_after_the_word_that_it_is_painted(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job, wall = await shop.begun(), BusyWall()
        notices = Notices(shop.store, wall, OWNER)
        async with asyncio.TaskGroup() as both:
            both.create_task(notices.show_painting(job, shop.clock.now()))
            await wall.begun.wait()
            both.create_task(notices.show_end(job))
            await asyncio.sleep(0)  # it would write at once
            wall.goes_on.set()
        assert wall.written == ["painting", "end"]
