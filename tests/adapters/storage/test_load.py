"""What those who watch the installation are told, and what is told of jobs as they begin and end."""

import asyncio
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Connection, Select, text

from bot.adapters.storage import endings
from bot.adapters.storage import load as loading
from bot.domain.failures import DailyBoundError
from bot.domain.jobs import Job, JobState
from bot.domain.load import Load
from bot.domain.orders import Limits
from tests.adapters.storage.scenes import PICTURE, Scene

PATIENCE = 20.0


@pytest.fixture
def told(scene: Scene) -> list[Job]:
    """Of which jobs somebody was told."""
    told: list[Job] = []
    scene.database.on_job = told.append
    return told


def states(told: list[Job]) -> list[JobState]:
    return [it.state for it in told]


async def test_nothing_is_no_load(scene: Scene) -> None:
    assert await scene.store.load() == Load(calls=0, queued=0, kept=0, held=0)


async def test_the_load_is_what_all_guilds_wait_for(scene: Scene) -> None:
    await scene.in_state(JobState.DELIVERED, price=2)
    await scene.kept(price=3)
    await scene.painting(price=1)
    await scene.queued(price=2)
    await scene.queued(guild=12, price=4)
    await scene.hold(guild=12, price=1)
    assert await scene.store.load() == Load(calls=3, queued=2, kept=1, held=11)
    scene.clock.moment += timedelta(days=1)
    assert (await scene.store.load()).calls == 0


async def test_only_open_jobs_are_read(scene: Scene, url: str) -> None:
    explain = "EXPLAIN" if url.startswith("postgresql") else "EXPLAIN QUERY PLAN"
    asked: Select[Any] = loading._OPEN

    def plan(connection: Connection) -> str:
        if url.startswith("postgresql"):
            connection.execute(text("SET LOCAL enable_seqscan = off"))  # which is quicker while there is nothing
        told = asked.compile(connection, compile_kwargs={"literal_binds": True})
        return "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain} {told}"))

    assert "ix_jobs_state_guild_queued_at" in await scene.database.run(plan)


async def test_each_job_is_told_of_when_it_begins_and_when_it_ends(scene: Scene, told: list[Job]) -> None:
    job = await scene.in_state(JobState.DELIVERED)
    assert states(told) == [JobState.PAINTING, JobState.DELIVERED]
    assert await scene.store.settle(job.held_lease, JobState.FAILED) is None
    waiting = await scene.queued()
    await scene.store.cancel(waiting.id)
    await scene.store.cancel(waiting.id)
    await scene.store.abandon((await scene.hold()).job.id)
    await scene.queued()
    await scene.store.turn_away("daily_bound")
    assert states(told)[2:] == [JobState.CANCELLED, JobState.FAILED, JobState.FAILED]
    assert [it.failure for it in told[2:]] == [None, "abandoned", "daily_bound"]


async def test_a_kept_picture_ends_once_however_often_it_is_shown(scene: Scene, told: list[Job]) -> None:
    job = await scene.kept()
    for _ in range(2):
        claimed = await scene.store.claim_kept(job.id, 22, 10)
        assert claimed is not None
        await scene.store.put_back(job.id)
    assert states(told) == [JobState.PAINTING, JobState.DELIVERED]
    await scene.kept()
    scene.clock.moment += timedelta(days=8)
    await scene.store.expire()
    assert states(told)[2:] == [JobState.PAINTING, JobState.EXPIRED]


async def test_what_ends_because_its_guild_goes_is_told_of(scene: Scene, told: list[Job]) -> None:
    job = await scene.queued()
    await scene.books.leave(job.guild)
    assert states(told) == [JobState.CANCELLED]


async def test_what_was_rolled_back_is_not_told(scene: Scene, told: list[Job]) -> None:
    await scene.queued()
    scene.limits = Limits(guild_jobs=9, member_jobs=9, calls_per_day=0)
    with pytest.raises(DailyBoundError):
        await scene.begin()
    assert told == []


async def test_what_nobody_waits_for_any_more_is_told_all_the_same(scene: Scene, told: list[Job]) -> None:
    job, under_way, given_up, heard = await scene.queued(), Event(), Event(), asyncio.Event()

    def hear(job: Job) -> None:
        told.append(job)
        heard.set()

    def cancel(connection: Connection) -> None:
        under_way.set()
        given_up.wait(PATIENCE)
        endings.cancel(connection, job.id, scene.clock.now())

    scene.database.on_job = hear
    cancelling = asyncio.create_task(scene.database.run(cancel))
    await asyncio.to_thread(under_way.wait, PATIENCE)
    cancelling.cancel()
    given_up.set()
    async with asyncio.timeout(PATIENCE):
        await heard.wait()
    assert states(told) == [JobState.CANCELLED]


async def test_the_times_of_a_job_are_told(scene: Scene, told: list[Job]) -> None:
    await scene.queued()
    scene.clock.moment += timedelta(seconds=2)
    job = await scene.begin()
    assert job is not None
    scene.clock.moment += timedelta(seconds=8)
    painted = await scene.store.painted(job.held_lease, PICTURE)
    assert painted is not None
    scene.clock.moment += timedelta(seconds=3)
    await scene.store.settle(painted.held_lease, JobState.DELIVERED)
    assert (told[-1].waited, told[-1].seconds, told[-1].delivering) == (2, 8, 3)
