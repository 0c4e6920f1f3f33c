"""What staff decide, on the real storage: written once, undone once, and lost to nobody who was slower."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.storage import Database, SqlOffices, migrate
from bot.adapters.words import ListFilters
from bot.domain.credits import PeriodKind, Plan
from bot.domain.orders import Caller
from bot.domain.records import Deeds, Event, Regulations
from bot.domain.refusals import NotStaffError, StorageDownError
from bot.domain.rule_refusals import (
    BadSettingError,
    ChangedMeanwhileError,
    NotBlockedError,
    NothingToUndoError,
    OnlyManagersError,
)
from bot.domain.rules import Family, Rerollers
from bot.services import rulebook as rulebooks
from bot.services.office import Office
from bot.services.rulebook import Rulebook
from bot.services.scribe import Scribe
from tests.examples import a_caller
from tests.services.world import QuietDesk, StillClock

GUILD = 10


class Bureau:
    """Two processes with one database: `office` and `rulebook` are ours, `other` the other's."""

    def __init__(self, database: Database) -> None:
        self.clock = StillClock()
        self.offices = SqlOffices(database, Plan(100, PeriodKind.MONTH))
        self.rulebook, self.elsewhere = Rulebook(self.offices, ListFilters()), Rulebook(self.offices, ListFilters())
        self.desk = QuietDesk()
        self.scribe = Scribe(self.rulebook, self.desk)
        self.office = Office(self.offices, self.rulebook, ListFilters(), self.scribe, self.clock)
        self.other = Office(self.offices, self.elsewhere, ListFilters(), self.scribe, self.clock)
        self._interactions = 100

    def staff(self, **more: Any) -> Caller:
        self._interactions += 1
        return a_caller(interaction=self._interactions, **{"manages": True, **more})

    async def known(self) -> Regulations:
        return await self.rulebook.of(GUILD)


@pytest.fixture
async def bureau(tmp_path: Path) -> AsyncIterator[Bureau]:
    async with Database.open(f"sqlite:///{tmp_path}/bot.db") as database:
        await database.run(migrate)
        yield Bureau(database)


async def test_a_change_holds_at_once_and_is_written_down(bureau: Bureau) -> None:
    await bureau.known()
    record = await bureau.office.change(bureau.staff(member=7), "cooldown", 60, 0)
    assert (await bureau.known()).rules.cooldown == 60
    (kept,) = (await bureau.office.records(bureau.staff(), Deeds(guild=GUILD), None, 10)).records
    assert kept == replace(record, deed=replace(record.deed))
    assert (kept.deed.actor, kept.deed.subject, kept.deed.before, kept.deed.after) == (7, "cooldown", None, "60")


async def test_lists_and_maps_come_back_as_they_were_set(bureau: Bureau) -> None:
    for name, value in {
        "channels": {3, 1, 2},
        "defaults": {"steps": 30, "aspect_ratio": "16:9"},
        "log": {"made": 5},
        "reroll": "roles",
        "locked": {"seed"},
        "paused": True,
    }.items():
        await bureau.office.change(bureau.staff(), name, value, 0)
    bureau.rulebook.forget(GUILD)
    rules = (await bureau.known()).rules
    assert rules.channels == {1, 2, 3}
    assert rules.defaults == {"steps": 30, "aspect_ratio": "16:9"}
    assert rules.log == {Family.MADE: 5}
    assert (rules.reroll, rules.paused) == (Rerollers.ROLES, True)
    assert rules.locked == {"seed"}


async def test_the_same_press_twice_is_one_change(bureau: Bureau) -> None:
    press = bureau.staff()
    first = await bureau.office.change(press, "cooldown", 60, 0)
    with pytest.raises(ChangedMeanwhileError):
        await bureau.office.change(press, "cooldown", 60, 0)
    assert (await bureau.known()).revisions == {"cooldown": first.id}


async def test_the_slower_of_two_loses_nothing_of_the_quickers(bureau: Bureau) -> None:
    first = await bureau.office.change(bureau.staff(), "channels", {1}, 0)
    with pytest.raises(ChangedMeanwhileError):
        await bureau.office.change(bureau.staff(), "channels", {2}, 0)
    with pytest.raises(ChangedMeanwhileError):  # whose memory is of before
        await bureau.other.change(bureau.staff(), "channels", {2}, 0)
    await bureau.other.change(bureau.staff(), "channels", {1, 2}, first.id)
    bureau.rulebook.forget(GUILD)
    assert (await bureau.known()).rules.channels == {1, 2}


