"""Several jobs of one request: all or none, judged once as a request and each for its slot and its price."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.jobs import Job, Origin, Place, job_id
from bot.domain.layers import Layer
from bot.domain.orders import Limits, Offer, Order, Standing
from bot.domain.refusals import (
    DayFullError,
    GuildBusyError,
    MemberBusyError,
    OnlySomeError,
    OutOfCreditsError,
    RefusalError,
    UnderWayError,
)
from bot.domain.rule_refusals import CooldownError
from tests.adapters.storage.scenes import GUILD, MEMBER, Scene, order, sql

SOURCE = job_id(7)
Make = Callable[[Job | None], Sequence[Order]]


def four(scene: Scene, number: int = 1, *, member: int = MEMBER, price: int = 1, count: int = 4) -> Make:
    one = order(number, member=member, parent=SOURCE, price=price, at=scene.clock.now())
    whole = replace(one, origin=Origin.VARIATION)
    return lambda _: [replace(whole, id=job_id(number, at)) for at in range(count)]


async def hold(scene: Scene, make: Make) -> Sequence[Standing]:
    return await scene.store.repeat_all(SOURCE, make, scene.plan, scene.limits, scene.owner)


async def rehearse(scene: Scene, make: Make) -> Offer:
    return await scene.store.rehearse_all(SOURCE, make, scene.plan, scene.limits, scene.owner)


async def jobs(scene: Scene) -> int:
    return len(await sql(scene.database, "SELECT id FROM jobs"))


async def test_a_set_is_as_many_jobs_each_with_its_hold_and_its_place(scene: Scene) -> None:
    held = await hold(scene, four(scene))
    assert [it.job.id for it in held] == [job_id(1, at) for at in range(4)]
    assert [it.place for it in held] == [1, 2, 3, 4]
    assert all(it.fresh for it in held)
    assert (await scene.pool()).available == 16
    assert [await scene.kinds(it.job.id) for it in held] == [["hold"]] * 4


async def test_the_same_interaction_twice_is_one_set(scenes: list[Scene]) -> None:
    twice = await asyncio.gather(*(hold(scene, four(scene)) for scene in [*scenes, *scenes]))
    assert sorted(it[0].fresh for it in twice) == [False] * (len(twice) - 1) + [True]
    assert all([it.job.id for it in held] == [job_id(1, at) for at in range(4)] for held in twice)
    assert await jobs(scenes[0]) == 4


@pytest.mark.parametrize(
    ("limits", "price", "possible", "reason"),
    [
        ({}, 6, 3, OutOfCreditsError),
        ({"member_jobs": 2}, 1, 2, MemberBusyError),
        ({"guild_jobs": 3}, 1, 3, GuildBusyError),
        ({"calls_per_day": 1}, 1, 1, DayFullError),
    ],
)
async def test_where_not_all_can_be_none_is_held_and_it_is_known_before(
    scene: Scene, limits: dict[str, int], price: int, possible: int, reason: type[RefusalError]
) -> None:
    scene.limits = replace(scene.limits, **limits)  # type: ignore[arg-type]  # numbers by name
    offer = await rehearse(scene, four(scene, price=price))
    assert (offer.count, offer.price, type(offer.reason)) == (possible, possible * price, reason)
    with pytest.raises(OnlySomeError) as refusal:
        await hold(scene, four(scene, price=price))
    assert (refusal.value.wanted, refusal.value.possible, type(refusal.value.reason)) == (4, possible, reason)
    assert await jobs(scene) == 0
    assert (await scene.pool()).available == 20
    assert len(await hold(scene, four(scene, price=price, count=possible))) == possible


async def test_where_not_even_one_can_be_the_guard_itself_says_why(scene: Scene) -> None:
    scene.limits = replace(scene.limits, member_jobs=0)
    for ask in (rehearse, hold):
        with pytest.raises(MemberBusyError):
            await ask(scene, four(scene))


async def test_a_rehearsal_leaves_nothing_behind(scene: Scene) -> None:
    await scene.pool()
    before = await sql(scene.database, "SELECT * FROM pools, ledger")
    assert await rehearse(scene, four(scene)) == Offer(4, 1)
    assert await sql(scene.database, "SELECT * FROM pools, ledger") == before
    assert await jobs(scene) == 0
    assert await sql(scene.database, "SELECT * FROM members") == []


async def test_a_set_waits_for_one_cooldown(scene: Scene) -> None:
    scene.limits = replace(scene.limits, cooldown=timedelta(seconds=60))
    held = await hold(scene, four(scene))
    assert len(held) == 4
    for it in held:
        await scene.store.queue(it.job.id, 77)
    with pytest.raises(CooldownError):
        await hold(scene, replace_parent(four(scene, 2)))


async def test_a_second_set_of_the_same_picture_waits_for_the_first(scenes: list[Scene]) -> None:
    asked = (hold(scene, four(scene, at)) for at, scene in enumerate([*scenes, *scenes], start=1))
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(it, UnderWayError) for it in outcomes) == len(outcomes) - 1
    assert len(await hold(scenes[0], four(scenes[0], 50, member=MEMBER + 1))) == 4
    assert await jobs(scenes[0]) == 8


async def test_of_many_sets_at_once_each_is_held_whole_or_not_at_all(scenes: list[Scene]) -> None:
    scenes = scenes * 5
    asked = (hold(scene, four(scene, at, member=at)) for at, scene in enumerate(scenes * 2, start=1))
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    held = [it for it in outcomes if isinstance(it, list)]
    assert len(held) == 5
    assert await jobs(scenes[0]) == 20
    assert (await scenes[0].pool()).available == 0


async def test_where_a_picture_comes_from_and_who_chose_what_is_stored(scene: Scene) -> None:
    asked = replace(order(1), given={"steps": Layer.PRESET, "seed": Layer.SOURCE}, parent_at=Place(5, 6))
    held = await scene.store.hold(asked, scene.plan, Limits(guild_jobs=9, member_jobs=9, calls_per_day=9), "me")
    found = await scene.store.find(held.job.id)
    assert found is not None
    assert dict(found.given) == asked.given
    assert found.parent_at == Place(5, 6)
    assert found.guild == GUILD


def replace_parent(make: Make) -> Make:
    """Of another picture, so that nothing but time speaks against it."""
    return lambda earlier: [replace(it, parent=job_id(8)) for it in make(earlier)]
