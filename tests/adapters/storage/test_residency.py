from datetime import timedelta

from sqlalchemy import select, update

from bot.adapters.storage import erasing, residency, shelf
from bot.adapters.storage.tables import copies, erasures, favourites, jobs, ledger, members
from bot.domain.album import Copy
from bot.domain.jobs import JobState, Veil, job_id
from tests.adapters.storage import story
from tests.adapters.storage.scenes import GUILD, MEMBER, STAFF, START, Scene
from tests.adapters.storage.schema import connected, differences


async def test_what_waits_ends_free_and_what_is_painted_is_no_longer_wanted(scene: Scene) -> None:
    painted, kept, painting = await scene.painted(), await scene.kept(), await scene.painting()
    accepted, queued = (await scene.hold()).job, await scene.queued()
    elsewhere = await scene.queued(guild=12)

    ended = await scene.books.leave(GUILD)

    assert {(job.id, job.state, job.cancelling) for job in ended} == {
        (accepted.id, JobState.CANCELLED, False),
        (queued.id, JobState.CANCELLED, False),
        (painting.id, JobState.PAINTING, True),
    }
    for untouched in (painted, kept, elsewhere):
        assert await scene.store.find(untouched.id) == untouched
    assert (await scene.pool()).held == 3


async def test_leaving_and_coming_back_is_noted_once(scene: Scene) -> None:
    await scene.hold()
    assert await scene.books.leave(404) == []
    assert await scene.books.known() == {GUILD: False}
    assert len(await scene.books.leave(GUILD)) == 1
    left_at = scene.clock.moment
    scene.clock.moment += timedelta(days=1)
    assert await scene.books.leave(GUILD) == []
    assert await scene.books.known() == {GUILD: True}
    assert await scene.books.forget(left_at) == [GUILD]
    assert await scene.books.come_back(GUILD)
    assert not await scene.books.come_back(GUILD)
    assert await scene.books.known() == {GUILD: False}


async def test_who_comes_back_in_time_finds_everything(scene: Scene) -> None:
    job = await scene.in_state(JobState.DELIVERED)
    await scene.books.leave(GUILD)
    assert await scene.books.forget(START - timedelta(seconds=1)) == []
    await scene.books.come_back(GUILD)
    assert await scene.books.forget(START + timedelta(days=99)) == []
    assert await scene.store.find(job.id) == job


def test_people_and_prompts_are_forgotten_and_the_books_stay_right(url: str) -> None:
    with connected(url) as connection:
        story.write(connection)
        connection.execute(update(ledger).values(reason="because of them"))
        residency.leave(connection, GUILD, START)
        assert residency.forget(connection, START, START) == [GUILD]
        assert residency.forget(connection, START, START) == []

    with connected(url) as connection:
        here = set()
        for column in (jobs.c.member, ledger.c.member, ledger.c.actor, members.c.member):
            found = connection.execute(select(column).where(column.table.c.guild == GUILD)).scalars()
            here |= {person for person in found if person}
        assert here
        assert max(here) < 0
        assert not {MEMBER, STAFF, -MEMBER, -STAFF} & here
        said = select(jobs.c.parameters).where(jobs.c.guild == GUILD).distinct()
        assert connection.execute(said).scalars().all() == [residency.FORGOTTEN]
        why = select(ledger.c.reason).where(ledger.c.guild == GUILD).distinct()
        assert connection.execute(why).scalars().all() == [None]
        others = select(jobs.c.member).where(jobs.c.guild != GUILD).distinct()
        assert connection.execute(others).scalars().all() == [MEMBER]
    assert differences(url) == []


def test_what_members_kept_of_a_forgotten_guild_goes_too(url: str) -> None:
    with connected(url) as connection:
        story.write(connection)
        for number, guild in ((1, GUILD), (5, 5)):
            shelf.mark(connection, MEMBER, job_id(number), START, favourite=True)
            copy = Copy(id=job_id(70 + number), job=job_id(number), guild=guild, channel=22, member=MEMBER)
            assert shelf.claim(connection, copy, timedelta(), START)
        connection.execute(update(jobs).values(source='{"asset": "key"}', given='{"steps": "typed"}'))
        assert erasing.wish(connection, MEMBER, START - timedelta(days=9)) != []
        shelf.mark(connection, MEMBER, job_id(5), START, favourite=True)
        residency.leave(connection, GUILD, START)
        assert residency.forget(connection, START, START) == [GUILD]

    with connected(url) as connection:
        assert connection.execute(select(favourites.c.job)).scalars().all() == [job_id(5)]
        assert {row.guild: row.member > 0 for row in connection.execute(select(copies))} == {GUILD: False, 5: True}
        assert GUILD not in connection.execute(select(erasures.c.guild)).scalars().all()
        left = connection.execute(select(jobs.c.source, jobs.c.given, jobs.c.veil).where(jobs.c.guild == GUILD)).all()
        assert {tuple(row) for row in left} == {(None, None, Veil.ERASED.value)}
    assert differences(url) == []
