"""What the operator decides about a guild's pool, in the middle of whatever is under way."""

import asyncio
from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.acts import LARGEST_AMOUNT, Grant, PauseChange, PlanChange
from bot.domain.credits import PeriodKind, Plan, Pool
from bot.domain.jobs import JobState
from bot.domain.ledger import Entry, EntryKind, Search
from bot.domain.refusals import BadAmountError, OutOfCreditsError, PausedError, TooLittleError, UnknownGuildError
from tests.adapters.storage.scenes import GUILD, START, Scene

DAY, MONTH = PeriodKind.DAY, PeriodKind.MONTH
KEYS = count(1)


async def set_plan(scene: Scene, plan: Plan | None, **details: Any) -> tuple[Pool, Pool]:
    change = {"key": f"plan-{next(KEYS)}", "guild": GUILD, "actor": 7, "reason": "because", "at": scene.clock.now()}
    return await scene.books.set_plan(PlanChange(plan=plan, **{**change, **details}), scene.plan)


async def give(scene: Scene, amount: int, **details: Any) -> Pool:
    grant = {"key": f"grant-{next(KEYS)}", "guild": GUILD, "actor": 7, "reason": None, "at": scene.clock.now()}
    return await scene.books.grant(Grant(amount=amount, **{**grant, **details}), scene.plan)


async def pause(scene: Scene, *, paused: bool, guild: int | None = GUILD, key: str | None = None) -> bool:
    key = key or f"pause-{next(KEYS)}"
    change = PauseChange(key=key, guild=guild, actor=7, paused=paused, reason="late", at=scene.clock.now())
    return await scene.books.pause(change, scene.plan)


async def entries(scene: Scene, *kinds: EntryKind) -> list[Entry]:
    found = await scene.books.entries(Search(guild=GUILD, kinds=frozenset(kinds)), None, 100)
    return list(reversed(found))


async def moves(scene: Scene) -> list[tuple[str, int, int]]:
    found = await entries(scene, EntryKind.REFILL, EntryKind.LAPSE)
    return [(it.kind, it.allowance_change, it.allowance_after) for it in found]


async def test_a_smaller_plan_leaves_what_is_held_and_paints_it(scene: Scene) -> None:
    job = await scene.painted(price=15)
    before, after = await set_plan(scene, Plan(10, MONTH))
    assert (before.available, after.available, after.held, after.number) == (5, 0, 15, 1)
    assert (after.own_plan, before.own_plan) == (True, False)
    with pytest.raises(OutOfCreditsError):
        await scene.hold()

    await scene.store.settle(job.held_lease, JobState.DELIVERED)

    pool = await scene.pool()
    assert (pool.spent, pool.held, pool.available) == (15, 0, 0)
    assert await moves(scene) == [("refill", 20, 20), ("lapse", -10, -5)]


async def test_what_returns_under_a_smaller_plan_can_be_spent_up_to_it(scene: Scene) -> None:
    job = await scene.painting(price=15)
    await scene.in_state(JobState.DELIVERED, price=4)
    await set_plan(scene, Plan(10, MONTH))

    await scene.store.settle(job.held_lease, JobState.LOST)

    assert (await scene.pool()).available == 6


async def test_bonus_is_spent_where_the_smaller_plan_has_nothing_left(scene: Scene) -> None:
    await scene.hold(price=15)
    await give(scene, 3)
    await set_plan(scene, Plan(10, MONTH))

    assert (await scene.hold(price=3)).job.split.bonus == 3
    with pytest.raises(OutOfCreditsError):
        await scene.hold()


async def test_unlimited_and_back_counts_what_was_used_meanwhile(scene: Scene) -> None:
    await scene.pool()
    _, unlimited = await set_plan(scene, Plan(None, MONTH))
    assert unlimited.available is None
    job = await scene.painting(price=50)
    _, limited = await set_plan(scene, Plan(60, MONTH))
    assert (limited.available, limited.held) == (10, 50)

    await scene.store.settle(job.held_lease, JobState.FAILED)

    assert (await scene.pool()).available == 60
    assert await moves(scene) == [("refill", 20, 20), ("lapse", -20, 0), ("refill", 60, 10)]


