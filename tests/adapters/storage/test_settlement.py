"""What each end does to the credits."""

import pytest

from bot.domain.credits import PeriodKind, Plan, Split
from bot.domain.jobs import JobState
from tests.adapters.storage.scenes import START, Scene

FREE_ENDS = [
    (JobState.PAINTING, JobState.FAILED),
    (JobState.PAINTING, JobState.MODERATED),
    (JobState.PAINTING, JobState.LOST),
    (JobState.PAINTING, JobState.CANCELLED),
    (JobState.PAINTED, JobState.FAILED),
]
PAID_ENDS = [(JobState.PAINTED, JobState.DELIVERED), (JobState.PAINTED, JobState.CANCELLED)]


@pytest.mark.parametrize(("before", "end"), FREE_ENDS)
async def test_without_a_picture_the_price_returns(scene: Scene, before: JobState, end: JobState) -> None:
    job = await scene.in_state(before, price=3)

    await scene.store.settle(job.held_lease, end)

    pool = await scene.pool()
    assert (pool.held, pool.spent, pool.available) == (0, 0, 20)
    assert await scene.kinds(job.id) == ["hold", "release"]


@pytest.mark.parametrize(("before", "end"), PAID_ENDS)
async def test_a_picture_made_is_paid(scene: Scene, before: JobState, end: JobState) -> None:
    job = await scene.in_state(before, price=3)

    await scene.store.settle(job.held_lease, end)

    pool = await scene.pool()
    assert (pool.held, pool.spent, pool.available) == (0, 3, 17)
    assert await scene.kinds(job.id) == ["hold", "capture"]


async def test_cancelled_or_turned_away_before_painting_is_free(scene: Scene) -> None:
    held, queued, turned = (await scene.hold()).job, await scene.queued(), await scene.queued()

    await scene.store.cancel(held.id)
    await scene.store.cancel(queued.id)
    await scene.store.turn_away("daily_bound")

    assert (await scene.pool()).available == 20
    for job in (held, queued, turned):
        assert await scene.kinds(job.id) == ["hold", "release"]


async def test_an_abandoned_job_is_free(scene: Scene) -> None:
    job = (await scene.hold(price=4)).job

    abandoned = await scene.store.abandon(job.id)

    assert abandoned is not None
    assert (abandoned.state, abandoned.failure) == (JobState.FAILED, "abandoned")
    assert (await scene.pool()).available == 20


async def test_a_job_settles_once(scene: Scene) -> None:
    job = await scene.painted()
    assert await scene.store.settle(job.held_lease, JobState.DELIVERED) is not None

    for end in (JobState.DELIVERED, JobState.FAILED, JobState.CANCELLED):
        assert await scene.store.settle(job.held_lease, end) is None

    assert await scene.kinds(job.id) == ["hold", "capture"]


async def test_the_allowance_is_spent_before_the_bonus(scene: Scene) -> None:
    scene.plan = Plan(5, PeriodKind.MONTH)
    await scene.grant(10)

    splits = [(await scene.hold(price=3)).job.split for _ in range(3)]

    assert splits == [Split(3, 0), Split(2, 1), Split(0, 3)]
    pool = await scene.pool()
    assert (pool.held, pool.bonus, pool.bonus_held, pool.available) == (5, 6, 4, 6)


@pytest.mark.parametrize(
    ("end", "left"),
    [(JobState.FAILED, (0, 0, 10, 0)), (JobState.DELIVERED, (0, 5, 8, 0))],
    ids=["released", "captured"],
)
async def test_each_part_of_a_split_goes_its_own_way(
    scene: Scene, end: JobState, left: tuple[int, int, int, int]
) -> None:
    scene.plan = Plan(5, PeriodKind.MONTH)
    await scene.grant(10)
    job = await scene.painted(price=7)

    await scene.store.settle(job.held_lease, end)

    pool = await scene.pool()
    assert (pool.held, pool.spent, pool.bonus, pool.bonus_held) == left


@pytest.mark.parametrize(
    ("end", "bonus"), [(JobState.FAILED, 10), (JobState.DELIVERED, 8)], ids=["released", "captured"]
)
async def test_a_hold_of_a_past_period_returns_its_bonus_alone(scene: Scene, end: JobState, bonus: int) -> None:
    scene.plan = Plan(5, PeriodKind.DAY)
    await scene.grant(10)
    job = await scene.painted(price=7)
    scene.clock.moment = START.replace(day=24)
    await scene.hold(price=1)

    await scene.store.settle(job.held_lease, end)

    pool = await scene.pool()
    assert (pool.number, pool.held, pool.spent, pool.bonus, pool.bonus_held) == (2, 1, 0, bonus, 0)
    assert pool.available == 4 + bonus


async def test_a_hold_settled_after_midnight_but_before_the_refill_belongs_to_its_day(scene: Scene) -> None:
    scene.plan = Plan(5, PeriodKind.DAY)
    job = await scene.painted(price=2)
    scene.clock.moment = START.replace(day=24)

    await scene.store.settle(job.held_lease, JobState.DELIVERED)

    assert (await scene.pool()).available == 5


async def test_a_plan_that_shrinks_below_what_is_held_refuses_no_capture(scene: Scene) -> None:
    job = await scene.painted(price=8)
    scene.plan = Plan(3, PeriodKind.MONTH)
    assert (await scene.pool()).available == 0

    assert await scene.store.settle(job.held_lease, JobState.DELIVERED) is not None

    assert ((await scene.pool()).spent, (await scene.pool()).available) == (8, 0)


async def test_a_bonus_is_spendable_where_the_plan_shrank_below_what_is_used(scene: Scene) -> None:
    await scene.hold(price=8)
    scene.plan = Plan(3, PeriodKind.MONTH)
    await scene.grant(2)

    assert (await scene.hold(price=2)).job.split == Split(0, 2)
