from datetime import timedelta
from pathlib import Path

import pytest
from typing_extensions import override

from bot.adapters.storage import SqlStore
from bot.domain.failures import PaintingError
from bot.domain.jobs import Job, JobId, JobState
from bot.domain.refusals import StorageDownError
from bot.services.notices import Notices
from tests.services.world import OWNER, Workshop, caller


class Forgetful(SqlStore):
    @override
    async def told(self, job: JobId, state: JobState) -> None:
        raise StorageDownError


async def failed_unseen(shop: Workshop) -> Job:
    """A job that failed while Discord was away."""
    job = await shop.begun()
    shop.wall.reachable = False
    await shop.painter.fail(job, PaintingError("it broke"))
    shop.wall.reachable = True
    (seen,) = shop.wall.ends
    shop.wall.ends.clear()
    return seen


async def test_what_nobody_was_told_is_told_a_minute_later(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job = await failed_unseen(shop)
        await shop.notices.catch_up()
        assert shop.wall.ends == []  # somebody may be just about to
        shop.clock.moment += timedelta(seconds=61)
        await shop.notices.catch_up()
        assert [(it.id, it.state) for it in shop.wall.ends] == [(job.id, JobState.FAILED)]
        await shop.notices.catch_up()
        assert len(shop.wall.ends) == 1


async def test_the_next_process_tells_at_once(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job = await failed_unseen(shop)
        shop.clock.moment += timedelta(seconds=1)
        next_one = Notices(SqlStore(shop.database, shop.clock), shop.wall, "the next one")
        await next_one.catch_up()
        assert [it.id for it in shop.wall.ends] == [job.id]


async def test_after_a_day_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        await failed_unseen(shop)
        shop.clock.moment += timedelta(days=1, seconds=1)
        await shop.notices.catch_up()
        assert shop.wall.ends == []


async def test_what_was_told_but_could_not_be_noted_is_told_twice(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job = await failed_unseen(shop)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("bot.services.patience.PATIENCE_SECONDS", 0)
            await Notices(Forgetful(shop.database, shop.clock), shop.wall, OWNER).show_end(job)
        shop.clock.moment += timedelta(seconds=61)
        await shop.notices.catch_up()
        assert [it.id for it in shop.wall.ends] == [job.id] * 2


async def test_a_cancel_that_is_told_late_does_not_stand_over_the_end(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job = await shop.begun()
        cancelling = await shop.studio.cancel(caller(2), job.id, anyway=True)
        await shop.painter.fail(job, PaintingError("it broke"))
        await shop.studio.show_cancelled(cancelling)
        assert [it.state for it in shop.wall.ends] == [JobState.FAILED]


async def test_an_end_that_came_meanwhile_is_not_taken_for_told(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job = await failed_unseen(shop)
        await shop.store.told(job.id, JobState.PAINTING)
        shop.clock.moment += timedelta(seconds=61)
        await shop.notices.catch_up()
        assert [it.state for it in shop.wall.ends] == [JobState.FAILED]
