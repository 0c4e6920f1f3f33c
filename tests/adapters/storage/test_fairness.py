"""Whose turn it is, and whether the place told beforehand comes true."""

from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from bot.adapters.storage import admission, queue, rows
from bot.domain.credits import PeriodKind, Plan
from bot.domain.jobs import JobId, JobState
from bot.domain.orders import Standing
from tests.adapters.storage.effort import effort
from tests.adapters.storage.scenes import LIMITS, PLAN, START, Scene, order
from tests.adapters.storage.schema import undone

GUILDS = 4
EVENTS = st.lists(st.one_of(st.just(0), st.integers(1, GUILDS)), max_size=16)


async def order_of_turns(scene: Scene) -> list[JobId]:
    turns = []
    while (job := await scene.begin()) is not None:
        turns.append(job.id)
    return turns


async def test_in_a_guild_first_come_is_first_served(scene: Scene) -> None:
    queued = [(await scene.queued(member=member)).id for member in (3, 1, 2)]

    assert await order_of_turns(scene) == queued


async def test_the_order_is_that_of_the_cards_not_of_the_orders(scene: Scene) -> None:
    early, late = (await scene.hold()).job, await scene.queued()
    scene.clock.moment = scene.clock.moment.replace(minute=1)
    await scene.store.queue(early.id, card=1)

    assert await order_of_turns(scene) == [late.id, early.id]


async def test_fifty_waiting_jobs_of_one_guild_delay_no_other(scene: Scene) -> None:
    scene.plan = Plan(50, PeriodKind.MONTH)
    for _ in range(50):
        await scene.queued(guild=1)
    await scene.begin()
    others = [await scene.queued(guild=guild) for guild in (2, 3)]

    assert (await order_of_turns(scene))[:2] == [job.id for job in others]


async def test_guilds_take_turns(scene: Scene) -> None:
    jobs = {(await scene.queued(guild=guild)).id: guild for guild in (1, 1, 1, 2, 2, 3)}

    assert [jobs[job] for job in await order_of_turns(scene)] == [1, 2, 3, 1, 2, 1]


async def test_of_two_guilds_never_served_the_earlier_goes_first(scene: Scene) -> None:
    await scene.queued(guild=9)
    standing = await scene.hold(guild=1)

    assert standing.place == 2


async def test_an_order_repeated_after_its_end_is_told_some_place(scene: Scene) -> None:
    job = await scene.queued(number=1)
    await scene.store.cancel(job.id)

    assert (await scene.hold(1)).place == 1


@effort(60)
@given(events=EVENTS, guild=st.integers(1, GUILDS))
def test_the_place_told_comes_true(migrated_file: Path, events: list[int], guild: int) -> None:
    """Zero is a worker that takes the next job, any other event a guild whose member asks for a picture."""
    with undone(f"sqlite:///{migrated_file}") as connection:
        for number, event in enumerate(events, start=1000):
            if event == 0:
                queue.begin(connection, "worker", LIMITS, START)
            else:
                ask(connection, number, event)
        told = ask(connection, 2000, guild)

        turns = []
        while (job := queue.begin(connection, "worker", LIMITS, START)) is not None:
            turns.append(job.id)
    assert turns.index(told.job.id) + 1 == told.place


def ask(connection: Connection, number: int, guild: int) -> Standing:
    moment = START + timedelta(seconds=number)
    standing = admission.hold(connection, order(number, guild=guild), PLAN, LIMITS, "worker")
    rows.move(connection, standing.job.id, JobState.ACCEPTED, state=JobState.QUEUED.value, queued_at=moment)
    return standing
