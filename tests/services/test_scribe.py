"""What stands in a guild's log: batched, in order, bounded, and never in anybody's way."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.domain.news import Decided, Made, News, Refused
from bot.domain.records import Deed, Event, Record
from bot.domain.refusals import NotStaffError
from bot.domain.rules import Family
from bot.services import scribe as scribes
from tests.examples import NOON, a_caller, a_job
from tests.services.test_office import Bureau, bureau
from tests.services.world import Workshop

__all__ = ["bureau"]


def made(number: int) -> News:
    return Made(a_job(member=number))


def refused() -> News:
    return Refused(a_caller(), None, NotStaffError(), NOON)


async def log_into(bureau: Bureau, **channels: int) -> None:
    known = await bureau.known()
    await bureau.office.change(bureau.staff(), "log", channels, known.revisions.get("log", 0))
    await bureau.scribe.flush()
    bureau.desk.posts.clear()


async def test_each_kind_goes_where_the_rules_say_and_what_has_no_channel_nowhere(bureau: Bureau) -> None:
    await log_into(bureau, made=5, changed=6)
    changed = Record(1, Deed(key="k", guild=10, actor=7, event=Event.SETTING, subject="paused", at=NOON))
    for news in (made(1), refused(), Decided(changed), made(2)):
        bureau.scribe.tell(news)
    await bureau.scribe.flush()
    assert bureau.desk.posts == [(10, 5, [made(1), made(2)]), (10, 6, [Decided(changed)])]
    await bureau.scribe.flush()
    assert len(bureau.desk.posts) == 2


async def test_a_message_holds_only_so_many(bureau: Bureau) -> None:
    await log_into(bureau, made=5)
    for number in range(scribes.MOST_IN_ONE + 1):
        bureau.scribe.tell(made(number))
    await bureau.scribe.flush()
    assert [len(news) for _, _, news in bureau.desk.posts] == [scribes.MOST_IN_ONE, 1]


async def test_a_fault_is_there_for_staff_until_it_is_gone(bureau: Bureau) -> None:
    await log_into(bureau, made=5)
    bureau.desk.fault = "I may not write there"
    bureau.scribe.tell(made(1))
    await bureau.scribe.flush()
    assert bureau.scribe.faults(10) == {Family.MADE: "I may not write there"}
    assert bureau.scribe.faults(11) == {}
    bureau.desk.fault = None
    bureau.scribe.tell(made(2))
    await bureau.scribe.flush()
    assert bureau.scribe.faults(10) == {}


async def test_without_a_channel_there_is_no_fault_any_more(bureau: Bureau) -> None:
    await log_into(bureau, made=5)
    bureau.desk.fault = "I may not write there"
    bureau.scribe.tell(made(1))
    await bureau.scribe.flush()
    await log_into(bureau)
    bureau.scribe.tell(made(2))
    await bureau.scribe.flush()
    assert bureau.scribe.faults(10) == {}


async def test_memory_is_bounded_and_the_newest_stay(bureau: Bureau) -> None:
    await log_into(bureau, made=5)
    for number in range(scribes.MOST_OF_GUILD + 1):
        bureau.scribe.tell(made(number))
    await bureau.scribe.flush()
    posted = [news for _, _, post in bureau.desk.posts for news in post]
    assert (len(posted), posted[0], posted[-1]) == (scribes.MOST_OF_GUILD, made(1), made(scribes.MOST_OF_GUILD))


async def test_a_flood_of_one_guild_costs_no_other_its_news(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    await log_into(bureau, made=5)
    monkeypatch.setattr(scribes, "MOST_WAITING", 20)
    bureau.scribe.tell(made(1))
    for number in range(5001):
        bureau.scribe.tell(Made(a_job(guild=11, member=number)))
    await bureau.scribe.flush()
    assert bureau.desk.posts == [(10, 5, [made(1)])]
    for number in range(19):
        bureau.scribe.tell(Made(a_job(guild=11, member=number)))
    for number in range(5):
        bureau.scribe.tell(made(number))
    await bureau.scribe.flush()
    assert bureau.desk.posts[1:] == [(10, 5, [made(number) for number in range(5)])]


async def test_at_a_stop_what_is_on_its_way_is_waited_for(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scribes, "PAUSE_SECONDS", 0)
    await log_into(bureau, made=5)
    bureau.desk.stuck.add(10)
    working = asyncio.create_task(bureau.scribe.run())
    bureau.scribe.tell(made(1))
    async with asyncio.timeout(5):
        while not bureau.desk.waiting:
            await asyncio.sleep(0)
    bureau.scribe.tell(made(2))
    stopping = asyncio.create_task(bureau.scribe.flush())
    await asyncio.sleep(0)
    bureau.desk.stuck.clear()
    bureau.desk.waiting.pop().set()
    await stopping
    working.cancel()
    assert [news for _, _, post in bureau.desk.posts for news in post] == [made(1), made(2)]


async def test_a_channel_that_is_stuck_delays_no_other_guild(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scribes, "PAUSE_SECONDS", 0)
    await log_into(bureau, made=5)
    await bureau.office.change(bureau.staff(guild=11), "log", {"made": 6}, 0)
    await bureau.scribe.flush()
    bureau.desk.posts.clear()
    bureau.desk.stuck.add(11)
    working = asyncio.create_task(bureau.scribe.run())
    bureau.scribe.tell(Made(a_job(guild=11)))
    for number in range(3):  # each in a round of its own
        bureau.scribe.tell(made(number))
        bureau.scribe.tell(Made(a_job(guild=11, member=number)))
        async with asyncio.timeout(5):
            while len(bureau.desk.posts) <= number:
                await asyncio.sleep(0)
    assert bureau.desk.posts == [(10, 5, [made(number)]) for number in range(3)]
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    bureau.desk.stuck.clear()
    await bureau.scribe.flush()
    ((guild, channel, news),) = bureau.desk.posts[3:]
    assert (guild, channel, news[-1]) == (11, 6, Made(a_job(guild=11, member=2)))


async def test_what_nobody_foresaw_in_one_guilds_log_stops_no_other(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    await log_into(bureau, made=5)
    await bureau.office.change(bureau.staff(guild=11), "log", {"made": 6}, 0)
    await bureau.scribe.flush()
    bureau.desk.posts.clear()
    post = bureau.desk.post

    async def fails_at_eleven(guild: int, channel: int, news: Sequence[News]) -> str | None:
        if guild == 11:
            raise ZeroDivisionError
        return await post(guild, channel, news)

    monkeypatch.setattr(bureau.desk, "post", fails_at_eleven)
    bureau.scribe.tell(Made(a_job(guild=11)))
    bureau.scribe.tell(made(1))
    await bureau.scribe.flush()
    assert bureau.desk.posts == [(10, 5, [made(1)])]


async def test_a_database_that_is_gone_stops_nothing(tmp_path: Path) -> None:
    async with Workshop.open(tmp_path) as shop:
        shop.scribe.tell(made(1))
        shop.database.engine.dispose()
        file = tmp_path / "bot.db"
        file.rename(tmp_path / "away")
        (tmp_path / "bot.db").mkdir()
        await shop.scribe.flush()
        (tmp_path / "bot.db").rmdir()
        (tmp_path / "away").rename(file)
    assert shop.log_desk.posts == []


async def test_what_is_told_is_posted_a_little_later(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scribes, "PAUSE_SECONDS", 0)
    await log_into(bureau, made=5)
    working = asyncio.create_task(bureau.scribe.run())
    bureau.scribe.tell(made(1))
    async with asyncio.timeout(5):
        while not bureau.desk.posts:
            await asyncio.sleep(0)
    working.cancel()
    assert bureau.desk.posts == [(10, 5, [made(1)])]
