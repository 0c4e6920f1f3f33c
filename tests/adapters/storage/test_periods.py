from datetime import UTC, date, datetime

import pytest

from bot.domain.credits import PeriodKind, Plan
from bot.domain.jobs import JobState
from tests.adapters.storage.scenes import GUILD, START, Scene, sql


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def entries(scene: Scene) -> list[tuple[str, int, int]]:
    rows = await sql(
        scene.database,
        "SELECT kind, allowance_change, allowance_after FROM ledger WHERE guild = :guild AND job IS NULL ORDER BY id",
        guild=GUILD,
    )
    return [(row.kind, row.allowance_change, row.allowance_after) for row in rows]


@pytest.mark.parametrize(
    ("kind", "before", "after", "start"),
    [
        (PeriodKind.DAY, "2026-11-23T23:59:59.999999", "2026-11-24T00:00", date(2026, 11, 24)),
        (PeriodKind.WEEK, "2026-11-29T23:59:59", "2026-11-30T00:00", date(2026, 11, 30)),
        (PeriodKind.WEEK, "2026-12-31T10:00", "2027-01-04T00:00", date(2027, 1, 4)),
        (PeriodKind.MONTH, "2026-11-30T23:59:59", "2026-12-01T00:00", date(2026, 12, 1)),
        (PeriodKind.MONTH, "2027-01-31T23:59:59", "2027-02-01T00:00", date(2027, 2, 1)),
        (PeriodKind.MONTH, "2027-02-28T23:59:59", "2027-03-01T00:00", date(2027, 3, 1)),
        (PeriodKind.MONTH, "2028-02-29T23:59:59", "2028-03-01T00:00", date(2028, 3, 1)),
        (PeriodKind.MONTH, "2026-11-23T12:00", "2028-02-29T12:00", date(2028, 2, 1)),
    ],
)
async def test_the_allowance_returns_with_the_period(
    scene: Scene, kind: PeriodKind, before: str, after: str, start: date
) -> None:
    scene.plan = Plan(5, kind)
    scene.clock.moment = at(before)
    await scene.hold(price=2)
    running = await scene.pool()
    assert (running.number, running.available) == (1, 3)
    assert running.refills_at <= at(after)

    scene.clock.moment = at(after)

    pool = await scene.pool()
    assert (pool.number, pool.start, pool.available, pool.held) == (2, start, 5, 0)
    assert await entries(scene) == [("refill", 5, 5), ("lapse", -3, 0), ("refill", 5, 5)]


async def test_a_period_used_up_lapses_without_an_entry(scene: Scene) -> None:
    scene.plan = Plan(2, PeriodKind.DAY)
    await scene.hold(price=2)
    scene.clock.moment = START.replace(day=24)
    await scene.hold(price=1)

    assert await entries(scene) == [("refill", 2, 2), ("refill", 2, 2)]


async def test_a_clock_that_jumps_back_begins_no_period(scene: Scene) -> None:
    scene.plan = Plan(5, PeriodKind.DAY)
    scene.clock.moment = START.replace(day=25)
    await scene.hold(price=2)

    scene.clock.moment = START.replace(day=24)
    assert (await scene.hold(price=1)).job.period == 1
    scene.clock.moment = START.replace(day=25)

    pool = await scene.pool()
    assert (pool.number, pool.start, pool.available) == (1, date(2026, 11, 25), 2)


async def test_a_plan_that_grows_gives_the_difference_at_once(scene: Scene) -> None:
    await scene.hold(price=18)
    scene.plan = Plan(50, PeriodKind.MONTH)

    assert (await scene.pool()).available == 32
    assert await entries(scene) == [("refill", 20, 20), ("refill", 30, 32)]


async def test_a_plan_that_shrinks_takes_the_difference_at_once(scene: Scene) -> None:
    await scene.hold(price=8)
    scene.plan = Plan(5, PeriodKind.MONTH)
    assert (await scene.pool()).available == 0

    scene.plan = Plan(10, PeriodKind.MONTH)
    assert (await scene.pool()).available == 2
    assert await entries(scene) == [("refill", 20, 20), ("lapse", -15, -3), ("refill", 5, 2)]


async def test_from_unlimited_to_limited_and_back(scene: Scene) -> None:
    scene.plan = Plan(None, PeriodKind.MONTH)
    await scene.hold(price=30)
    scene.plan = Plan(40, PeriodKind.MONTH)
    assert (await scene.pool()).available == 10
    scene.plan = Plan(None, PeriodKind.MONTH)
    assert (await scene.pool()).available is None
    scene.plan = Plan(0, PeriodKind.MONTH)
    assert (await scene.pool()).available == 0

    assert await entries(scene) == [("refill", 40, 10), ("lapse", -40, -30)]


async def test_what_an_unlimited_period_used_is_not_carried_on(scene: Scene) -> None:
    scene.plan = Plan(None, PeriodKind.DAY)
    await scene.hold(price=30)
    scene.clock.moment = START.replace(day=24)
    scene.plan = Plan(4, PeriodKind.DAY)

    assert (await scene.pool()).available == 4


async def test_another_kind_of_period_begins_one_anew_also_on_the_same_day(scene: Scene) -> None:
    kinds = [PeriodKind.DAY, PeriodKind.MONTH, PeriodKind.WEEK, PeriodKind.DAY]
    jobs = []
    for kind in kinds:
        scene.plan = Plan(5, kind)
        jobs.append(await scene.painting(price=2))

    for job in jobs:
        await scene.store.settle(job.held_lease, JobState.LOST)

    assert [job.period for job in jobs] == [1, 2, 3, 4]
    pool = await scene.pool()
    assert (pool.number, pool.held, pool.available) == (4, 0, 5)
