"""PostgreSQL: a change that was not committed when the next one looked must not be missed by it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import pytest
from sqlalchemy import Connection, text

from bot.adapters.storage import admission, endings, pools, queue, rows
from bot.domain.credits import PeriodKind, Plan
from bot.domain.jobs import JobState, job_id
from bot.domain.refusals import OutOfCreditsError, UnderWayError
from tests.adapters.storage.scenes import LIMITS, PICTURE, PLAN, START, Scene, order, sql

T = TypeVar("T")


async def overtaken(scene: Scene, change: Callable[[Connection], object], late: Coroutine[Any, Any, T]) -> T:
    """Run `late` into the locks of a `change`, which commits when `late` waits or is done."""
    with scene.database.engine.begin() as connection:
        change(connection)
        task = asyncio.create_task(late)
        while not task.done() and not await somebody_waits(scene):
            await asyncio.sleep(0)
    return await task


async def somebody_waits(scene: Scene) -> bool:
    waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    return bool(await sql(scene.database, waiting))


async def test_a_cancel_that_meets_the_queueing_ends_the_queued_job(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    job = (await first.hold()).job

    cancelled = await overtaken(
        first,
        lambda connection: rows.move(connection, job.id, JobState.ACCEPTED, state="queued", card=1, queued_at=START),
        second.store.cancel(job.id),
    )

    assert cancelled is not None
    assert (cancelled.state, cancelled.card) == (JobState.CANCELLED, 1)


async def test_a_cancel_that_meets_the_painting_is_noted(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    job = await first.queued()

    cancelled = await overtaken(
        first, lambda connection: queue.begin(connection, "me", LIMITS, START), second.store.cancel(job.id)
    )

    assert cancelled is not None
    assert (cancelled.state, cancelled.cancelling) == (JobState.PAINTING, True)


async def test_an_end_that_meets_the_picture_pays_for_it(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    job = await first.painting()

    settled = await overtaken(
        first,
        lambda connection: rows.move(
            connection, job.id, JobState.PAINTING, job.held_lease, state="painted", url=PICTURE.url, painted_at=START
        ),
        second.store.settle(job.held_lease, JobState.CANCELLED),
    )

    assert settled is not None
    assert await first.kinds(job.id) == ["hold", "capture"]


async def test_an_end_that_meets_a_new_period_belongs_to_the_old_one(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    first.plan = second.plan = Plan(5, PeriodKind.DAY)
    job = await first.painting(price=3)
    first.clock.moment = START.replace(day=24)

    settled = await overtaken(
        first,
        lambda connection: pools.lock(connection, job.guild, first.plan, first.clock.moment),
        second.store.settle(job.held_lease, JobState.FAILED),
    )

    assert settled is not None
    pool = await first.pool()
    assert (pool.number, pool.held, pool.available) == (2, 0, 5)


async def test_a_worker_that_meets_another_takes_the_next_job_and_turn(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    jobs = [await first.queued(guild=guild) for guild in (1, 1, 2)]

    taken = await overtaken(first, lambda connection: queue.begin(connection, "me", LIMITS, START), second.begin())

    assert taken is not None
    assert taken.id == jobs[2].id
    turns = await sql(first.database, "SELECT turn FROM jobs WHERE turn IS NOT NULL ORDER BY turn")
    assert [row.turn for row in turns] == [1, 2]


async def test_a_worker_that_meets_another_waits_also_for_another_job(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    await first.painting(guild=1)
    await first.queued(guild=1)

    async def newcomer() -> None:
        await second.queued(number=9, guild=2)
        assert await second.begin() is not None

    await overtaken(first, lambda connection: queue.begin(connection, "me", LIMITS, START), newcomer())

    turns = await sql(first.database, "SELECT turn FROM jobs ORDER BY turn")
    assert [row.turn for row in turns] == [1, 2, 3]


async def test_a_worker_that_meets_a_cancel_takes_another_job(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    gone, other = await first.queued(), await first.queued()

    taken = await overtaken(first, lambda connection: endings.cancel(connection, gone.id, START), second.begin())

    assert taken is not None
    assert taken.id == other.id


async def test_a_worker_does_not_wait_for_a_cancel_that_is_not_done(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    gone, other = await first.queued(guild=1), await first.queued(guild=2)

    with first.database.engine.begin() as connection:
        endings.cancel(connection, gone.id, START)
        taken, nothing = await second.begin(), await second.begin()

    assert taken is not None
    assert (taken.id, nothing) == (other.id, None)
    assert [row.calls for row in await sql(first.database, "SELECT calls FROM provider_days")] == [1]


async def test_a_job_passed_over_keeps_its_turn(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    early, late, third = [await first.queued(guild=guild) for guild in (1, 1, 2)]

    with first.database.engine.connect() as connection:
        endings.cancel(connection, early.id, START)
        passed = await second.begin()
        connection.rollback()

    turns = [passed, *[await second.begin() for _ in range(2)]]
    assert [job and job.id for job in turns] == [late.id, third.id, early.id]


async def test_an_entry_being_written_keeps_no_job_from_its_turn(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    job = await first.queued()

    with first.database.engine.begin() as connection:
        connection.execute(text("SELECT * FROM jobs FOR KEY SHARE"))
        taken = await second.begin()

    assert taken is not None
    assert taken.id == job.id


async def test_turning_away_meets_a_worker_and_leaves_its_job(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    taken, other = await first.queued(), await first.queued()

    turned = await overtaken(
        first,
        lambda connection: queue.begin(connection, "me", LIMITS, START),
        second.store.turn_away("daily_bound"),
    )

    assert [job.id for job in turned] == [other.id]
    assert await first.kinds(taken.id) == ["hold"]


async def test_a_press_that_meets_its_twin_is_refused(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    twin = order(1, parent=job_id(900))

    with pytest.raises(UnderWayError) as refusal:
        await overtaken(
            first,
            lambda connection: admission.hold(connection, twin, PLAN, LIMITS, "me"),
            second.hold(2, parent=job_id(900)),
        )

    assert refusal.value.job.id == twin.id


async def test_a_hold_that_meets_the_last_credits_is_refused(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    first.plan = second.plan = Plan(3, PeriodKind.MONTH)
    await first.pool()

    with pytest.raises(OutOfCreditsError):
        await overtaken(
            first,
            lambda connection: admission.hold(connection, order(1, price=2), first.plan, LIMITS, "me"),
            second.hold(price=2),
        )


async def test_a_guild_opened_meanwhile_is_not_opened_again(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes

    pool = await overtaken(first, lambda connection: pools.lock(connection, 5, PLAN, START), second.books.pool(5, PLAN))

    assert (pool.number, pool.available) == (1, 20)


async def test_a_take_over_that_meets_a_renewal_leaves_the_job(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    job = await first.painting()
    await sql(first.database, "UPDATE jobs SET lease_until = 0")

    taken = await overtaken(
        first,
        lambda connection: rows.move(connection, job.id, JobState.PAINTING, lease_until=2**60),
        second.store.take_over("next"),
    )

    assert taken == []
    assert await first.store.find(job.id) == job