async def test_another_period_begins_now_and_leaves_what_is_held_behind(scene: Scene) -> None:
    await scene.in_state(JobState.DELIVERED, price=6)
    job = await scene.painting(price=4)
    before, after = await set_plan(scene, Plan(10, DAY))
    assert (before.number, before.spent, before.held) == (1, 6, 4)
    assert (after.number, after.start, after.spent, after.held, after.available) == (2, date(2026, 11, 23), 0, 0, 10)

    await scene.store.settle(job.held_lease, JobState.DELIVERED)
    assert (await scene.pool()).available == 10

    _, back = await set_plan(scene, Plan(30, MONTH))
    assert (back.number, back.start, back.available) == (3, date(2026, 11, 1), 30)
    assert await moves(scene) == [
        ("refill", 20, 20),
        ("lapse", -10, 0),
        ("refill", 10, 10),
        ("lapse", -10, 0),
        ("refill", 30, 30),
    ]


async def test_a_plan_of_its_own_does_not_follow_the_installation_and_default_goes_back(scene: Scene) -> None:
    await scene.hold(price=3)
    await set_plan(scene, Plan(8, MONTH))
    scene.plan = Plan(500, DAY)
    pool = await scene.pool()
    assert (pool.plan, pool.number, pool.available) == (Plan(8, MONTH), 1, 5)

    before, after = await set_plan(scene, None)

    assert (before.own_plan, after.own_plan) == (True, False)
    assert (after.plan, after.number, after.available) == (Plan(500, DAY), 2, 500)
    scene.plan = Plan(400, DAY)
    assert (await scene.pool()).available == 400


async def test_a_plan_like_the_installations_is_still_its_own(scene: Scene) -> None:
    await scene.pool()
    _, after = await set_plan(scene, scene.plan)
    assert (after.own_plan, after.number, after.available) == (True, 1, 20)
    scene.plan = Plan(5, MONTH)
    assert (await scene.pool()).available == 20
    assert await moves(scene) == [("refill", 20, 20)]


async def test_processes_of_two_minds_about_the_period_do_not_flip_a_plan_of_its_own(scene: Scene) -> None:
    await scene.pool()
    await set_plan(scene, Plan(9, DAY))
    for kind in (MONTH, PeriodKind.WEEK, MONTH, PeriodKind.WEEK):
        scene.plan = Plan(20, kind)
        await scene.hold()
    pool = await scene.pool()
    assert (pool.number, pool.available) == (2, 5)


async def test_a_plan_of_its_own_refills_by_its_own_period(scene: Scene) -> None:
    await scene.pool()
    await set_plan(scene, Plan(9, DAY))
    await scene.hold(price=9)
    scene.clock.moment = START.replace(day=24)
    assert (await scene.pool()).available == 9


async def test_a_change_of_plan_is_an_entry_with_its_reason(scene: Scene) -> None:
    await scene.pool()
    await set_plan(scene, Plan(None, MONTH))
    [entry] = await entries(scene, EntryKind.PLAN)
    assert (entry.before, entry.after, entry.actor, entry.reason) == (20, None, 7, "because")
    assert (entry.amount, entry.bonus_change, entry.allowance_change) == (0, 0, 0)


async def test_every_decision_happens_once_for_its_key(scene: Scene) -> None:
    assert [(await give(scene, 5, key="same")).bonus for _ in range(2)] == [5, 5]
    assert [(await give(scene, -2, key="other")).bonus for _ in range(2)] == [3, 3]
    for plan in (Plan(8, MONTH), Plan(9, MONTH)):
        await set_plan(scene, plan, key="same")
    assert (await scene.pool()).available == 11
    assert [len(await entries(scene, kind)) for kind in (EntryKind.GRANT, EntryKind.TAKE, EntryKind.PLAN)] == [1, 1, 1]


