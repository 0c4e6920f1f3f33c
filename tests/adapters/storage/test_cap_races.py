"""Many at once against one member's cap: by threads, by pools of connections, by two processes; and staff between."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Coroutine
from itertools import cycle
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.adapters.storage import Database, admission, decisions
from bot.domain.acts import Change, Target, Verb
from bot.domain.caps import Basis, Cap, Room
from bot.domain.credits import PeriodKind, Plan
from bot.domain.jobs import JobState
from bot.domain.ledger import Entry, EntryKind, Search
from bot.domain.orders import Standing
from bot.domain.refusals import CapReachedError, TooLittleError
from tests.adapters.storage.conftest import PATIENCE
from tests.adapters.storage.scenes import (
    EVERYBODY,
    GUILD,
    LIMITS,
    ME,
    MEMBER,
    MY_ROLE,
    ROLE,
    START,
    Scene,
    SetClock,
    act,
    order,
    sql,
)
from tests.adapters.storage.schema import differences
from tests.adapters.storage.test_overtaking import overtaken
from tests.adapters.storage.test_races import outcomes, turns

HIS = frozenset({ROLE})
NEXT_MONTH = START.replace(month=12, day=1, hour=0)


@pytest.fixture
async def tellers(scene: Scene, url: str, clock: SetClock) -> AsyncIterator[list[Scene]]:
    """Two with connections of their own, on both databases: on SQLite, the second writes beside the bot."""
    async with Database.join(url, patience=PATIENCE) as beside:
        yield [scene, Scene(beside, clock, owner="another-worker")]


def refusals(results: list[Any]) -> list[CapReachedError]:
    return [it for it in results if isinstance(it, CapReachedError)]


async def account(scene: Scene) -> tuple[int, int, int]:
    """What the member has used, has held, and was given."""
    [row] = await sql(scene.database, "SELECT used, held, extra FROM members WHERE member = :member", member=MEMBER)
    return row.used, row.held, row.extra


async def entries(scene: Scene) -> list[Entry]:
    """Oldest first."""
    return list(reversed(await scene.books.entries(Search(guild=GUILD), None, 1000)))


async def test_twenty_holds_of_one_member_on_a_cap_of_five_are_five(tellers: list[Scene]) -> None:
    await tellers[0].decide(Verb.SET, EVERYBODY, 5)

    results = await asyncio.gather(*(it.hold(n) for n, it in turns(tellers, 20)), return_exceptions=True)

    assert sum(isinstance(it, Standing) for it in results) == 5
    assert len(refusals(results)) == 15
    assert {it.room for it in refusals(results)} == {Room(Cap(Basis.DEFAULT, 5), 0, 5)}
    assert {it.returns_at for it in refusals(results)} == {NEXT_MONTH}
    assert await account(tellers[0]) == (0, 5, 0)
    pool = await tellers[0].pool()
    assert (pool.held, pool.available) == (5, 15)


async def test_the_last_of_a_cap_goes_to_one_of_two_prices(tellers: list[Scene]) -> None:
    await tellers[0].decide(Verb.SET, ME, 5)

    assert await outcomes(*(it.hold(n, price=2) for n, it in turns(tellers, 20))) == {
        Standing: 2,
        CapReachedError: 18,
    }
    assert await account(tellers[0]) == (0, 4, 0)


async def test_one_members_cap_takes_nothing_of_anothers(tellers: list[Scene]) -> None:
    await tellers[0].decide(Verb.SET, EVERYBODY, 3)

    held = await outcomes(*(it.hold(n, member=n % 4) for n, it in turns(tellers, 40)))

    assert held == {Standing: 12, CapReachedError: 28}
    rows = await sql(tellers[0].database, "SELECT held FROM members")
    assert [row.held for row in rows] == [3, 3, 3, 3]


async def test_two_processes_share_a_members_cap(postgres_scenes: list[Scene], postgres_url: str) -> None:
    await postgres_scenes[0].decide(Verb.SET, ME, 5)
    command = (sys.executable, "-m", "tests.adapters.storage.holding", postgres_url, "20")
    processes = [await asyncio.create_subprocess_exec(*command, str(first), stdout=PIPE) for first in (1, 1000)]

    answers = [(await process.communicate())[0] for process in processes]

    assert sum(map(int, answers)) == 5
    assert await account(postgres_scenes[0]) == (0, 5, 0)
    assert differences(postgres_url) == []


async def test_twenty_requests_meet_the_new_period_and_share_its_cap(tellers: list[Scene]) -> None:
    for teller in tellers:
        teller.plan = Plan(12, PeriodKind.DAY)
    await tellers[0].decide(Verb.SET, EVERYBODY, 5)
    await tellers[0].decide(Verb.GIVE, ME, 2)
    await tellers[0].decide(Verb.GIVE, MY_ROLE, 1)
    await tellers[0].in_state(JobState.DELIVERED, price=4, roles=HIS)
    await tellers[0].hold(price=4, roles=HIS)
    tellers[0].clock.moment = START.replace(day=24)

    results = await asyncio.gather(*(it.hold(n, roles=HIS) for n, it in turns(tellers, 20)), return_exceptions=True)

    assert {it.job.period for it in results if isinstance(it, Standing)} == {2}
    assert {it.room for it in refusals(results)} == {Room(Cap(Basis.DEFAULT, 5), 0, 5)}
    assert len(refusals(results)) == 15
    assert await account(tellers[0]) == (0, 5, 0)
    assert (await tellers[0].pool()).available == 7
    moves = [it for it in await entries(tellers[0]) if it.kind in {EntryKind.LAPSE, EntryKind.REFILL}]
    assert [(it.kind, it.amount) for it in moves] == [("refill", 12), ("lapse", 4), ("refill", 12)]


async def test_a_role_is_reset_once_for_all_who_ask_at_once(tellers: list[Scene]) -> None:
    await tellers[0].decide(Verb.SET, EVERYBODY, 5)
    await tellers[0].hold(price=5)
    await tellers[0].decide(Verb.RESET, MY_ROLE)

    held = await outcomes(*(it.hold(n, roles=HIS) for n, it in turns(tellers, 20)))

    assert held == {Standing: 5, CapReachedError: 15}
    assert await account(tellers[0]) == (0, 5, 0)


Decision = tuple[Verb, Target, int | None]
SMALLER = [(Verb.SET, ME, 2), (Verb.SET, MY_ROLE, 2), (Verb.SET, EVERYBODY, 2), (Verb.TAKE, ME, 2)]
RESETS = [(Verb.RESET, ME, None), (Verb.RESET, MY_ROLE, None)]


def named(decision: Decision) -> str:
    return f"{decision[0]} {decision[1].kind}"


@pytest.fixture
async def three_of_five(postgres_scenes: list[Scene]) -> list[Scene]:
    """A member with a cap of 3 and 2 extra, who has used 3."""
    first = postgres_scenes[0]
    await first.decide(Verb.SET, EVERYBODY, 3)
    await first.decide(Verb.GIVE, ME, 2)
    await first.hold(price=3, roles=HIS)
    return postgres_scenes


async def decided_first(scenes: list[Scene], decision: Decision) -> Standing:
    """A hold of 2 that comes while the decision is under way."""
    first, second = scenes
    asked = act("meets", *decision)
    return await overtaken(
        first, lambda connection: decisions.act(connection, asked, first.plan), second.hold(price=2, roles=HIS)
    )


async def held_first(scenes: list[Scene], decision: Decision) -> Change:
    """A decision that comes while a hold of 2 is under way."""
    first, second = scenes
    asked = order(7, price=2, roles=HIS)

    def hold(connection: Connection) -> Standing:
        return admission.hold(connection, asked, first.plan, LIMITS, first.owner)

    return await overtaken(first, hold, second.decide(*decision, key=7))


@pytest.mark.parametrize("decision", SMALLER, ids=named)
async def test_a_hold_that_meets_a_smaller_cap_is_refused_by_it(three_of_five: list[Scene], decision: Decision) -> None:
    with pytest.raises(CapReachedError) as refusal:
        await decided_first(three_of_five, decision)

    room = refusal.value.room
    assert (room.use, room.left) == (3, 0 if decision[0] is Verb.TAKE else 1)
    assert await account(three_of_five[0]) == (0, 3, room.extra)


@pytest.mark.parametrize("decision", SMALLER, ids=named)
async def test_a_smaller_cap_that_meets_a_hold_counts_from_the_next_one_on(
    three_of_five: list[Scene], decision: Decision
) -> None:
    await held_first(three_of_five, decision)

    with pytest.raises(CapReachedError) as refusal:
        await three_of_five[1].hold(roles=HIS)
    room = refusal.value.room
    assert (room.use, room.left) == (5, 0)
    assert room.cap.limit == (3 if decision[0] is Verb.TAKE else 2)


@pytest.mark.parametrize("decision", RESETS, ids=named)
async def test_a_hold_that_meets_a_reset_is_the_first_of_the_new_use(
    three_of_five: list[Scene], decision: Decision
) -> None:
    assert (await decided_first(three_of_five, decision)).job.stretch == 2

    assert await account(three_of_five[0]) == (0, 2, 2)


@pytest.mark.parametrize("decision", RESETS, ids=named)
async def test_a_reset_that_meets_a_hold_takes_it_away_with_the_old_use(
    three_of_five: list[Scene], decision: Decision
) -> None:
    change = await held_first(three_of_five, decision)

    assert change == Change(5 if decision[1] == ME else None, 0)
    room = await three_of_five[1].room(roles=HIS)
    assert (room.use, room.left) == (0, 5)


BETWEEN: list[Decision] = [
    (Verb.SET, ME, 2),
    (Verb.GIVE, ME, 3),
    (Verb.RESET, ME, None),
    (Verb.TAKE, ME, 2),
    (Verb.SET, EVERYBODY, 4),
    (Verb.SET, ME, None),
    (Verb.TAKE, ME, 1),
    (Verb.RESET, ME, None),
    (Verb.SET, EVERYBODY, 1),
]


async def test_no_hold_exceeds_the_cap_that_stands_before_it_whatever_staff_decide(tellers: list[Scene]) -> None:
    await tellers[0].decide(Verb.SET, EVERYBODY, 6)
    held = [(await it.hold(n)).job.id for n, it in turns(tellers, 4)]
    races: list[Coroutine[Any, Any, Any]] = [it.hold(100 + n) for n, it in turns(tellers, 45)]
    for n, (teller, decision) in enumerate(zip(cycle(tellers), BETWEEN, strict=False)):
        races.insert(6 * n + 3, teller.decide(*decision, key=n))
    races[9:9] = [tellers[n % 2].store.cancel(job) for n, job in enumerate(held)]

    results = await asyncio.gather(*races, return_exceptions=True)

    assert {type(it) for it in results if isinstance(it, Exception)} <= {CapReachedError, TooLittleError}
    assert sum(isinstance(it, Standing) for it in results) > 6
    assert_never_over_the_cap(await entries(tellers[0]))


def assert_never_over_the_cap(told: list[Entry]) -> None:
    """Played again from the entries: what was free of the cap when a hold was granted."""
    default: int | None = None
    own: int | None = None
    extra = 0
    counted: dict[str | None, int] = {}
    for entry in told:
        match entry.kind:
            case EntryKind.HOLD:
                counted[entry.job] = entry.amount
                cap = default if own is None else own
                assert cap is not None
                assert sum(counted.values()) <= cap + extra, entry
            case EntryKind.RELEASE:
                counted.pop(entry.job, None)
            case EntryKind.EXTRA:
                assert entry.before == extra
                extra = entry.after or 0
            case EntryKind.RESET:
                assert entry.before == sum(counted.values())
                counted.clear()
            case EntryKind.CAP if entry.member is None:
                default = entry.after
            case EntryKind.CAP:
                own = entry.after
            case _:
                pass
