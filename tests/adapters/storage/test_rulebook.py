"""Rules, blocks and records on either database, also where two workers decide at the same time."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.storage import SqlOffices, residency, rulebook
from bot.adapters.words import ListFilters
from bot.domain.jobs import JobState
from bot.domain.records import LARGE_DEED, MOST_A_DAY, Block, Deed, Deeds, Event
from bot.domain.rule_refusals import (
    ChangedMeanwhileError,
    ChangedTooOftenError,
    CooldownError,
    ModeratedTooOftenError,
    NotBlockedError,
    NothingToUndoError,
)
from bot.services.rulebook import Rulebook
from tests.adapters.storage.scenes import GUILD, LIMITS, MEMBER, PLAN, STAFF, START, Scene


def deed(number: int, event: Event = Event.SETTING, subject: str = "cooldown", **more: object) -> Deed:
    return Deed(key=f"k{number}", guild=GUILD, actor=STAFF, event=event, subject=subject, at=START, **more)  # type: ignore[arg-type] # whatever a test says


async def test_what_was_set_is_loaded(scene: Scene) -> None:
    offices = SqlOffices(scene.database, PLAN)
    first = await offices.change(deed(1, after="60"), 0)
    second = await offices.change(deed(2, subject="channels", after="[1, 2]"), 0)
    known = await offices.load(GUILD)
    assert known.rules.cooldown == 60
    assert known.rules.channels == {1, 2}
    assert known.revisions == {"cooldown": first.id, "channels": second.id}
    await offices.change(deed(3, after=None), first.id)
    assert (await offices.load(GUILD)).rules.cooldown == 0
    assert (await offices.load(404)).revisions == {}


async def test_of_many_at_once_one_wins_and_the_others_learn_it(scenes: list[Scene]) -> None:
    offices = [SqlOffices(scene.database, PLAN) for scene in scenes]
    attempts = [offices[it % len(offices)].change(deed(it, after=str(it)), 0) for it in range(8)]
    outcomes = await asyncio.gather(*attempts, return_exceptions=True)
    assert sum(isinstance(it, ChangedMeanwhileError) for it in outcomes) == 7
    records = await offices[0].records(Deeds(guild=GUILD), None, 99)
    assert [it.deed.after for it in records] == [str((await offices[0].load(GUILD)).rules.cooldown)]


async def test_long_lists_are_changed_only_so_often_a_day_and_short_ones_always(scene: Scene) -> None:
    offices, revision = SqlOffices(scene.database, PLAN), 0
    for number in range(2):
        text = f'["{number}' + "x" * (MOST_A_DAY // 2 - 5) + '"]'
        revision = (await offices.change(deed(number, subject="words", after=text), revision)).id
    with pytest.raises(ChangedTooOftenError):
        await offices.change(deed(2, subject="words", after="x" * LARGE_DEED), revision)
    await offices.change(deed(3, after="60"), 0)
    tomorrow = START + timedelta(days=1)
    await offices.change(replace(deed(4, subject="words", after=f'["{"x" * LARGE_DEED}"]'), at=tomorrow), revision)


async def test_a_change_that_is_committed_after_a_later_one_is_not_missed(postgres_scenes: list[Scene]) -> None:
    first, second = postgres_scenes
    elsewhere = Rulebook(SqlOffices(second.database, PLAN), ListFilters())
    await elsewhere._look()
    await elsewhere.of(GUILD)
    with first.database.engine.begin() as connection:
        rulebook.change(connection, deed(1, after="60"), PLAN, 0)
        later = replace(deed(2, after="30"), guild=GUILD + 1)
        await SqlOffices(first.database, PLAN).change(later, 0)
        await elsewhere._look()
    assert (await elsewhere.of(GUILD)).rules.cooldown == 0
    await elsewhere._look()
    assert (await elsewhere.of(GUILD)).rules.cooldown == 60


async def test_the_same_deed_again_is_the_same_record(scene: Scene) -> None:
    offices = SqlOffices(scene.database, PLAN)
    for event, work in (
        (Event.SETTING, lambda it: offices.change(it, 0)),
        (Event.BLOCK, lambda it: offices.block(it, Block(None, "spam", 0))),
        (Event.UNBLOCK, offices.unblock),
    ):
        subject = "cooldown" if event is Event.SETTING else str(MEMBER)
        first, again = [await work(deed(hash(event) % 1000, event, subject, after="5")) for _ in range(2)]
        assert (first.id, first.fresh, again.fresh) == (again.id, True, False)


async def test_a_block_is_replaced_and_lifted(scene: Scene) -> None:
    offices = SqlOffices(scene.database, PLAN)
    until = START + timedelta(days=1)
    await offices.block(deed(1, Event.BLOCK, str(MEMBER)), Block(until, "spam", 0))
    replaced = await offices.block(deed(2, Event.BLOCK, str(MEMBER)), Block(None, None, 0))
    assert (await offices.load(GUILD)).blocks == {MEMBER: Block(None, None, replaced.id)}
    await offices.unblock(deed(3, Event.UNBLOCK, str(MEMBER)))
    with pytest.raises(NotBlockedError):
        await offices.unblock(deed(4, Event.UNBLOCK, str(MEMBER)))
    assert (await offices.load(GUILD)).blocks == {}


async def test_others_are_told_which_guilds_changed(scene: Scene) -> None:
    offices = SqlOffices(scene.database, PLAN)
    mark, nothing = await offices.changed_since(None)
    assert nothing == []
    await offices.change(deed(1, after="60"), 0)
    mark, guilds = await offices.changed_since(mark)
    assert guilds == [GUILD]
    assert await offices.changed_since(mark) == (mark, [])


async def test_a_record_is_of_its_guild_alone(scene: Scene) -> None:
    offices = SqlOffices(scene.database, PLAN)
    written = await offices.change(deed(1, after="60"), 0)
    assert (await offices.record(GUILD, written.id)).deed == written.deed
    with pytest.raises(NothingToUndoError):
        await offices.record(12, written.id)


async def test_a_guild_that_is_forgotten_leaves_no_words_and_nobody(scene: Scene) -> None:
    offices = SqlOffices(scene.database, PLAN)
    await offices.change(deed(1, after="60", reason="because of them"), 0)
    await offices.block(deed(2, Event.BLOCK, str(MEMBER), reason="spam"), Block(None, "spam", 0))
    shown = await scene.in_state(JobState.DELIVERED)
    assert await scene.store.report(shown.id, MEMBER, "it shows me") == (1, True)
    await scene.books.leave(GUILD)
    assert await scene.database.run(residency.forget, START, START) == [GUILD]
    known = await offices.load(GUILD)
    assert (known.revisions, known.blocks) == ({}, {})
    assert await scene.store.report(shown.id, MEMBER + 1, "again") == (1, True)
    for record in await offices.records(Deeds(guild=GUILD), None, 9):
        assert record.deed.actor < 0
        assert (record.deed.subject, record.deed.after, record.deed.reason) == ("", None, None)


async def test_a_cooldown_counts_from_what_was_not_free(scene: Scene) -> None:
    scene.limits = replace(LIMITS, cooldown=timedelta(seconds=60))
    failed = await scene.in_state(JobState.FAILED)
    await scene.in_state(JobState.DELIVERED)
    with pytest.raises(CooldownError) as refusal:
        await scene.hold()
    assert refusal.value.over_at == scene.clock.now() + timedelta(seconds=60)
    await scene.hold(member=MEMBER + 1)
    assert failed.ended_at is not None
    scene.clock.moment += timedelta(seconds=60)
    await scene.hold()


async def test_after_too_many_moderated_ones_a_member_waits_for_the_first_to_be_an_hour_old(scene: Scene) -> None:
    for _ in range(2):
        await scene.in_state(JobState.MODERATED)
        scene.clock.moment += timedelta(minutes=10)
    scene.limits = replace(LIMITS, moderated_an_hour=3)
    await scene.hold()
    scene.limits = replace(LIMITS, moderated_an_hour=2)
    with pytest.raises(ModeratedTooOftenError) as refusal:
        await scene.hold()
    assert refusal.value.over_at == START + timedelta(hours=1)
    scene.clock.moment = refusal.value.over_at
    await scene.hold()
