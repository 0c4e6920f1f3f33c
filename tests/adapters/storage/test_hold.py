from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.credits import PeriodKind, Plan, Split
from bot.domain.jobs import BUSY_STATES, JobState, job_id
from bot.domain.refusals import DayFullError, GuildBusyError, MemberBusyError, OutOfCreditsError, UnderWayError
from tests.adapters.storage.scenes import GUILD, MEMBER, START, Scene, order

NEXT_MONTH = datetime(2026, 12, 1, tzinfo=UTC)
ENDS = sorted(set(JobState) - BUSY_STATES)


async def test_a_hold_writes_the_job_and_takes_its_price(scene: Scene) -> None:
    asked = order(1, price=3)

    standing = await scene.store.hold(asked, scene.plan, scene.limits, "worker")

    job, pool = standing.job, await scene.pool()
    assert (standing.fresh, standing.place) == (True, 1)
    assert await scene.store.find(job.id) == job
    assert (job.state, job.owner, job.lease, job.split, job.period) == (JobState.ACCEPTED, "worker", 0, Split(3, 0), 1)
    assert (job.parameters, job.created_at, job.upload_limit) == (asked.parameters, START, asked.caller.upload_limit)
    assert (pool.held, pool.spent, pool.available) == (3, 0, 17)
    assert await scene.kinds(job.id) == ["hold"]


async def test_the_same_order_twice_is_one_job_and_one_hold(scene: Scene) -> None:
    first = await scene.hold(1)
    again = await scene.hold(1)

    assert again.job == first.job
    assert not again.fresh
    assert (await scene.pool()).held == 1


async def test_an_order_repeated_after_its_end_changes_nothing(scene: Scene) -> None:
    job = await scene.in_state(JobState.DELIVERED, number=1)

    again = await scene.hold(1)

    assert (again.job, again.fresh) == (job, False)
    assert ((await scene.pool()).held, (await scene.pool()).spent) == (0, 1)


async def test_too_few_credits_name_what_is_there_and_when_more_come(scene: Scene) -> None:
    await scene.hold(price=18)

    with pytest.raises(OutOfCreditsError) as refusal:
        await scene.hold(2, price=3)

    error = refusal.value
    assert (error.price, error.available, error.held, error.returns_at) == (3, 2, 18, NEXT_MONTH)
    assert await scene.store.find(job_id(2)) is None


async def test_a_guild_without_limit_never_runs_out(scene: Scene) -> None:
    scene.plan = Plan(None, PeriodKind.MONTH)
    await scene.hold(price=1_000_000)
    delivered = await scene.in_state(JobState.FAILED, price=5)

    pool = await scene.pool()
    assert (pool.available, pool.held, pool.spent) == (None, 1_000_000, 0)
    assert delivered.split == Split(5, 0)


@pytest.mark.parametrize("state", sorted(BUSY_STATES))
async def test_pressing_twice_while_the_first_is_under_way_is_refused(scene: Scene, state: JobState) -> None:
    source = job_id(7)
    first = await scene.in_state(state, parent=source)

    with pytest.raises(UnderWayError) as refusal:
        await scene.hold(parent=source)

    assert refusal.value.job == first
    assert (await scene.hold(parent=source, member=MEMBER + 1)).fresh
    assert (await scene.hold(parent=job_id(8))).fresh


@pytest.mark.parametrize("end", ENDS)
async def test_pressing_again_after_the_first_ended_is_welcome(scene: Scene, end: JobState) -> None:
    await scene.in_state(end, parent=job_id(7))

    assert (await scene.hold(parent=job_id(7))).fresh


async def test_a_member_has_only_so_many_jobs_under_way(scene: Scene) -> None:
    scene.limits = replace(scene.limits, member_jobs=4)
    jobs = [await scene.in_state(state) for state in (JobState.PAINTED, JobState.PAINTING, JobState.QUEUED)]
    await scene.in_state(JobState.FAILED, guild=GUILD + 1)
    await scene.hold(guild=GUILD + 1)
    await scene.hold()

    with pytest.raises(MemberBusyError) as refusal:
        await scene.hold()

    assert refusal.value.limit == 4
    assert (await scene.hold(member=MEMBER + 1)).fresh
    await scene.store.settle(jobs[0].held_lease, JobState.DELIVERED)
    assert (await scene.hold()).fresh


async def test_a_guild_has_only_so_many_jobs_under_way(scene: Scene) -> None:
    scene.limits = replace(scene.limits, guild_jobs=2)
    await scene.hold(member=1)
    await scene.hold(member=2)

    with pytest.raises(GuildBusyError) as refusal:
        await scene.hold(member=3)

    assert refusal.value.limit == 2
    assert (await scene.hold(member=3, guild=GUILD + 1)).fresh


async def test_the_day_is_full_when_its_calls_are_made_or_promised(scene: Scene) -> None:
    scene.limits = replace(scene.limits, calls_per_day=3)
    await scene.in_state(JobState.DELIVERED)
    await scene.queued()
    await scene.hold()

    with pytest.raises(DayFullError) as refusal:
        await scene.hold(guild=GUILD + 1)

    assert refusal.value.returns_at == datetime(2026, 11, 24, tzinfo=UTC)
    scene.clock.moment = refusal.value.returns_at
    assert (await scene.hold()).fresh


async def test_who_is_refused_leaves_nothing_behind(scene: Scene) -> None:
    scene.plan = Plan(0, PeriodKind.DAY)

    with pytest.raises(OutOfCreditsError):
        await scene.hold(5)

    assert await scene.store.find(job_id(5)) is None
    assert (await scene.pool()).available == 0
