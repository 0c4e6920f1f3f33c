"""What a member may still spend while caps, roles, use and time change under the pictures that are under way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest

from bot.domain.acts import Target, TargetKind, Verb
from bot.domain.caps import Basis, Cap, Room
from bot.domain.credits import PeriodKind, Plan
from bot.domain.jobs import JobState
from bot.domain.refusals import CapReachedError, OutOfCreditsError
from tests.adapters.storage.scenes import EVERYBODY, ME, MEMBER, MY_ROLE, ROLE, START, Scene, sql

OTHER_ROLE = Target(TargetKind.ROLE, ROLE + 1)
HIS = frozenset({MY_ROLE.id, OTHER_ROLE.id})
DAILY = Plan(20, PeriodKind.DAY)
TODAY, TOMORROW = START, START + timedelta(days=1)
MIDNIGHT = datetime.fromisoformat("2026-11-24T00:00Z")


async def refused(scene: Scene, price: int = 1, roles: frozenset[int] = HIS) -> CapReachedError:
    with pytest.raises(CapReachedError) as refusal:
        await scene.hold(price=price, roles=roles)
    assert refusal.value.price == price
    return refusal.value


async def stretches(scene: Scene) -> list[int]:
    rows = await sql(scene.database, "SELECT number FROM members WHERE member = :member", member=MEMBER)
    return [row.number for row in rows]


@pytest.mark.parametrize(
    ("plan", "returns_at"),
    [
        (DAILY, MIDNIGHT),
        (Plan(20, PeriodKind.WEEK), datetime.fromisoformat("2026-11-30T00:00Z")),
        (Plan(None, PeriodKind.MONTH), datetime.fromisoformat("2026-12-01T00:00Z")),
    ],
    ids=lambda value: value.period if isinstance(value, Plan) else "",
)
async def test_a_refusal_names_the_rule_that_applied_its_number_and_when_the_use_begins_anew(
    scene: Scene, plan: Plan, returns_at: datetime
) -> None:
    scene.plan = plan
    await scene.decide(Verb.SET, EVERYBODY, 6)
    await scene.decide(Verb.SET, MY_ROLE, 4)
    await scene.decide(Verb.SET, OTHER_ROLE, 5)
    await scene.decide(Verb.EXEMPT, MY_ROLE, 1)
    await scene.decide(Verb.SET, ME, 3)
    own = await refused(scene, 7)
    await scene.decide(Verb.SET, ME, None)
    await scene.store.cancel((await scene.hold(price=7, roles=HIS)).job.id)
    await scene.decide(Verb.EXEMPT, MY_ROLE, 0)
    highest = await refused(scene, 7)
    await scene.decide(Verb.SET, OTHER_ROLE, None)
    the_other = await refused(scene, 7)
    await scene.decide(Verb.SET, MY_ROLE, None)
    default = await refused(scene, 7)
    await scene.decide(Verb.SET, EVERYBODY, None)
    await scene.hold(price=7, roles=HIS)

    assert [it.room for it in (own, highest, the_other, default)] == [
        Room(Cap(Basis.OWN, 3), 0, 0),
        Room(Cap(Basis.ROLE, 5, OTHER_ROLE.id), 0, 0),
        Room(Cap(Basis.ROLE, 4, MY_ROLE.id), 0, 0),
        Room(Cap(Basis.DEFAULT, 6), 0, 0),
    ]
    assert {it.returns_at for it in (own, highest, the_other, default)} == {returns_at}


async def test_extra_of_the_member_and_of_every_role_adds_up_and_is_the_last_to_go(scene: Scene) -> None:
    await scene.decide(Verb.SET, ME, 2)
    for target, amount in ((ME, 1), (MY_ROLE, 2), (OTHER_ROLE, 3)):
        await scene.decide(Verb.GIVE, target, amount)
    await scene.hold(price=3, roles=HIS)

    room = (await refused(scene, 6)).room
    assert (room.extra, room.left, room.extra_left) == (6, 5, 5)
    assert (await refused(scene, 4, frozenset({OTHER_ROLE.id}))).room.left == 3
    await scene.hold(price=5, roles=HIS)
    assert (await refused(scene)).room.left == 0


async def test_below_every_cap_there_may_still_be_no_credits_and_a_refusal_costs_no_cap(scene: Scene) -> None:
    scene.plan = Plan(4, PeriodKind.DAY)
    await scene.decide(Verb.SET, ME, 5)
    with pytest.raises(OutOfCreditsError):
        await scene.hold(price=5)
    await scene.hold(price=4)
    with pytest.raises(OutOfCreditsError):
        await scene.hold()
    assert (await scene.room()).use == 4
    await refused(scene, 2)


@asynccontextmanager
async def a_picture_under_way(scene: Scene) -> AsyncIterator[None]:
    """Of 3 credits, held while the role allowed 4 and captured after what happens inside."""
    await scene.decide(Verb.SET, EVERYBODY, 2)
    await scene.decide(Verb.SET, MY_ROLE, 4)
    job = await scene.painted(price=3, roles=HIS)
    yield
    await scene.store.settle(job.held_lease, JobState.DELIVERED)
    assert await scene.kinds(job.id) == ["hold", "capture"]
    pool = await scene.pool()
    assert (pool.spent, pool.held) == (3, 0)


@pytest.mark.parametrize(
    ("verb", "amount", "cap"),
    [
        (Verb.SET, 6, Cap(Basis.ROLE, 6, ROLE)),
        (Verb.SET, 1, Cap(Basis.ROLE, 1, ROLE)),
        (Verb.SET, 0, Cap(Basis.ROLE, 0, ROLE)),
        (Verb.SET, None, Cap(Basis.DEFAULT, 2)),
        (Verb.EXEMPT, 1, Cap(Basis.EXEMPT, None, ROLE)),
    ],
    ids=["up", "down", "to nothing", "removed", "exempt"],
)
async def test_a_roles_cap_that_changes_refuses_no_capture_and_binds_the_next_hold(
    scene: Scene, verb: Verb, amount: int | None, cap: Cap
) -> None:
    async with a_picture_under_way(scene):
        await scene.decide(verb, MY_ROLE, amount)

    room = await scene.room(roles=HIS)
    assert room == Room(cap, 0, 3)
    if room.left is None:
        await scene.hold(price=17, roles=HIS)
        return
    assert (await refused(scene, room.left + 1)).room == room
    if room.left:
        await scene.hold(price=room.left, roles=HIS)


async def test_a_role_that_is_lost_meanwhile_refuses_no_capture_and_helps_no_more(scene: Scene) -> None:
    async with a_picture_under_way(scene):
        pass

    assert (await refused(scene, roles=frozenset())).room == Room(Cap(Basis.DEFAULT, 2), 0, 3)
    await scene.hold(price=1, roles=HIS)


async def test_what_an_exempt_member_spends_counts_once_the_exemption_ends(scene: Scene) -> None:
    await scene.decide(Verb.SET, EVERYBODY, 4)
    await scene.decide(Verb.EXEMPT, MY_ROLE, 1)
    await scene.in_state(JobState.DELIVERED, price=3, roles=HIS)
    await scene.hold(price=3, roles=HIS)
    await scene.decide(Verb.EXEMPT, MY_ROLE, 0)

    assert (await refused(scene)).room == Room(Cap(Basis.DEFAULT, 4), 0, 6)


async def test_a_clock_that_jumps_back_gives_neither_use_nor_extra_back(scene: Scene) -> None:
    scene.plan = DAILY
    await scene.decide(Verb.SET, EVERYBODY, 3)
    await scene.decide(Verb.GIVE, ME, 2)
    await scene.decide(Verb.GIVE, MY_ROLE, 2)
    await scene.hold(price=7, roles=HIS)
    scene.clock.moment = TOMORROW
    await scene.hold(price=3, roles=HIS)
    assert (await refused(scene)).room == Room(Cap(Basis.DEFAULT, 3), 0, 3)

    scene.clock.moment = TODAY
    refusal = await refused(scene)
    assert refusal.room == Room(Cap(Basis.DEFAULT, 3), 0, 3)
    assert refusal.returns_at == MIDNIGHT + timedelta(days=1)
    await scene.decide(Verb.GIVE, ME, 1)
    assert (await scene.hold(roles=HIS)).job.period == 2

    scene.clock.moment = TOMORROW
    assert (await refused(scene)).room == Room(Cap(Basis.DEFAULT, 3), 1, 4)


@pytest.mark.parametrize("end", [JobState.DELIVERED, JobState.FAILED])
@pytest.mark.parametrize("asked_meanwhile", [False, True], ids=["before the refill", "after it"])
async def test_what_was_held_before_midnight_leaves_the_new_use_alone(
    scene: Scene, end: JobState, asked_meanwhile: bool
) -> None:
    scene.plan = DAILY
    await scene.decide(Verb.SET, EVERYBODY, 3)
    job = await scene.painted(price=3, roles=HIS)
    scene.clock.moment = MIDNIGHT
    if asked_meanwhile:
        await scene.hold(price=2, roles=HIS)

    assert await scene.store.settle(job.held_lease, end) is not None

    if not asked_meanwhile:
        await scene.hold(price=2, roles=HIS)
    assert (await refused(scene, 2)).room.use == 2
    await scene.hold(price=1, roles=HIS)


@pytest.mark.parametrize("end", [JobState.DELIVERED, JobState.FAILED])
@pytest.mark.parametrize("target", [ME, MY_ROLE], ids=["of the member", "of a role"])
async def test_what_was_held_before_a_reset_leaves_the_new_use_alone(
    scene: Scene, end: JobState, target: Target
) -> None:
    await scene.decide(Verb.SET, EVERYBODY, 3)
    job = await scene.painted(price=3, roles=HIS)
    await scene.decide(Verb.RESET, target)
    await scene.hold(price=2, roles=HIS)

    assert await scene.store.settle(job.held_lease, end) is not None

    assert (await refused(scene, 2)).room.use == 2
    assert (await scene.pool()).held == 2


async def test_a_roles_reset_is_carried_out_when_one_with_it_next_asks_and_once(scene: Scene) -> None:
    await scene.decide(Verb.SET, EVERYBODY, 3)
    await scene.hold(price=3)
    await scene.decide(Verb.RESET, MY_ROLE)
    assert await stretches(scene) == [1]
    await refused(scene, roles=frozenset())
    await refused(scene, roles=frozenset({OTHER_ROLE.id}))

    await scene.hold(price=2, roles=HIS)
    assert await stretches(scene) == [2]
    await scene.hold(price=1, roles=HIS)

    assert (await refused(scene)).room.use == 3
    await scene.decide(Verb.RESET, OTHER_ROLE)
    await scene.hold(price=3, roles=HIS)
    assert (await refused(scene)).room.use == 3
    assert await stretches(scene) == [3]


async def test_a_roles_reset_spares_whoever_was_reset_after_it(scene: Scene) -> None:
    await scene.decide(Verb.SET, EVERYBODY, 3)
    await scene.hold(price=3, roles=HIS)
    await scene.decide(Verb.RESET, MY_ROLE)
    await scene.decide(Verb.RESET, ME)
    await scene.hold(price=2, roles=HIS)
    await scene.hold(price=1, roles=HIS)

    assert (await refused(scene)).room.use == 3


@pytest.mark.parametrize("known", [False, True], ids=["a newcomer", "one of the day before"])
async def test_a_roles_reset_from_before_the_first_picture_of_a_day_takes_nothing_of_it(
    scene: Scene, known: bool
) -> None:
    scene.plan = DAILY
    await scene.decide(Verb.SET, EVERYBODY, 3)
    if known:
        await scene.hold(price=3)
    await scene.decide(Verb.RESET, MY_ROLE)
    scene.clock.moment = TOMORROW
    await scene.decide(Verb.RESET, OTHER_ROLE)
    await scene.hold(price=2, roles=HIS)
    await scene.hold(price=1, roles=HIS)

    assert (await refused(scene)).room.use == 3


async def test_a_roles_reset_spares_whoever_was_reset_after_it_and_spent_without_the_role(scene: Scene) -> None:
    await scene.decide(Verb.SET, EVERYBODY, 3)
    await scene.hold(price=3, roles=HIS)
    await scene.decide(Verb.RESET, MY_ROLE)
    await scene.decide(Verb.RESET, ME)
    await scene.hold(price=3)

    assert (await refused(scene)).room.use == 3
