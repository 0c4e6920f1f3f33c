from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.domain.jobs import JobState
from tests.adapters.storage.scenes import PICTURE, Scene, sql

LEASED = [JobState.ACCEPTED, JobState.PAINTING, JobState.PAINTED]


@pytest.fixture
def shared(scene: Scene) -> Scene:
    """A database that other processes may be using, whatever the kind."""
    scene.database.sole = False
    return scene


async def let_leases_end(scene: Scene) -> None:
    await sql(scene.database, "UPDATE jobs SET lease_until = lease_until - 60001")


@pytest.mark.parametrize("state", LEASED)
async def test_a_job_whose_worker_is_gone_is_taken_over_once(shared: Scene, state: JobState) -> None:
    job = await shared.in_state(state)
    await let_leases_end(shared)

    taken = await shared.store.take_over("next")
    again = await shared.store.take_over("third")

    assert taken == [replace(job, owner="next", lease=job.lease + 1)]
    assert again == []
    assert await shared.store.find(job.id) == taken[0]


@pytest.mark.parametrize("state", LEASED)
async def test_a_job_under_way_is_not_taken_over(shared: Scene, state: JobState) -> None:
    await shared.in_state(state)

    assert await shared.store.take_over("next") == []


@pytest.mark.parametrize("state", sorted(set(JobState) - set(LEASED)))
async def test_what_waits_or_has_ended_needs_no_worker(shared: Scene, state: JobState) -> None:
    await shared.in_state(state)
    await let_leases_end(shared)

    assert await shared.store.take_over("next") == []


async def test_the_only_process_takes_over_at_once_what_another_left(scene: Scene) -> None:
    left = await scene.painting()
    scene.owner = "next"
    own = await scene.painting()
    scene.database.sole = True

    taken = await scene.store.take_over("next")

    assert taken == [replace(left, owner="next", lease=2)]
    assert await scene.store.find(own.id) == own


async def test_a_renewed_lease_is_kept(shared: Scene) -> None:
    kept, lost = await shared.painting(), await shared.painted()
    await let_leases_end(shared)

    await shared.store.renew([kept.held_lease])

    assert [job.id for job in await shared.store.take_over("next")] == [lost.id]


async def test_renewing_under_a_stale_lease_renews_nothing(shared: Scene) -> None:
    job = await shared.painting()
    await let_leases_end(shared)

    await shared.store.renew([replace(job.held_lease, number=0), replace(job.held_lease, owner="other")])
    await shared.store.renew([])

    assert len(await shared.store.take_over("next")) == 1


async def test_a_worker_that_lost_its_lease_changes_nothing(shared: Scene) -> None:
    job = await shared.painting()
    await let_leases_end(shared)
    [taken] = await shared.store.take_over("next")

    assert await shared.store.painted(job.held_lease, PICTURE) is None
    assert await shared.store.settle(job.held_lease, JobState.FAILED) is None
    assert await shared.store.settle(taken.held_lease, JobState.LOST) is not None


async def test_an_accepted_job_found_is_abandoned(shared: Scene) -> None:
    job = (await shared.hold(price=2)).job
    await let_leases_end(shared)

    [found] = await shared.store.take_over("next")
    abandoned = await shared.store.abandon(found.id)

    assert abandoned is not None
    assert await shared.store.queue(job.id, card=1) is None
    assert (await shared.pool()).available == 20


async def test_a_job_in_somebodys_hands_is_left_to_them(postgres_scenes: list[Scene]) -> None:
    """To wait for a row that is locked, while holding others, could end in a deadlock."""
    first, second = postgres_scenes
    busy, free = await first.painting(), await first.painting()
    await let_leases_end(first)
    with first.database.engine.begin() as connection:
        connection.execute(text("SELECT 1 FROM jobs WHERE id = :job FOR UPDATE"), {"job": busy.id})
        taken = await second.store.take_over("next")

    assert [job.id for job in taken] == [free.id]
