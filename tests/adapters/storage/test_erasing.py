"""A member's data are erased, and the books stay right: `url` audits them after each test."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select, text, update

from bot.adapters.storage import erasing, kept, rows, shelf
from bot.adapters.storage.residency import FORGOTTEN
from bot.adapters.storage.tables import (
    blocks,
    confirmations,
    copies,
    erasures,
    favourites,
    jobs,
    ledger,
    members,
    preferences,
    presets,
    records,
    reports,
)
from bot.domain.acts import Verb
from bot.domain.album import Copy
from bot.domain.credits import PeriodKind, Plan
from bot.domain.jobs import Job, JobId, JobState, Veil, job_id
from bot.domain.pictures import Hung
from bot.domain.privacy import Erased
from tests.adapters.storage import story
from tests.adapters.storage.scenes import GUILD, ME, MEMBER, STAFF, START, act, caller, order
from tests.adapters.storage.schema import connected, differences
from tests.adapters.storage.till import Till

DAY = timedelta(days=1)
DAILY = Plan(20, PeriodKind.DAY)
OTHER = 34
PERSONS = (jobs.c.member, ledger.c.member, ledger.c.actor, members.c.member, records.c.actor, copies.c.member)


def till_of(connection: Connection, days: float = 0) -> Till:
    return Till(connection, plan=DAILY, now=START + days * DAY)


def erase(connection: Connection, days: float = 0, person: int = MEMBER) -> Erased:
    """The wish at that time, and what is done about it at once."""
    now, erased = START + days * DAY, Erased()
    for guild in erasing.wish(connection, person, now):
        erased += erasing.erase(connection, guild, person, DAILY, now)
    return erased


def sweep(connection: Connection, days: float) -> Erased:
    erased = Erased()
    for guild, person in erasing.wishes(connection):
        erased += erasing.erase(connection, guild, person, DAILY, START + days * DAY)
    return erased


def places_of(connection: Connection, person: int) -> dict[str, int]:
    """Where this person still stands, and how often."""
    found = {
        f"{column.table.name}.{column.name}": connection.execute(
            select(func.count()).select_from(column.table).where(column == person)
        ).scalar_one()
        for column in (*PERSONS, reports.c.reporter, blocks.c.member, erasures.c.member, favourites.c.member)
    }
    return {name: count for name, count in found.items() if count}


def job_of(connection: Connection, number: int) -> Job:
    job = rows.find(connection, job_id(number))
    assert job is not None
    return job


def delivered(till: Till, number: int, **details: Any) -> None:
    till.bring(number, JobState.DELIVERED, **details)
    till.connection.execute(
        update(jobs).where(jobs.c.id == job_id(number)).values(card=number, file="fox.png", source='{"asset": "a"}')
    )


def test_what_is_over_becomes_nobodys_and_says_nothing_any_more(url: str) -> None:
    with connected(url) as connection:
        for number, state in enumerate((JobState.DELIVERED, JobState.FAILED, JobState.CANCELLED), start=1):
            till_of(connection).bring(number, state)
        delivered(till_of(connection), 4)
        delivered(till_of(connection), 5, member=OTHER)
    with connected(url) as connection:
        erased = erase(connection, days=3)
        assert erased == Erased(pictures=4)
        assert places_of(connection, MEMBER) == {}
        (tombstone,) = {job_of(connection, number).member for number in (1, 2, 3, 4)}
        assert tombstone < 0
        assert set(connection.execute(select(ledger.c.member).where(ledger.c.job == job_id(4))).scalars()) == {
            tombstone
        }
        gone = connection.execute(select(jobs).where(jobs.c.id == job_id(4))).one()
        assert (gone.parameters, gone.veil, gone.card) == (FORGOTTEN, Veil.ERASED.value, 4)
        assert [gone.reference, gone.url, gone.source, gone.file, gone.given] == [None] * 5
        assert job_of(connection, 5).member == OTHER
        assert job_of(connection, 5).parameters.prompt == "a fox in the snow"
        assert connection.execute(text("SELECT count(*) FROM erasures")).scalar_one() == 0


def test_the_use_of_the_running_period_stays_until_it_is_over(url: str) -> None:
    with connected(url) as connection:
        delivered(till_of(connection), 1, price=2)
        delivered(till_of(connection, 3), 2, price=5)
        till_of(connection, 3).act(act(50, Verb.GIVE, ME, 7, at=START + 3 * DAY))
    with connected(url) as connection:
        erased = erase(connection, days=3.1)
        assert erased == Erased(pictures=2, running=True)
        assert till_of(connection, 3).room(MEMBER, frozenset()).use == 5
        assert job_of(connection, 1).member < 0
        assert (job_of(connection, 2).member, job_of(connection, 2).veil) == (MEMBER, Veil.ERASED)
    assert differences(url) == []
    with connected(url) as connection:
        assert sweep(connection, days=3.9).running
        assert sweep(connection, days=4.2) == Erased()
        assert places_of(connection, MEMBER) == {}
        assert {job_of(connection, 1).member} == {job_of(connection, 2).member}


def test_a_month_is_over_when_it_is_over(url: str) -> None:
    monthly = Plan(20, PeriodKind.MONTH)
    with connected(url) as connection:
        delivered(Till(connection, plan=monthly), 1, price=5)
        erasing.wish(connection, MEMBER, START + DAY)
        assert erasing.erase(connection, GUILD, MEMBER, monthly, START + 5 * DAY) == Erased(pictures=1, running=True)
        assert Till(connection, plan=monthly, now=START + 5 * DAY).room(MEMBER, frozenset()).use == 5
        assert erasing.erase(connection, GUILD, MEMBER, monthly, START + 9 * DAY) == Erased()
        assert places_of(connection, MEMBER) == {}


def test_what_was_kept_and_is_being_shown_is_shown_first(url: str) -> None:
    with connected(url) as connection:
        till = till_of(connection)
        till.keep(till.bring(1, JobState.PAINTED).held_lease)
        claimed = kept.claim(connection, job_id(1), 22, 1000, START)
        assert claimed is not None
        assert erase(connection, days=2) == Erased(unfinished=1)
        assert job_of(connection, 1).painted is not None
        kept.shown(connection, job_id(1), Hung(5, "fox.png"))
        assert sweep(connection, days=3) == Erased(pictures=1)


def test_who_goes_on_has_an_account_that_adds_up_and_what_came_later_stays(url: str) -> None:
    with connected(url) as connection:
        delivered(till_of(connection), 1, price=2)
        till_of(connection).act(act(50, Verb.GIVE, ME, 7, at=START))
        till_of(connection).act(act(51, Verb.RESET, ME, at=START))
        delivered(till_of(connection), 2, price=3)
        erase(connection, days=0.4)
        delivered(till_of(connection, 0.45), 3, price=1)
    assert differences(url) == []
    for days in (2, 3, 5):
        with connected(url) as connection:
            sweep(connection, days)
            delivered(till_of(connection, days), 10 + days)
        assert differences(url) == []
    with connected(url) as connection:
        assert all(job_of(connection, number).member < 0 for number in (1, 2))
        assert all(job_of(connection, number).member == MEMBER for number in (3, 12, 13, 15))
        assert till_of(connection, 5).room(MEMBER, frozenset()).use == 1
        assert connection.execute(select(func.count()).select_from(erasures)).scalar_one() == 0


def test_what_is_under_way_or_kept_is_finished_first_and_seen_for_a_day(url: str) -> None:
    with connected(url) as connection:
        till = till_of(connection)
        kept = till.keep(till.bring(1, JobState.PAINTED).held_lease)
        painted = till.bring(2, JobState.PAINTED)
        till.bring(3, JobState.QUEUED)
        assert kept is not None
        assert erase(connection, days=2) == Erased(unfinished=3)
        assert {job_of(connection, number).parameters.prompt for number in (1, 2, 3)} == {"a fox in the snow"}
    assert differences(url) == []
    with connected(url) as connection:
        later = till_of(connection, 3)
        later.settle(painted.held_lease, JobState.DELIVERED)
        assert sweep(connection, days=3.5) == Erased(unfinished=2, running=True)
        assert job_of(connection, 2).veil is None
        assert sweep(connection, days=4.5) == Erased(pictures=1, unfinished=2)
        assert job_of(connection, 2).veil is Veil.ERASED
        assert places_of(connection, MEMBER)["jobs.member"] == 2
    assert differences(url) == []


def test_a_cap_and_a_block_of_staff_outlast_the_wish(url: str) -> None:
    with connected(url) as connection:
        till_of(connection).act(act(40, Verb.SET, ME, 9, at=START))
        delivered(till_of(connection, 1), 1)
        till_of(connection, 1).act(act(41, Verb.SET, ME, 3, at=START + DAY))
        block(connection, until=None)
        assert erase(connection, days=4) == Erased(pictures=1, blocked=True, capped=True)
        assert till_of(connection, 4).room(MEMBER, frozenset()).cap.limit == 3
        assert connection.execute(select(records.c.subject)).scalars().all() == [str(MEMBER)]
    assert differences(url) == []
    with connected(url) as connection:
        till_of(connection, 5).act(act(42, Verb.SET, ME, at=START + 5 * DAY))
        connection.execute(update(blocks).values(until=START + 5 * DAY))
        sweep(connection, days=7)
        assert places_of(connection, MEMBER).keys() <= {"ledger.member", "members.member", "erasures.member"}
        assert connection.execute(select(func.count()).select_from(blocks)).scalar_one() == 0
        (subject,) = connection.execute(select(records.c.subject)).scalars()
        assert int(subject) < 0


def block(connection: Connection, until: Any) -> None:
    columns = {"guild": GUILD, "actor": STAFF, "subject": str(MEMBER), "at": START, "reason": "spam"}
    number = connection.execute(
        insert(records).values(key="b", event="block", **columns).returning(records.c.id)
    ).scalar_one()
    connection.execute(insert(blocks).values(guild=GUILD, member=MEMBER, until=until, reason="spam", record=number))


def test_what_belongs_to_no_guild_goes_at_once_and_reports_lose_their_words(url: str) -> None:
    with connected(url) as connection:
        delivered(till_of(connection), 1, member=OTHER)
        for person in (MEMBER, OTHER):
            connection.execute(insert(preferences).values(member=person, options="{}"))
            connection.execute(insert(presets).values(member=person, name="p", options="{}", suffix="x"))
            shelf.mark(connection, person, job_id(1), START, favourite=True)
            said = {"job": job_id(1), "reporter": person, "reason": "it shows me", "at": START}
            connection.execute(insert(reports).values(said))
            for kind in ("search", "edit"):
                kept = {"key": f"{kind}:{person}:5", "payload": "fox", "until": START + DAY}
                connection.execute(insert(confirmations).values(kept))
        assert erase(connection, days=2) == Erased(running=True)
        for table in (preferences, presets, favourites):
            assert set(connection.execute(select(table.c.member)).scalars()) == {OTHER}
        left = set(connection.execute(select(confirmations.c.key)).scalars())
        assert left == {f"search:{OTHER}:5", f"edit:{OTHER}:5"}
        told = connection.execute(select(reports.c.reporter, reports.c.reason).order_by(reports.c.reporter)).all()
        assert [tuple(it) for it in told] == [(MEMBER, ""), (OTHER, "it shows me")]
        assert sweep(connection, days=31) == Erased()
        assert places_of(connection, MEMBER) == {}


def test_what_a_member_of_staff_did_is_done_by_nobody(url: str) -> None:
    with connected(url) as connection:
        story.write(connection)
        block(connection, until=START + DAY)
        said = {"guild": GUILD, "event": "remove", "subject": "1-0", "after": f'"{STAFF}"', "at": START}
        connection.execute(insert(records).values(key="r", actor=OTHER, **said))
        erase(connection, days=1, person=STAFF)
        assert places_of(connection, STAFF) == {}
        assert not re.search(rf"\b{STAFF}\b", str(connection.execute(select(records)).all()))
        assert places_of(connection, OTHER)["records.actor"] == 1


@pytest.mark.parametrize("days", [0.1, 1, 40])
@pytest.mark.parametrize("person", [MEMBER, story.OTHER, story.HOLDER, STAFF])
def test_whoever_is_erased_whenever_the_books_stay_right(url: str, person: int, days: float) -> None:
    with connected(url) as connection:
        story.write(connection)
    with connected(url) as connection:
        erase(connection, days, person)
    assert differences(url) == []
    with connected(url) as connection:
        for later in (1.5, 3, 70):
            sweep(connection, days + later)
    assert differences(url) == []


def test_erased_twice_and_in_every_guild(url: str) -> None:
    with connected(url) as connection:
        for number, guild in ((1, GUILD), (2, 99)):
            delivered(till_of(connection), number, guild=guild)
        assert erase(connection, days=0.1).pictures == 2
        assert erase(connection, days=3) == Erased()
        assert places_of(connection, MEMBER) == {}
        assert len({job_of(connection, number).member for number in (1, 2)}) == 2


def test_a_removed_picture_stays_removed_and_a_hidden_one_can_still_be(url: str) -> None:
    with connected(url) as connection:
        for number, veil in ((1, Veil.REMOVED), (2, Veil.HIDDEN)):
            delivered(till_of(connection), number)
            connection.execute(update(jobs).where(jobs.c.id == job_id(number)).values(veil=veil.value))
        erase(connection, days=3)
        assert [job_of(connection, number).veil for number in (1, 2)] == [Veil.REMOVED, Veil.ERASED]
        assert {job_of(connection, number).parameters.prompt for number in (1, 2)} == {"(removed)"}


def test_what_was_shown_again_is_nobodys_after_a_day(url: str) -> None:
    with connected(url) as connection:
        delivered(till_of(connection), 1, member=OTHER)
        copy = Copy(id=JobId("9-0"), job=job_id(1), guild=GUILD, channel=22, member=MEMBER)
        assert shelf.claim(connection, copy, timedelta(), START)
        shelf.stands(connection, copy.id, Hung(5, "fox.png"))
        assert erase(connection, days=0.5).running
        assert places_of(connection, MEMBER) == {"copies.member": 1, "erasures.member": 1}
        assert sweep(connection, days=1.5) == Erased()
        (left,) = shelf.of(connection, job_id(1))
        assert left.member < 0


def test_nothing_is_erased_for_nobody(url: str) -> None:
    with connected(url) as connection:
        assert erasing.erase(connection, 404, MEMBER, DAILY, START) == Erased()
        till_of(connection).hold(order(1))
        assert erasing.erase(connection, GUILD, MEMBER, DAILY, START) == Erased()
        assert caller().member == MEMBER