@pytest.mark.parametrize("guild", [GUILD, None])
async def test_a_pause_that_arrives_again_after_it_was_lifted_does_nothing(scene: Scene, guild: int | None) -> None:
    await scene.pool()
    assert await pause(scene, paused=True, guild=guild, key="on")
    assert not await pause(scene, paused=True, guild=guild)
    assert await pause(scene, paused=False, guild=guild, key="off")
    assert not await pause(scene, paused=False, guild=guild)
    assert not await pause(scene, paused=True, guild=guild, key="on")
    await scene.hold()
    assert await pause(scene, paused=True, guild=guild)
    assert not await pause(scene, paused=False, guild=guild, key="off")
    with pytest.raises(PausedError):
        await scene.hold()
    assert await pause(scene, paused=False, guild=guild)


async def test_what_paused_everything_is_known_while_it_lasts(scene: Scene) -> None:
    assert await scene.books.everything_paused() is None
    await pause(scene, paused=True, guild=None)
    standing = await scene.books.everything_paused()
    assert standing is not None
    assert (standing.actor, standing.reason, standing.at) == (7, "late", START)
    await pause(scene, paused=False, guild=None)
    assert await scene.books.everything_paused() is None


async def test_a_pause_of_one_guild_is_no_pause_of_another(scene: Scene) -> None:
    await scene.pool()
    await pause(scene, paused=True)
    await scene.hold(guild=99)
    await pause(scene, paused=True, guild=None)
    await pause(scene, paused=False, guild=None)
    with pytest.raises(PausedError):
        await scene.hold()


async def test_what_was_queued_before_a_pause_goes_on(scene: Scene) -> None:
    await scene.queued()
    await pause(scene, paused=True)
    await pause(scene, paused=True, guild=None)
    assert await scene.begin() is not None


async def test_a_guild_that_never_used_the_bot_may_be_given_credits_and_nothing_else(scene: Scene) -> None:
    for refused in (give(scene, -1), set_plan(scene, Plan(5, MONTH)), pause(scene, paused=True)):
        with pytest.raises(UnknownGuildError):
            await refused
    assert await scene.books.find(GUILD, scene.plan) is None
    assert await scene.books.guilds() == []

    pool = await give(scene, 5)

    assert (pool.available, pool.bonus) == (25, 5)
    assert await scene.books.find(GUILD, scene.plan) == pool


async def test_no_more_is_taken_than_is_free(scene: Scene) -> None:
    await give(scene, 5)
    await scene.hold(price=22)
    with pytest.raises(TooLittleError) as refused:
        await give(scene, -4)
    assert (refused.value.asked, refused.value.there) == (4, 3)
    assert (await give(scene, -3)).bonus == 0


async def test_takes_that_race_take_only_what_is_there(scenes: list[Scene]) -> None:
    await give(scenes[0], 7)
    races = [give(scenes[n % len(scenes)], -2) for n in range(10)]
    results = await asyncio.gather(*races, return_exceptions=True)
    assert sum(isinstance(it, Pool) for it in results) == 3
    assert (await scenes[0].pool()).bonus == 1


async def test_a_grant_raced_under_one_key_is_one(scenes: list[Scene]) -> None:
    races = [give(scenes[n % len(scenes)], 4, key="same") for n in range(10)]
    assert {pool.bonus for pool in await asyncio.gather(*races)} == {4}


async def test_pauses_and_resumes_of_everything_may_race(scenes: list[Scene]) -> None:
    races = [pause(scenes[n % len(scenes)], paused=bool(n % 2), guild=None) for n in range(20)]
    changed = await asyncio.gather(*races)
    assert await scenes[0].books.everything_paused() is None or sum(changed) % 2
    await pause(scenes[0], paused=False, guild=None)
    await scenes[0].hold()


@given(st.one_of(st.integers(max_value=-LARGEST_AMOUNT - 1), st.integers(min_value=LARGEST_AMOUNT + 1), st.just(0)))
def test_an_amount_out_of_reason_is_no_grant(amount: int) -> None:
    with pytest.raises(BadAmountError):
        Grant(key="1", guild=GUILD, actor=0, amount=amount, reason=None, at=START)


@pytest.mark.parametrize("allowance", [-1, LARGEST_AMOUNT + 1])
def test_an_allowance_out_of_reason_is_no_plan(allowance: int) -> None:
    with pytest.raises(BadAmountError):
        PlanChange(key="1", guild=GUILD, actor=0, plan=Plan(allowance, DAY), reason=None, at=START)
