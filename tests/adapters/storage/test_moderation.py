"""Reports, and what lies over pictures, on either database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.jobs import Job, JobState, Veil
from bot.domain.pictures import Hung
from bot.domain.records import Deed, Event
from tests.adapters.storage.scenes import GUILD, MEMBER, START, Scene


async def shown(scene: Scene, card: int, **details: int) -> Job:
    painted = await scene.painted(**details)
    job = await scene.store.settle(painted.held_lease, JobState.DELIVERED, hung=Hung(card, f"{painted.id}.png"))
    assert job is not None
    return job


async def test_where_a_picture_stands_is_noted_with_its_delivery(scene: Scene) -> None:
    job = await shown(scene, 501)
    assert (job.card, job.file) == (501, f"{job.id}.png")
    assert await scene.store.shown_in(GUILD, 501) == job
    assert await scene.store.shown_in(12, 501) is None
    assert await scene.store.shown_in(GUILD, 502) is None


async def test_each_member_reports_once(scene: Scene) -> None:
    job = await shown(scene, 501)
    counts = [await scene.store.report(job.id, reporter, "bad") for reporter in (1, 1, 2)]
    assert counts == [(1, True), (1, False), (2, True)]


async def test_a_picture_is_hidden_shown_again_and_removed_for_good(scene: Scene) -> None:
    job = await shown(scene, 501)
    await scene.store.report(job.id, 1, "bad")
    assert await scene.store.veil(job.id, Veil.HIDDEN) == replace(job, veil=Veil.HIDDEN)
    assert await scene.store.veil(job.id, Veil.HIDDEN) is None
    assert await scene.store.veil(job.id, None) == job
    assert await scene.store.report(job.id, 2, "bad") == (1, True)  # those of before no longer count
    assert await scene.store.veil(job.id, Veil.REMOVED) == replace(job, veil=Veil.REMOVED)
    for veil in (None, Veil.HIDDEN, Veil.REMOVED):
        assert await scene.store.veil(job.id, veil) is None


async def test_what_was_never_shown_has_no_veil(scene: Scene) -> None:
    failed = await scene.in_state(JobState.FAILED)
    assert await scene.store.veil(failed.id, Veil.REMOVED) is None


async def test_a_members_pictures_of_late_are_found_newest_first(scene: Scene) -> None:
    old = await shown(scene, 501)
    scene.clock.moment += timedelta(hours=2)
    fresh, hidden, removed = [await shown(scene, card) for card in (502, 503, 504)]
    await shown(scene, 505, member=MEMBER + 1)
    await scene.kept()
    await scene.store.veil(hidden.id, Veil.HIDDEN)
    await scene.store.veil(removed.id, Veil.REMOVED)
    found = await scene.store.shown_of(GUILD, MEMBER, START + timedelta(hours=1))
    assert {it.id for it in found} == {fresh.id, hidden.id}
    everything = await scene.store.shown_of(GUILD, MEMBER, START)
    assert everything[-1].id == old.id
    assert len(everything) == 3


async def test_nothing_is_removed_without_its_record(scene: Scene) -> None:
    job = await shown(scene, 501)
    deed = Deed(key="k", guild=GUILD, actor=9, event=Event.REMOVE, subject=job.id, at=START)
    with pytest.raises(Exception, match=r"(?i)type|adapt"):
        await scene.store.decide(job.id, Veil.REMOVED, replace(deed, reason=object()))  # type: ignore[arg-type]  # it cannot be written
    assert await scene.store.find(job.id) == job
    removed, record = await scene.store.decide(job.id, Veil.REMOVED, deed)
    assert removed == replace(job, veil=Veil.REMOVED)
    assert record is not None
    assert await scene.store.decide(job.id, Veil.REMOVED, replace(deed, key="again")) == (None, None)
