import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from typing_extensions import override

from bot.adapters.storage import SqlStore
from bot.domain.failures import PaintingError, UndeliverableError
from bot.domain.jobs import Job, JobId, JobState
from bot.domain.pictures import Hung
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


async def test_a_picture_that_was_shown_unnoted_is_noted_and_not_told_away(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        painted = await shop.painter.paint(await shop.begun())
        assert painted is not None
        await shop.painter.keep(painted, UndeliverableError("nowhere"))
        claimed = await shop.store.claim_kept(painted.id, 2, 1)
        assert claimed is not None
        await shop.store.fetching(painted.id, 99)
        shop.wall.pictures.append(painted.id)
        shop.wall.ends.clear()
        await shop.database.run(no_lease)
        shop.clock.moment += timedelta(seconds=61)
        await shop.notices.catch_up()
        found = await shop.store.find(painted.id)
        assert found is not None
        assert (found.kept_until, found.card) == (None, 99)
        assert shop.wall.ends == []


async def test_whoever_lost_the_lease_keeps_and_shows_nothing(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        job = await shop.begun()
        painted = await shop.painter.paint(job)
        assert painted is not None
        await shop.another_takes_over()
        await shop.painter.keep(painted, UndeliverableError("nowhere"))
        await shop.painter.shown(painted, Hung(99, "fox.png"))
        shop.queue.show(job)
        await asyncio.sleep(0)
        found = await shop.store.find(job.id)
        assert found is not None
        assert found.state is JobState.PAINTED


async def test_a_kept_picture_whose_card_did_not_come_about_can_be_claimed_again(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        painted = await shop.painter.paint(await shop.begun())
        assert painted is not None
        await shop.painter.keep(painted, UndeliverableError("nowhere"))
        assert (await shop.studio.claim_kept(caller(2), painted.id)).claimed
        await shop.studio.put_back(painted.id)
        assert (await shop.studio.claim_kept(caller(3), painted.id)).claimed


def no_lease(connection: Connection) -> None:
    connection.execute(text("UPDATE jobs SET lease_until = 0"))
