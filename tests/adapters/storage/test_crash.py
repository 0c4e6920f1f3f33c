"""kill -9 in the middle of the work, and what the next process makes of it."""

import asyncio
import random
import sys
from asyncio.subprocess import DEVNULL, PIPE

import pytest

from bot.adapters.storage import Database
from bot.domain.jobs import Job, JobState
from tests.adapters.storage.effort import SOAK
from tests.adapters.storage.holding import PLENTY
from tests.adapters.storage.scenes import Scene, SetClock
from tests.adapters.storage.schema import differences


async def work_and_die(url: str, first: int, jobs: int) -> None:
    command = (sys.executable, "-m", "tests.adapters.storage.holding", url, "0", str(first))
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=DEVNULL)
    assert process.stdout is not None
    for _ in range(jobs):
        assert await process.stdout.readline()
    process.kill()
    assert await process.wait() < 0


async def finish(scene: Scene, job: Job) -> None:
    match job.state:
        case JobState.ACCEPTED:
            ended = await scene.store.abandon(job.id)
        case JobState.PAINTING:
            ended = await scene.store.settle(job.held_lease, JobState.LOST)
        case _:
            ended = await scene.store.settle(job.held_lease, JobState.DELIVERED)
    assert ended is not None


@pytest.mark.parametrize("kill", range(40 if SOAK else 1))
async def test_a_process_killed_at_any_moment_loses_nothing(url: str, kill: int) -> None:
    chance = random.Random(kill)  # noqa: S311 - repeatable on purpose
    for first in (1, 100_000):
        await work_and_die(url, first, chance.randint(1, 12))
        assert differences(url) == []

    async with Database.open(url) as database:
        database.sole = True  # the others are dead for certain
        scene = Scene(database, SetClock(), owner="next")
        scene.plan = PLENTY
        for job in await scene.store.take_over("next"):
            await finish(scene, job)
        await scene.store.turn_away("daily_bound")
        pool = await scene.pool()
        assert (pool.held, pool.bonus_held) == (0, 0)
