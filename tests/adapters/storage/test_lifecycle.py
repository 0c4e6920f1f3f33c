from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.jobs import OPEN_STATES, TRANSITIONS, Job, JobState, Lease, job_id
from tests.adapters.storage.scenes import PICTURE, START, Scene

ENDS = sorted(set(JobState) - OPEN_STATES)
STATES = sorted(JobState)

Change = Callable[[Scene, Job], Awaitable[Job | None]]


CHANGES: dict[str, tuple[set[JobState], Change]] = {
    "queue": ({JobState.ACCEPTED}, lambda scene, job: scene.store.queue(job.id, card=1)),
    "pending": ({JobState.PAINTING}, lambda scene, job: scene.store.pending(job.held_lease, "ref-1")),
    "painted": ({JobState.PAINTING}, lambda scene, job: scene.store.painted(job.held_lease, PICTURE)),
    "abandon": ({JobState.ACCEPTED}, lambda scene, job: scene.store.abandon(job.id)),
    "cancel": (
        {JobState.ACCEPTED, JobState.QUEUED, JobState.PAINTING},
        lambda scene, job: scene.store.cancel(job.id),
    ),
}


@pytest.mark.parametrize("state", STATES)
async def test_only_what_fits_the_state_changes_a_job(scene: Scene, state: JobState) -> None:
    for name, (fitting, change) in CHANGES.items():
        job = await scene.in_state(state)
        pool = await scene.pool()

        changed = await change(scene, job)

        if state in fitting:
            assert changed is not None, name
            assert changed != job, name
            assert changed == await scene.store.find(job.id), name
        else:
            assert changed is None, name
            assert (await scene.store.find(job.id), await scene.pool()) == (job, pool), name


@pytest.mark.parametrize("state", STATES)
async def test_settling_obeys_the_table_of_transitions(scene: Scene, state: JobState) -> None:
    for end in ENDS:
        job = await scene.in_state(state)

        settled = await scene.store.settle(job.held_lease, end, "code")

        if end in TRANSITIONS.get(state, ()):
            assert settled is not None
            assert (settled.state, settled.failure, settled.ended_at, settled.painted) == (end, "code", START, None)
            assert settled == await scene.store.find(job.id)
        else:
            assert settled is None
            assert await scene.store.find(job.id) == job


@pytest.mark.parametrize(
    "stale",
    [
        lambda lease: replace(lease, number=lease.number - 1),
        lambda lease: replace(lease, number=lease.number + 1),
        lambda lease: replace(lease, owner="somebody-else"),
        lambda lease: replace(lease, job=job_id(404)),
    ],
    ids=["older", "newer", "owner", "job"],
)
async def test_a_change_under_another_lease_changes_nothing(scene: Scene, stale: Callable[[Lease], Lease]) -> None:
    painting = await scene.painting()
    lease = stale(painting.held_lease)
    assert await scene.store.pending(lease, "ref") is None
    assert await scene.store.painted(lease, PICTURE) is None
    for end in ENDS:
        assert await scene.store.settle(lease, end) is None
    assert await scene.store.find(painting.id) == painting


async def test_a_job_that_nobody_knows(scene: Scene) -> None:
    nobody = job_id(404)

    assert await scene.store.find(nobody) is None
    assert await scene.store.queue(nobody, card=1) is None
    assert await scene.store.cancel(nobody) is None
    assert await scene.store.abandon(nobody) is None


async def test_each_step_notes_its_time_and_what_it_learnt(scene: Scene) -> None:
    queued = await scene.queued()
    assert (queued.state, queued.card) == (JobState.QUEUED, 77)

    scene.clock.moment = START + timedelta(seconds=1)
    painting = await scene.begin()
    assert painting is not None
    assert (painting.state, painting.lease, painting.painting_at) == (
        JobState.PAINTING,
        1,
        START + timedelta(seconds=1),
    )

    pending = await scene.store.pending(painting.held_lease, "ref-0")
    assert pending == replace(painting, reference="ref-0")

    scene.clock.moment = START + timedelta(seconds=5)
    painted = await scene.store.painted(painting.held_lease, PICTURE)
    assert painted is not None
    assert (painted.painted, painted.reference, painted.seconds) == (PICTURE, PICTURE.reference, 4)

    scene.clock.moment = START + timedelta(seconds=6)
    delivered = await scene.store.settle(painted.held_lease, JobState.DELIVERED)
    assert delivered == replace(painted, state=JobState.DELIVERED, painted=None, ended_at=START + timedelta(seconds=6))


async def test_cancelling_a_painting_job_is_noted_for_its_worker(scene: Scene) -> None:
    painting = await scene.painting()

    noted = await scene.store.cancel(painting.id)
    painted = await scene.store.painted(painting.held_lease, PICTURE)

    assert noted == replace(painting, cancelling=True)
    assert painted is not None
    assert painted.cancelling


async def test_turning_away_ends_all_that_wait_and_nothing_else(scene: Scene) -> None:
    painting = await scene.painting(guild=1)
    waiting = [await scene.queued(guild=guild) for guild in (3, 1, 2, 1)]
    held = (await scene.hold()).job

    ended = await scene.store.turn_away("daily_bound")

    assert {job.id for job in ended} == {job.id for job in waiting}
    assert {(job.state, job.failure) for job in ended} == {(JobState.FAILED, "daily_bound")}
    assert await scene.store.find(painting.id) == painting
    assert await scene.store.find(held.id) == held
    assert await scene.store.waiting() == 0
    assert await scene.store.turn_away("daily_bound") == []


async def test_waiting_counts_the_queued(scene: Scene) -> None:
    await scene.hold()
    await scene.painting()
    await scene.queued()
    await scene.queued(guild=99)

    assert await scene.store.waiting() == 2


async def test_facts_are_remembered_and_replaced(scene: Scene) -> None:
    assert await scene.store.fact("colour") is None

    await scene.store.remember("colour", "red")
    await scene.store.remember("shape", "round")
    await scene.store.remember("colour", "blue")

    assert (await scene.store.fact("colour"), await scene.store.fact("shape")) == ("blue", "round")