async def test_a_change_and_its_undoing_can_be_undone(bureau: Bureau) -> None:
    await bureau.office.change(bureau.staff(), "cooldown", 30, 0)
    changed = await bureau.office.change(bureau.staff(), "cooldown", 60, (await bureau.known()).revisions["cooldown"])
    undone = await bureau.office.undo(bureau.staff(), changed.id)
    assert ((await bureau.known()).rules.cooldown, undone.deed.undoes) == (30, changed.id)
    await bureau.office.undo(bureau.staff(), undone.id)
    assert (await bureau.known()).rules.cooldown == 60


async def test_what_was_never_set_before_is_undone_to_what_it_is_by_default(bureau: Bureau) -> None:
    changed = await bureau.office.change(bureau.staff(), "tolerance", 4, 0)
    await bureau.office.undo(bureau.staff(), changed.id)
    assert (await bureau.known()).rules.tolerance == 2


async def test_only_the_newest_change_can_be_undone_and_only_of_ones_own_guild(bureau: Bureau) -> None:
    old = await bureau.office.change(bureau.staff(), "cooldown", 30, 0)
    await bureau.office.change(bureau.staff(), "cooldown", 60, old.id)
    blocked = await bureau.office.block(bureau.staff(), 5, None, None)
    newest = (await bureau.known()).revisions["cooldown"]
    for caller, number in ((bureau.staff(), old.id), (bureau.staff(guild=11), newest), (bureau.staff(), blocked.id)):
        with pytest.raises(NothingToUndoError):
            await bureau.office.undo(caller, number)


@pytest.mark.parametrize(("name", "value"), [("cooldown", -1), ("tolerance", 7), ("nonsense", 1), ("log", {"x": 1})])
async def test_a_value_that_cannot_be_is_refused_in_words(bureau: Bureau, name: str, value: object) -> None:
    with pytest.raises(BadSettingError) as refusal:
        await bureau.office.change(bureau.staff(), name, value, 0)
    assert refusal.value.problem
    assert (await bureau.known()).revisions == {}


async def test_nobody_else_decides_anything(bureau: Bureau) -> None:
    stranger = bureau.staff(manages=False)
    changed = await bureau.office.change(bureau.staff(), "cooldown", 30, 0)
    for forbidden in (
        bureau.office.change(stranger, "cooldown", 1, changed.id),
        bureau.office.undo(stranger, changed.id),
        bureau.office.block(stranger, 5, None, None),
        bureau.office.unblock(stranger, 5),
        bureau.office.records(stranger, Deeds(guild=GUILD), None, 1),
        bureau.office.regulations(stranger),
        bureau.office.try_prompt(stranger, "a fox"),
        bureau.office.import_words(stranger, b"fox", {}),
        bureau.office.add_offered(stranger),
    ):
        with pytest.raises(NotStaffError):
            await forbidden


async def test_staff_do_not_make_staff(bureau: Bureau) -> None:
    appointed = await bureau.office.change(bureau.staff(), "staff", {77}, 0)
    helper = bureau.staff(manages=False, roles=frozenset({77}))
    await bureau.office.change(helper, "cooldown", 30, 0)
    with pytest.raises(OnlyManagersError):
        await bureau.office.change(helper, "staff", {77, 78}, appointed.id)
    with pytest.raises(OnlyManagersError):
        await bureau.office.undo(helper, appointed.id)


async def test_a_block_stands_until_its_end_or_until_it_is_lifted(bureau: Bureau) -> None:
    await bureau.office.block(bureau.staff(), 5, timedelta(days=1), "spam")
    block = (await bureau.known()).block_of(5, bureau.clock.now())
    assert block is not None
    assert (block.until, block.reason) == (bureau.clock.now() + timedelta(days=1), "spam")
    await bureau.office.block(bureau.staff(), 5, None, None)
    assert (await bureau.known()).blocks[5].until is None
    await bureau.office.unblock(bureau.staff(), 5)
    assert (await bureau.known()).blocks == {}
    with pytest.raises(NotBlockedError):
        await bureau.office.unblock(bureau.staff(), 5)
    events = [
        it.deed.event for it in (await bureau.office.records(bureau.staff(), Deeds(guild=GUILD), None, 9)).records
    ]
    assert events == [Event.UNBLOCK, Event.BLOCK, Event.BLOCK]


