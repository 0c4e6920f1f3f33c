"""What holds whatever a door asks for."""

from collections.abc import AsyncIterator, Awaitable
from datetime import date
from pathlib import Path

import pytest

from bot.adapters.storage import Database, SqlBooks, SqlOffices, migrate
from bot.adapters.words import ListFilters
from bot.domain.acts import Target, TargetKind, Verb
from bot.domain.credits import PeriodKind, Plan
from bot.domain.ledger import Search
from bot.domain.refusals import NotStaffError, TooLittleError
from bot.services.rulebook import Rulebook
from bot.services.scribe import Scribe
from bot.services.steward import Steward
from tests.examples import a_caller
from tests.services.world import QuietDesk, StillClock

PLAN = Plan(100, PeriodKind.MONTH)
MEMBER, ROLE = Target(TargetKind.MEMBER, 30), Target(TargetKind.ROLE, 77)


@pytest.fixture
async def steward(tmp_path: Path) -> AsyncIterator[Steward]:
    async with Database.open(f"sqlite:///{tmp_path}/bot.db") as database:
        await database.run(migrate)
        clock = StillClock()
        books = SqlBooks(database, clock)
        rulebook = Rulebook(SqlOffices(database, PLAN), ListFilters())
        yield Steward(rulebook, Scribe(rulebook, QuietDesk()), books, books, books, books, clock, PLAN)


async def test_a_search_for_another_guild_finds_the_callers_own_entries(steward: Steward) -> None:
    await steward.propose(a_caller(manages=True), Verb.GIVE, MEMBER, 5, "of guild 10")
    other = a_caller(guild=11, interaction=2, manages=True)
    await steward.pool(other)
    page = await steward.history(other, Search(guild=10), None, 10)
    assert [entry.reason for entry in page.entries] == [None]


async def test_a_page_says_whether_older_entries_follow(steward: Steward) -> None:
    staff = a_caller(manages=True)
    await steward.pool(staff)
    assert not (await steward.history(staff, Search(guild=10), None, 1)).more
    await steward.propose(staff, Verb.GIVE, MEMBER, 5, None)
    page = await steward.history(staff, Search(guild=10), None, 1)
    assert page.more
    assert not (await steward.history(staff, Search(guild=10), page.entries[0].id, 1)).more


async def test_what_cannot_be_carried_out_is_not_even_asked(steward: Steward) -> None:
    with pytest.raises(TooLittleError):
        await steward.propose(a_caller(manages=True), Verb.TAKE, ROLE, 1, None)


async def test_everything_that_touches_the_books_is_for_staff(steward: Steward) -> None:
    caller = a_caller(manages=False)
    attempts: list[Awaitable[object]] = [
        steward.propose(caller, Verb.GIVE, MEMBER, 5, None),
        steward.propose(caller, Verb.RESET, ROLE, None, None),
        steward.confirm(caller, "1", lambda _: None),
        steward.pool(caller),
        steward.standing(caller, 30, frozenset()),
        steward.history(caller, Search(guild=10), None, 1),
        steward.top(caller, 1),
    ]
    for attempt in attempts:
        with pytest.raises(NotStaffError):
            await attempt


async def test_today_is_the_day_of_the_ledgers_clock(steward: Steward) -> None:
    assert steward.today() == date(2026, 3, 1)
