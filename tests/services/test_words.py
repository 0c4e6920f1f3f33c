"""Staff's lists of words, from a file to the door."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from typing_extensions import override

from bot.adapters.storage import Database, SqlOffices, migrate
from bot.adapters.words import ListFilters
from bot.domain.credits import PeriodKind, Plan
from bot.domain.records import Deeds
from bot.domain.rule_refusals import BadSettingError, ChangedMeanwhileError
from bot.ports import WordFilter
from bot.services.office import Office
from bot.services.rulebook import Rulebook
from tests.services.test_office import GUILD, Bureau


class CountingFilters(ListFilters):
    def __init__(self) -> None:
        self.made = 0

    @override
    async def compiled(self, words: Sequence[str], excepted: Sequence[str]) -> WordFilter:
        self.made += 1
        return await super().compiled(words, excepted)


class Desk(Bureau):
    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.filters = CountingFilters()
        self.offices = SqlOffices(database, Plan(100, PeriodKind.MONTH))
        self.rulebook = Rulebook(self.offices, self.filters)
        self.office = Office(self.offices, self.rulebook, self.filters, self.scribe, self.clock)

    async def refused(self, prompt: str) -> str | None:
        return await self.office.try_prompt(self.staff(), prompt)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with Database.open(f"sqlite:///{tmp_path}/bot.db") as database:
        await database.run(migrate)
        yield Desk(database)


async def test_a_list_holds_at_once_and_staff_are_told_which_entry_hits(desk: Desk) -> None:
    assert await desk.refused("a fox") is None
    changed = await desk.office.change(desk.staff(), "words", ["hen", "f*x"], 0)
    assert await desk.refused("a FOX") == "f*x"
    await desk.office.change(desk.staff(), "excepted", ["fox terrier"], 0)
    assert await desk.refused("a fox terrier") is None
    await desk.office.undo(desk.staff(), changed.id)
    assert await desk.refused("a fox") is None


async def test_a_file_takes_the_place_of_both_lists_in_one_go(desk: Desk) -> None:
    await desk.office.change(desk.staff(), "words", ["old"], 0)
    known = await desk.known()
    records = await desk.office.import_words(
        desk.staff(), b"\xef\xbb\xbf# mine\r\nfox\r\n\r\n!fox terrier\r\n", known.revisions
    )
    rules = (await desk.known()).rules
    assert (rules.words, rules.excepted) == (("fox",), ("fox terrier",))
    assert [it.deed.subject for it in records] == ["words", "excepted"]
    undone = await desk.office.undo(desk.staff(), records[0].id)
    assert (undone.deed.after, (await desk.known()).rules.words) == ('["old"]', ("old",))


async def test_what_a_file_leaves_as_it_is_has_no_record(desk: Desk) -> None:
    (record,) = await desk.office.import_words(desk.staff(), b"fox", {})
    assert record.deed.subject == "words"
    assert await desk.office.import_words(desk.staff(), b"# again\nfox\nFOX", {"words": record.id}) == []
    assert len((await desk.office.records(desk.staff(), Deeds(guild=GUILD), None, 9)).records) == 1


async def test_a_file_that_comes_too_late_changes_neither_list(desk: Desk) -> None:
    await desk.office.change(desk.staff(), "excepted", ["hen house"], 0)
    with pytest.raises(ChangedMeanwhileError):
        await desk.office.import_words(desk.staff(), b"fox\n!den", {})
    await desk.rulebook.of(GUILD)
    await desk.other.change(desk.staff(), "excepted", None, (await desk.known()).revisions["excepted"])
    with pytest.raises(ChangedMeanwhileError):  # which only the database knows by now
        await desk.office.import_words(desk.staff(), b"fox\n!den", (await desk.known()).revisions)
    rules = (await desk.known()).rules
    assert (rules.words, rules.excepted) == ((), ())


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\xff",
        b"x" * 5_000_000,
        b"fox\nbell\x07",
        b"".join(b"w%d\n" % it for it in range(10_001)),
        b"a" * 500_000,
        b"!*\nfox",
    ],
    ids=["binary", "megabytes", "control characters", "10,001 lines", "one endless line", "everything excepted"],
)
async def test_a_hostile_file_is_refused_in_words_and_changes_nothing(desk: Desk, data: bytes) -> None:
    with pytest.raises(BadSettingError) as refusal:
        await desk.office.import_words(desk.staff(), data, {})
    assert refusal.value.problem
    assert (await desk.known()).revisions == {}


async def test_the_offered_list_is_added_once_to_what_there_is(desk: Desk) -> None:
    await desk.office.change(desk.staff(), "words", ["fox", "GORE"], 0)
    assert len(await desk.office.add_offered(desk.staff())) == 2
    rules = (await desk.known()).rules
    assert rules.words[:2] == ("fox", "GORE")
    assert rules.words.count("gore") == 0
    assert len(rules.words) > 20
    assert await desk.refused("al gore") is None
    assert await desk.office.add_offered(desk.staff()) == []


async def test_a_list_is_compiled_once_however_many_ask_and_whatever_else_changes(desk: Desk) -> None:
    await desk.office.change(desk.staff(), "words", ["fox"], 0)
    await asyncio.gather(*(desk.refused("a fox") for _ in range(9)))
    assert desk.filters.made == 1
    await desk.office.change(desk.staff(), "cooldown", 60, 0)
    assert await desk.refused("a fox") == "fox"
    assert desk.filters.made == 1
    await desk.office.change(desk.staff(), "excepted", ["fox den"], 0)
    assert await desk.refused("fox den") is None
    assert desk.filters.made == 2


async def test_a_change_during_a_reading_is_not_forgotten(desk: Desk) -> None:
    reading = asyncio.ensure_future(desk.rulebook.of(GUILD))
    await asyncio.sleep(0)
    desk.rulebook.forget(GUILD)
    await reading
    await desk.other.change(desk.staff(), "words", ["fox"], 0)
    assert await desk.refused("a fox") == "fox"
