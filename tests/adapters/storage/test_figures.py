"""What `/stats` counts, with known numbers."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import Connection, Select, text

from bot.adapters.storage import figures as counting
from bot.domain.credits import PeriodKind, Plan
from bot.domain.figures import NAMED, DayCount, Figures, Outcome, Share, Waits
from bot.domain.jobs import JobState
from tests.adapters.storage.scenes import GUILD, MEMBER, PICTURE, Scene, sql

TODAY: Final = datetime(2026, 11, 23, tzinfo=UTC)
TOMORROW: Final = TODAY + timedelta(days=1)
INSTANT: Final = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def plenty(scene: Scene) -> None:
    scene.plan = Plan(1000, PeriodKind.MONTH)


async def figures(scene: Scene, days: int = 2) -> Figures:
    return await scene.books.figures(GUILD, TOMORROW - timedelta(days=days), TOMORROW)


async def asked_at(scene: Scene, moment: datetime, state: JobState = JobState.DELIVERED, **details: Any) -> None:
    scene.clock.moment = moment
    await scene.in_state(state, **details)


async def test_a_picture_counts_on_the_utc_day_on_which_it_was_asked_for(scene: Scene) -> None:
    yesterday = TODAY - timedelta(days=1)
    for moment in (yesterday - INSTANT, yesterday, TODAY - INSTANT, TODAY, TOMORROW - INSTANT, TOMORROW):
        await asked_at(scene, moment, price=3)

    found = await figures(scene)
    assert found.days == [DayCount(date(2026, 11, 22), 2, 6), DayCount(date(2026, 11, 23), 2, 6)]
    assert (found.pictures, found.credits, found.requests) == (4, 12, 4)


async def test_a_day_is_utcs_wherever_the_database_lives(scene: Scene, url: str) -> None:
    await asked_at(scene, TODAY)

    def elsewhere(connection: Connection) -> Any:
        if url.startswith("postgresql"):
            connection.execute(text("SET LOCAL TIME ZONE 'America/New_York'"))
        return counting.days(connection, GUILD, TODAY, TOMORROW)

    assert await scene.database.run(elsewhere) == [DayCount(date(2026, 11, 23), 1, 1)]


async def test_days_on_which_nothing_happened_are_there_as_well(scene: Scene) -> None:
    await asked_at(scene, TODAY)
    found = await figures(scene, 30)
    assert [it.day for it in found.days] == [date(2026, 10, 25) + timedelta(days=it) for it in range(30)]
    assert [it.pictures for it in found.days] == [0] * 29 + [1]


async def test_only_what_kept_its_price_cost_something_and_only_what_is_shown_is_a_picture(scene: Scene) -> None:
    scene.clock.moment = TODAY
    late = await scene.painted(price=11)
    await scene.store.settle(late.held_lease, JobState.CANCELLED)
    for state in sorted(JobState, key=lambda it: it is JobState.QUEUED):  # whatever is queued would be painted next
        await asked_at(scene, TODAY, state, price=7)

    found = await figures(scene)
    assert found.states == {state: 2 if state is JobState.CANCELLED else 1 for state in JobState}
    assert (found.pictures, found.credits) == (1, 18)
    assert found.members == [Share(MEMBER, 1, 18)]
    assert found.outcomes == {
        Outcome.SHOWN: 1,
        Outcome.OPEN: 5,
        Outcome.STOPPED: 1,
        Outcome.FAILED: 2,
        Outcome.CANCELLED: 2,
        Outcome.EXPIRED: 1,
    }


async def test_a_kept_picture_counts_when_it_is_shown(scene: Scene) -> None:
    scene.clock.moment = TODAY
    kept = await scene.kept(price=4)
    assert (await figures(scene)).credits == 0
    assert await scene.store.claim_kept(kept.id, 22, 10_000_000) is not None
    assert ((await figures(scene)).pictures, (await figures(scene)).credits) == (1, 4)


async def test_another_guilds_are_not_counted(scene: Scene) -> None:
    await asked_at(scene, TODAY, guild=99)
    found = await figures(scene)
    assert (found.requests, found.pictures, found.members, found.channels, found.waits) == (0, 0, [], [], None)


async def test_the_first_are_named_and_the_rest_is_one_sum(scene: Scene) -> None:
    for member in range(1, NAMED + 4):
        for _ in range(1 + (member == 5)):
            await asked_at(scene, TODAY, member=member, price=member)
    await sql(scene.database, "UPDATE jobs SET channel = member")

    found = await figures(scene)
    # As many pictures, then as many credits: who spent most comes first.
    assert [it.id for it in found.members] == [5, 11, 10, 9, 8, 7, 6, 4, None]
    assert found.members[0] == Share(5, 2, 10)
    assert found.members[-1] == Share(None, 3, 1 + 2 + 3, heads=3)
    assert found.channels == found.members
    assert sum(it.pictures for it in found.members) == found.pictures


async def test_waits_are_of_whatever_was_painted_until_it_was(scene: Scene) -> None:
    for seconds in range(1, 21):
        scene.clock.moment = TODAY + timedelta(hours=seconds)
        await scene.queued()
        scene.clock.moment += timedelta(seconds=seconds)
        job = await scene.begin()
        assert job is not None
        painted = await scene.store.painted(job.held_lease, PICTURE)
        assert painted is not None
        scene.clock.moment += timedelta(minutes=7)
        await scene.store.settle(painted.held_lease, JobState.DELIVERED)
    await scene.in_state(JobState.FAILED)

    waits = (await figures(scene)).waits
    assert waits is not None
    assert waits.median == pytest.approx(10, abs=0.01)
    assert waits.ninetieth == pytest.approx(18, abs=0.01)


async def test_one_wait_is_half_and_nine_in_ten(scene: Scene) -> None:
    await asked_at(scene, TODAY)
    assert (await figures(scene)).waits == Waits(0, 0)


@pytest.mark.parametrize("part", ["_DAYS", "_MEMBERS", "_CHANNELS", "_STATES", "_WAITS"])
async def test_the_days_are_found_by_an_index(scene: Scene, url: str, part: str) -> None:
    statement: Select[Any] = getattr(counting, part)
    asked = statement.params(of=GUILD, since=TODAY, until=TOMORROW)
    explain = "EXPLAIN" if url.startswith("postgresql") else "EXPLAIN QUERY PLAN"

    def plan(connection: Connection) -> str:
        if url.startswith("postgresql"):
            connection.execute(text("SET LOCAL enable_seqscan = off"))  # which is quicker while there is nothing
        told = asked.compile(connection, compile_kwargs={"literal_binds": True})
        return "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain} {told}".replace("%", "%%")))

    assert "ix_jobs_guild_created_at" in await scene.database.run(plan)
