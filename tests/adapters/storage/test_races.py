"""Many at once: by threads, by two pools of connections on PostgreSQL, and by two processes."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.credits import PeriodKind, Plan
from bot.domain.failures import DailyBoundError
from bot.domain.jobs import Job, JobState, job_id
from bot.domain.orders import Standing
from bot.domain.refusals import MemberBusyError, OutOfCreditsError, UnderWayError
from tests.adapters.storage.scenes import PICTURE, START, Scene, SetClock, sql
from tests.adapters.storage.schema import differences


async def outcomes(*races: Awaitable[Any]) -> Counter[type[Any]]:
    return Counter(type(result) for result in await asyncio.gather(*races, return_exceptions=True))


def turns(scenes: list[Scene], number: int) -> list[tuple[int, Scene]]:
    return [(n, scenes[n % len(scenes)]) for n in range(1, number + 1)]


async def test_fifty_holds_on_five_credits_are_five(scenes: list[Scene]) -> None:
    for scene in scenes:
        scene.plan = Plan(5, PeriodKind.MONTH)

    results = await asyncio.gather(*(s.hold(n, member=n) for n, s in turns(scenes, 50)), return_exceptions=True)

    refusals = [it for it in results if isinstance(it, OutOfCreditsError)]
    assert sum(isinstance(it, Standing) for it in results) == 5
    assert len(refusals) == 45
    assert {it.returns_at for it in refusals} == {datetime.fromisoformat("2026-12-01T00:00:00Z")}
    assert (await scenes[0].pool()).available == 0


async def test_the_same_order_raced_is_one_job_and_one_hold(scenes: list[Scene]) -> None:
    results = await asyncio.gather(*(scene.hold(1) for _, scene in turns(scenes, 20)))

    assert len({standing.job.id for standing in results}) == 1
    assert [standing.fresh for standing in results].count(True) == 1
    assert (await scenes[0].pool()).held == 1


async def test_the_same_button_raced_by_one_member_is_one_job(scenes: list[Scene]) -> None:
    races = (scene.hold(n, parent=job_id(900)) for n, scene in turns(scenes, 20))

    assert await outcomes(*races) == {Standing: 1, UnderWayError: 19}


async def test_job_limits_hold_under_racing(scenes: list[Scene]) -> None:
    for scene in scenes:
        scene.limits = replace(scene.limits, member_jobs=3)

    assert await outcomes(*(scene.hold(n) for n, scene in turns(scenes, 20))) == {Standing: 3, MemberBusyError: 17}


async def test_racing_workers_never_exceed_the_days_calls_nor_take_a_job_twice(scenes: list[Scene]) -> None:
    for n, scene in turns(scenes, 12):
        await scene.queued(number=n, guild=n % 3 + 1)
    for scene in scenes:
        scene.limits = replace(scene.limits, calls_per_day=7)

    results = await asyncio.gather(*(s.begin() for _, s in turns(scenes, 20)), return_exceptions=True)

    jobs = [it for it in results if isinstance(it, Job)]
    assert len(jobs) == len({job.id for job in jobs}) == 7
    assert sum(isinstance(it, DailyBoundError) for it in results) == 13
    rows = await sql(scenes[0].database, "SELECT turn FROM jobs WHERE turn IS NOT NULL ORDER BY turn")
    assert [row.turn for row in rows] == list(range(1, 8))


async def test_begin_and_cancel_raced_agree_on_every_job(scenes: list[Scene]) -> None:
    queued = [await scene.queued(number=n) for n, scene in turns(scenes, 12)]

    results = await asyncio.gather(
        *(scene.begin() for _, scene in turns(scenes, 12)),
        *(scenes[0].store.cancel(job.id) for job in queued),
    )

    taken = {job.id for job in results[:12] if job is not None}
    cancelled = {job.id for job in results[12:] if job is not None and job.state is JobState.CANCELLED}
    assert taken.isdisjoint(cancelled)
    assert taken | cancelled == {job.id for job in queued}


async def test_a_cancel_meets_the_job_just_as_its_card_stands(scenes: list[Scene]) -> None:
    held = [(await scene.hold(n)).job.id for n, scene in turns(scenes, 20)]

    results = await asyncio.gather(
        *(scenes[0].store.queue(job, card=1) for job in held),
        *(scenes[-1].store.cancel(job) for job in held),
    )

    assert [job.state for job in results[20:] if job is not None] == [JobState.CANCELLED] * 20
    assert (await scenes[0].pool()).held == 0


async def test_a_job_settles_once_however_many_try(scenes: list[Scene]) -> None:
    job = await scenes[0].painted()
    ends = (JobState.DELIVERED, JobState.FAILED, JobState.CANCELLED)

    results = await asyncio.gather(*(s.store.settle(job.held_lease, ends[n % 3]) for n, s in turns(scenes, 12)))

    assert sum(result is not None for result in results) == 1


async def test_a_new_period_refills_once_however_many_ask(scenes: list[Scene], clock: SetClock) -> None:
    await scenes[0].hold(price=4)
    clock.moment = START.replace(month=12)

    pools = await asyncio.gather(*(scene.pool() for _, scene in turns(scenes, 20)))

    assert {(pool.number, pool.available) for pool in pools} == {(2, 20)}
    entries = await sql(scenes[0].database, "SELECT kind FROM ledger WHERE period = 2 AND job IS NULL ORDER BY id")
    assert [entry.kind for entry in entries] == ["lapse", "refill"]


async def test_a_new_guild_is_opened_once(scenes: list[Scene]) -> None:
    pools = await asyncio.gather(*(scene.pool(99) for _, scene in turns(scenes, 20)))

    assert {(pool.number, pool.available) for pool in pools} == {(1, 20)}


async def test_everything_at_once_ends_with_right_books(scenes: list[Scene]) -> None:
    async def life(number: int, scene: Scene) -> None:
        await scene.queued(number=number, guild=number % 3 + 1)
        job = await scene.begin()
        assert job is not None
        if number % 4 == 0:
            await scene.store.cancel(job.id)
        await scene.store.renew([job.held_lease])
        painted = await scene.store.painted(job.held_lease, PICTURE)
        assert painted is not None
        end = JobState.CANCELLED if painted.cancelling else JobState.DELIVERED
        assert await scene.store.settle(painted.held_lease, end) is not None

    await asyncio.gather(*(life(n, s) for n, s in turns(scenes, 30)), *(s.store.take_over("third") for s in scenes))

    assert await scenes[0].store.waiting() == 0


async def test_two_processes_share_the_credits(postgres_url: str) -> None:
    command = (sys.executable, "-m", "tests.adapters.storage.holding", postgres_url, "40")
    processes = [await asyncio.create_subprocess_exec(*command, str(first), stdout=PIPE) for first in (1, 1000)]

    answers = [(await process.communicate())[0] for process in processes]

    assert sum(map(int, answers)) == 25
    assert differences(postgres_url) == []
