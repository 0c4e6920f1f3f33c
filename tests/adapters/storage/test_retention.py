"""What finished pictures were made of is kept for a while; the books are kept for good."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select, update

from bot.adapters.storage import kept, moderation, residency, retention, rows, shelf
from bot.adapters.storage.tables import confirmations, copies, favourites, jobs, ledger, pools, reports
from bot.domain.album import Copy
from bot.domain.jobs import Job, JobState, Veil, job_id
from bot.domain.pictures import Hung
from bot.domain.retention import Batch
from bot.domain.rule_refusals import VeiledError
from tests.adapters.storage import story
from tests.adapters.storage.scenes import GUILD, MEMBER, START, Scene
from tests.adapters.storage.schema import connected, differences, undone
from tests.adapters.storage.till import Till

DAY = timedelta(days=1)
LATER = START + 90 * DAY
ENDS = (JobState.DELIVERED, JobState.FAILED, JobState.CANCELLED)


def forget(connection: Connection, before: datetime = LATER, most: int = 100) -> int:
    """In batches, to the end."""
    batch = retention.forget(connection, before, "", most)
    forgotten = batch.forgotten
    while batch.after is not None:
        batch = retention.forget(connection, before, batch.after, most)
        forgotten += batch.forgotten
    return forgotten


def job_of(connection: Connection, number: int) -> Job:
    found = rows.find(connection, job_id(number))
    assert found is not None
    return found


def money(connection: Connection) -> Sequence[object]:
    kept = (jobs.c.id, jobs.c.guild, jobs.c.member, jobs.c.allowance, jobs.c.bonus, jobs.c.period, jobs.c.state)
    return [
        *connection.execute(select(ledger).order_by(ledger.c.id)).all(),
        *connection.execute(select(*kept).order_by(jobs.c.id)).all(),
        *connection.execute(select(pools).order_by(pools.c.guild)).all(),
    ]


def remembered(connection: Connection) -> set[str]:
    found = connection.execute(select(jobs.c.id).where(jobs.c.parameters != residency.FORGOTTEN))
    return set(found.scalars())


def test_old_words_and_references_go_and_every_amount_stays(url: str) -> None:
    with connected(url) as connection:
        story.write(connection)
        connection.execute(update(jobs).values(source='{"asset": "key"}', given='{"steps": "typed"}', file="fox.png"))
        before = money(connection)
        ended = set(connection.execute(select(jobs.c.id).where(residency.has_ended())).scalars())
        total = len(remembered(connection))
        assert forget(connection, START - 2 * DAY) == 0
        assert forget(connection, most=2) == len(ended)
        assert len(remembered(connection)) == total - len(ended)
        assert not ended & remembered(connection)
        assert forget(connection) == 0
        assert money(connection) == before
        made_of = (jobs.c.reference, jobs.c.url, jobs.c.source, jobs.c.given, jobs.c.file)
        assert set(connection.execute(select(*made_of).where(jobs.c.id.in_(ended)))) == {(None,) * 5}
        assert job_of(connection, 1).veil is Veil.AGED
        assert job_of(connection, 1).card is not None
    assert differences(url) == []


def test_what_is_open_or_kept_or_being_shown_is_not_finished(url: str) -> None:
    with connected(url) as connection:
        till = Till(connection)
        for number, state in enumerate((JobState.ACCEPTED, JobState.PAINTED), 1):
            till.bring(number, state)
        for number in (3, 4):
            till.keep(till.bring(number, JobState.PAINTED).held_lease)
        assert kept.claim(connection, job_id(4), 22, 1000, START) is not None
        till.bring(5, JobState.QUEUED)
        assert forget(connection) == 0
        kept.shown(connection, job_id(4), Hung(5, "fox.png"))
        assert forget(connection) == 1
        assert remembered(connection) == {job_id(number) for number in (1, 2, 3, 5)}


def test_what_belonged_to_the_picture_goes_with_it_and_nothing_else(url: str) -> None:
    with connected(url) as connection:
        for number, now in ((1, START), (2, LATER)):
            till = Till(connection, now=now)
            till.bring(number, JobState.DELIVERED)
            shelf.mark(connection, MEMBER, job_id(number), START, favourite=True)
            copy = Copy(id=job_id(70 + number), job=job_id(number), guild=GUILD, channel=22, member=MEMBER)
            assert shelf.claim(connection, copy, timedelta(), now)
            shelf.stands(connection, copy.id, Hung(5, "fox.png"))
            said = {"job": job_id(number), "reporter": 7, "reason": "it shows me", "at": now}
            connection.execute(insert(reports).values(said))
        assert forget(connection, START) == 1
        assert connection.execute(select(favourites.c.job)).scalars().all() == [job_id(2)]
        told = dict(tuple(it) for it in connection.execute(select(reports.c.job, reports.c.reason)))
        assert told == {job_id(1): "", job_id(2): "it shows me"}
        hung = {row.job: (row.message, row.file) for row in connection.execute(select(copies))}
        assert hung == {job_id(1): (5, None), job_id(2): (5, "fox.png")}
        assert [(it.message, it.file) for it in shelf.of(connection, job_id(1))] == [(5, None)]


def test_what_staff_or_its_member_removed_stays_removed_and_the_rest_can_still_be(url: str) -> None:
    veils = (None, Veil.HIDDEN, Veil.REMOVED, Veil.DELETED, Veil.ERASED)
    with connected(url) as connection:
        for number, veil in enumerate(veils):
            Till(connection).bring(number, JobState.DELIVERED)
            connection.execute(update(jobs).where(jobs.c.id == job_id(number)).values(veil=veil and veil.value))
        assert forget(connection) == len(veils)
        aged = [Veil.AGED, Veil.AGED, Veil.REMOVED, Veil.DELETED, Veil.AGED]
        assert [job_of(connection, number).veil for number in range(len(veils))] == aged
        with pytest.raises(VeiledError):
            shelf.claim(
                connection, Copy(id=job_id(9), job=job_id(0), guild=GUILD, channel=22, member=7), timedelta(), START
            )
        removed = moderation.veil(connection, job_id(0), Veil.REMOVED)
        assert removed is not None
        assert removed.veil is Veil.REMOVED


def test_a_page_is_no_more_than_so_many_and_the_last_one_says_so(url: str) -> None:
    with connected(url) as connection:
        for number in (1, 2, 3):
            Till(connection).bring(number, JobState.FAILED)
        assert retention.forget(connection, LATER, "", 2) == Batch(2, job_id(2))
        assert retention.forget(connection, LATER, job_id(2), 2) == Batch(1, None)
        assert retention.forget(connection, LATER, job_id(3), 2) == Batch(0, None)


def test_what_waited_too_long_for_an_answer_is_removed(url: str) -> None:
    with connected(url) as connection:
        for hours in (1, 3):
            kept_until = START + timedelta(hours=hours)
            connection.execute(insert(confirmations).values(key=f"{hours}", payload="a fox", until=kept_until))
        retention.tidy(connection, START + timedelta(hours=2))
        assert connection.execute(select(confirmations.c.key)).scalars().all() == ["3"]


async def test_two_processes_at_once_forget_each_picture_once(scenes: list[Scene]) -> None:
    for _ in range(20):
        await scenes[0].in_state(JobState.DELIVERED)
    done = await asyncio.gather(*(it.database.run(retention.forget, LATER, "", 100) for it in scenes * 2))
    assert sum(it.forgotten for it in done) == 20


@settings(deadline=None)
@given(
    ages=st.lists(st.tuples(st.sampled_from(ENDS), st.integers(0, 9)), max_size=6),
    days=st.integers(0, 9),
    most=st.integers(1, 7),
)
def test_whatever_there_is_exactly_what_is_older_is_forgotten(
    migrated_file: Path, ages: list[tuple[JobState, int]], days: int, most: int
) -> None:
    with undone(f"sqlite:///{migrated_file}") as connection:
        for number, (state, age) in enumerate(ages, 1):
            Till(connection, now=START - age * DAY).bring(number, state)
        before = money(connection)
        older = {job_id(number) for number, (_, age) in enumerate(ages, 1) if age >= days}
        assert forget(connection, START - days * DAY, most) == len(older)
        assert remembered(connection) == {job_id(number) for number in range(1, len(ages) + 1)} - older
        assert money(connection) == before