async def test_records_are_searched_and_paged(bureau: Bureau) -> None:
    for number in range(3):
        await bureau.office.block(bureau.staff(member=7), number, None, None)
    await bureau.office.change(bureau.staff(member=8), "paused", value=True, seen=0)
    by_seven = await bureau.office.records(bureau.staff(), Deeds(guild=99, actor=7), None, 2)
    assert ([it.deed.subject for it in by_seven.records], by_seven.more) == (["2", "1"], True)
    older = await bureau.office.records(bureau.staff(), Deeds(guild=GUILD, actor=7), by_seven.records[-1].id, 2)
    assert ([it.deed.subject for it in older.records], older.more) == (["0"], False)
    changes = Deeds(guild=GUILD, events=frozenset({Event.SETTING}))
    assert [it.deed.subject for it in (await bureau.office.records(bureau.staff(), changes, None, 9)).records] == [
        "paused"
    ]
    about = Deeds(guild=GUILD, subject="1")
    assert len((await bureau.office.records(bureau.staff(), about, None, 9)).records) == 1


async def test_what_another_process_changes_holds_here_after_its_next_look(bureau: Bureau) -> None:
    await bureau.elsewhere._look()
    await bureau.elsewhere.of(GUILD)
    await bureau.office.change(bureau.staff(), "cooldown", 60, 0)
    assert (await bureau.elsewhere.of(GUILD)).rules.cooldown == 0
    await bureau.elsewhere._look()
    assert (await bureau.elsewhere.of(GUILD)).rules.cooldown == 60


async def test_where_anything_may_have_changed_elsewhere_everything_is_read_again(bureau: Bureau) -> None:
    for guild in (GUILD, GUILD + 1):
        await bureau.elsewhere.of(guild)
        await bureau.office.change(bureau.staff(guild=guild), "cooldown", 60, 0)
    bureau.elsewhere.forget_all()
    assert [(await bureau.elsewhere.of(guild)).rules.cooldown for guild in (GUILD, GUILD + 1)] == [60, 60]


async def test_memory_is_bounded(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulebooks, "MOST_GUILDS", 2)
    first = await bureau.rulebook.of(1)
    for guild in (2, 1, 3):
        await bureau.rulebook.of(guild)
    assert await bureau.rulebook.of(1) is first
    second = await bureau.rulebook.of(2)
    assert await bureau.rulebook.of(2) is second


async def test_memory_is_bounded_by_words_as_well(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rulebooks, "MOST_WORDS", 3)
    for guild in (1, 2):
        await bureau.office.import_words(bureau.staff(guild=guild), b"fox\nhen\n!hen house", {})
        await bureau.rulebook.of(guild)
    assert list(bureau.rulebook._known) == [2]
    await bureau.rulebook.of(1)
    assert (list(bureau.rulebook._known), bureau.rulebook._weight) == ([1], 3)


async def test_the_same_block_twice_is_one_deed(bureau: Bureau) -> None:
    press = bureau.staff()
    first, again = [await bureau.office.block(press, 5, None, None) for _ in range(2)]
    assert (first.id, again.fresh) == (again.id, False)


async def test_changes_elsewhere_are_looked_for_again_and_again(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rulebooks, "ROUND_SECONDS", 0)
    looks = iter([StorageDownError, None])
    seen = bureau.offices.changed_since

    async def at_first_down(mark: int | None) -> tuple[int, Sequence[int]]:
        if next(looks, None) is not None:
            raise StorageDownError
        return await seen(mark)

    monkeypatch.setattr(bureau.offices, "changed_since", at_first_down)
    watching = asyncio.create_task(bureau.elsewhere.run())
    await bureau.elsewhere.of(GUILD)
    async with asyncio.timeout(5):
        while next(looks, None) is not None:
            await asyncio.sleep(0)
        await bureau.office.change(bureau.staff(), "cooldown", 60, 0)
        while (await bureau.elsewhere.of(GUILD)).rules.cooldown != 60:
            await asyncio.sleep(0)
    watching.cancel()
