"""Two processes share a PostgreSQL database, each with a shard of its own: they race, and one of them is killed."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import aiohttp
import pytest

from standins.discord.reading import buttons, pictures, texts
from standins.discord.rights import Right
from standins.discord.state import Payload
from tests.adapters.storage.postgres import Postgres
from tests.crashes.cases import End
from tests.crashes.house import MortalHouse

SHARDS = 2
POOL, BOUND = 3, 5
"""Less than is asked for in both guilds together, and less than both of them have."""

Houses = tuple[MortalHouse, MortalHouse]


@pytest.fixture
async def houses(request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path) -> AsyncIterator[Houses]:
    """Both at work, each with a guild on its own shard. The second one's guild is the operator's."""
    async with MortalHouse.open(tmp_path) as first:
        folder = tmp_path / "second"
        folder.mkdir()
        second = MortalHouse(folder, first.discord, first.endpoint)
        second.guild = first.discord.guild("Bureau", number=first.guild.id ^ 1 << 22)
        second.channel, second.ada = second.guild.channel("art"), second.guild.member("ada")
        second.ben = second.guild.member("ben", permissions=Right.ADMINISTRATOR)
        shard, address = (first.guild.id >> 22) % SHARDS, postgres.create()
        first.discord.gateway.starts.max_concurrency = SHARDS
        for house, number in ((first, shard), (second, 1 - shard)):
            house.settings |= {"DATABASE_URL": address, "SHARD_COUNT": str(SHARDS), "SHARD_IDS": str(number)}
            house.settings |= {"OPERATOR_GUILD_ID": str(second.guild.id), "OPERATOR_IDS": str(second.ben.id)}
            house.settings |= getattr(request, "param", {})
            await house.start()
        yield first, second
        assert await second.stop() == 0
        await second.audit()


@pytest.mark.parametrize(
    ("point", "end"),
    [("after:request", End.INTERRUPTED), ("after:painted", End.PICTURE), ("after:deliver", End.PICTURE)],
)
async def test_the_other_takes_over_what_the_dead_one_left(houses: Houses, point: str, end: End) -> None:
    dying, _ = houses
    dying.arm(point)
    dying.ada.begin_slash(dying.channel, "imagine", prompt="a fox between two bots")
    await dying.died()
    (card,) = await dying.channel.until(
        lambda messages: any(pictures(it) if end is End.PICTURE else end.value in texts(it) for it in messages)
    )
    assert len(pictures(card)) == (end is End.PICTURE)
    assert len(dying.endpoint.posts) == 1


@pytest.mark.parametrize(
    "houses",
    [{"PROVIDER_CALLS_PER_DAY": str(BOUND), "GUILD_CREDITS": str(POOL), "ONEMIN_CONCURRENCY": "1"}],
    indirect=True,
)
async def test_however_they_race_nobody_gets_past_a_pool_or_the_days_bound(houses: Houses) -> None:
    first, second = houses
    first.endpoint.hold()
    wishes = [it.ada.begin_slash(it.channel, "imagine", prompt="a fox") for _ in range(BOUND) for it in houses]
    await first.endpoint.arrived(SHARDS)  # each paints one at a time, so both are at work
    first.endpoint.release()
    for it in wishes:
        await it.answered()
    for house in houses:
        await house.channel.until(lambda messages: not any("Cancel" in buttons(it) for it in messages))
    made = [shown(it) for it in houses]
    assert sum(made) == len(first.endpoint.posts) == BOUND
    assert [await it.credits_left() for it in houses] == [POOL - it for it in made]
    assert f"{BOUND} of {BOUND} paid calls" in await operator(second, "calls")
    assert {it["event"] for house in houses for it in house.complaints()} <= {
        "the day's bound on paid calls is reached"  # where it was not the door that noticed
    }


@pytest.mark.parametrize("houses", [{"ONEMIN_CONCURRENCY": "1", "GUILD_CREDITS": "5"}], indirect=True)
async def test_what_is_decided_in_one_holds_for_what_the_other_does(houses: Houses) -> None:
    first, second = houses
    mod = first.guild.member("mod", permissions=Right.MANAGE_GUILD)
    panel = await mod.slash(first.channel, "settings")
    assert panel.response is not None
    await mod.choose(panel.response, "panel:1:pages", ["log"])
    for inscribed in (True, False):
        first.endpoint.hold()
        wanted = len(first.endpoint.posts) + SHARDS
        for _ in range(SHARDS):
            await first.ada.slash(first.channel, "imagine", prompt="a fox")
        await first.endpoint.arrived(wanted)  # one of them by the process that does not serve the guild
        if not inscribed:
            await mod.choose(panel.response, "set:1:inscribed:0", ["false"])
            await panel.until(lambda told: "**Files tell how they were made** was yes, is no." in texts(told))
        first.endpoint.release()
        await first.discord.until(partial(shows, first, wanted))
    plain = [it in first.endpoint.pictures.values() for it in await files(first)]
    assert plain == [False, False, True, True]

    assert "is paused" in await operator(second, "pause", guild=str(first.guild.id))
    refused = await first.ada.slash(first.channel, "imagine", prompt="a fox")
    assert refused.response is not None
    assert "paused by the bot's operator" in texts(refused.response)
    await operator(second, "resume", guild=str(first.guild.id))

    wishes = [first.ada.begin_slash(first.channel, "imagine", prompt="a fox") for _ in range(4)]
    granted = operator(second, "grant", guild=str(first.guild.id), amount=2)
    await asyncio.gather(granted, *(it.answered() for it in wishes))
    left = await first.credits_left()
    assert shown(first) + left == 7
    assert first.complaints() == second.complaints() == []


async def operator(house: MortalHouse, verb: str, **options: object) -> str:
    """What the operator reads in a guild of theirs."""
    told = await house.ben.slash(house.channel, f"operator {verb}", **options)
    assert told.response is not None
    return texts(told.response)


def shown(house: MortalHouse) -> int:
    return sum(len(pictures(it)) for it in house.channel.messages)


def shows(house: MortalHouse, count: int) -> bool:
    return shown(house) == count


async def files(house: MortalHouse) -> list[bytes]:
    """Of the pictures in the channel, in order."""
    async with aiohttp.ClientSession() as session:
        return [await _fetched(session, it) for message in house.channel.messages for it in pictures(message)]


async def _fetched(session: aiohttp.ClientSession, picture: Payload) -> bytes:
    async with session.get(picture["media"]["url"]) as answer:
        return await answer.read()
