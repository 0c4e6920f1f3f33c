from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.jobs import JobState
from bot.domain.pictures import KEPT_FOR, Hung
from tests.adapters.storage.scenes import GUILD, MEMBER, PICTURE, START, Scene, sql

SIGNED = "https://pictures.test/a.png?X-Amz-Date=20261123T110000Z&X-Amz-Expires={}"


async def test_what_is_kept_holds_its_price_and_takes_no_place(scene: Scene) -> None:
    scene.limits = replace(scene.limits, guild_jobs=1, member_jobs=1)
    kept = await scene.kept(price=3)
    assert kept.kept_until == START + KEPT_FOR
    assert (await scene.pool()).held == 3
    assert (await scene.room()).use == 3
    await scene.hold()


@pytest.mark.parametrize(("seconds", "days"), [(86_400, 1 - 1 / 24), (604_800, 6), (10**12, 6)])
async def test_it_is_kept_no_longer_than_its_link_lives(scene: Scene, seconds: int, days: float) -> None:
    painting = await scene.painting()
    painted = await scene.store.painted(painting.held_lease, replace(PICTURE, url=SIGNED.format(seconds)))
    assert painted is not None
    kept = await scene.store.keep(painted.held_lease)
    assert kept is not None
    assert kept.kept_until == START + timedelta(days=days)


async def test_showing_it_pays_for_it_once_wherever_it_is_shown(scene: Scene) -> None:
    kept = await scene.kept(price=3)
    claimed = await scene.store.claim_kept(kept.id, 29, 500)
    assert claimed is not None
    assert (claimed.state, claimed.channel, claimed.upload_limit, claimed.card) == (JobState.DELIVERED, 29, 500, None)
    assert claimed.painted == PICTURE
    assert ((await scene.pool()).spent, (await scene.pool()).held) == (3, 0)
    assert await scene.store.claim_kept(kept.id, 29, 500) is None

    await scene.store.put_back(kept.id)
    assert [job.id for job in await scene.store.kept_for(GUILD, MEMBER)] == [kept.id]
    assert await scene.store.claim_kept(kept.id, 30, 500) is not None
    assert (await scene.pool()).spent == 3

    shown = await scene.store.shown_kept(kept.id, Hung(91, "fox.png"))
    assert shown is not None
    assert (shown.card, shown.painted, shown.kept_until) == (91, None, None)
    assert await scene.store.kept_for(GUILD, MEMBER) == []
    assert await scene.store.claim_kept(kept.id, 30, 500) is None


async def test_a_process_that_dies_while_it_shows_leaves_it_to_another_press(scene: Scene) -> None:
    kept = await scene.kept()
    await scene.store.claim_kept(kept.id, 29, 500)
    await sql(scene.database, "UPDATE jobs SET lease_until = 0")
    assert await scene.store.claim_kept(kept.id, 29, 500) is not None


async def test_what_nobody_has_shown_expires_free(scene: Scene) -> None:
    kept, claimed = await scene.kept(price=3), await scene.kept(price=2)
    await scene.store.claim_kept(claimed.id, 29, 500)
    assert await scene.store.expire() == []
    scene.clock.moment += KEPT_FOR
    assert await scene.store.claim_kept(kept.id, 29, 500) is None

    (expired,) = await scene.store.expire()

    assert (expired.id, expired.state, expired.painted) == (kept.id, JobState.EXPIRED, None)
    pool = await scene.pool()
    assert (pool.held, pool.bonus_held) == (0, 0)
    assert await scene.store.kept_for(GUILD, MEMBER) == []
    assert await scene.store.claim_kept(claimed.id, 29, 500) is None
    found = await scene.store.find(claimed.id)
    assert found is not None
    assert found.painted is None


async def test_what_is_kept_is_whose_it_is(scene: Scene) -> None:
    await scene.kept(member=34)
    await scene.kept(guild=12)
    mine = await scene.kept()
    assert [job.id for job in await scene.store.kept_for(GUILD, MEMBER)] == [mine.id]


async def test_a_line_tells_who_is_being_painted_and_who_waits(scene: Scene) -> None:
    await scene.kept()
    painting = await scene.painting()
    first, second = await scene.queued(), await scene.queued(member=34)
    await scene.hold()
    await scene.queued(guild=12)

    jobs, lines = await scene.store.line(GUILD)

    assert [job.id for job in jobs] == [painting.id, first.id, second.id]
    assert {line.guild: line.length for line in lines} == {GUILD: 3, 12: 1}
