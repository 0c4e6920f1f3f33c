"""One process with several shards, and shards that cannot be."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from standins.discord.gateway import welcome
from tests.process.house import House

SHARDS = 3


@pytest.fixture
async def still_house(tmp_path: Path) -> AsyncIterator[House]:
    """In which the bot has not been started."""
    async with House.open(tmp_path) as house:
        yield house


async def refused(house: House) -> str:
    """What the operator reads where the bot ends by itself."""
    await house.launch()
    assert await house.ended() == 2
    told = house.log
    assert "Traceback" not in told
    return told.splitlines()[-1]


def asked_for_shards(house: House) -> int:
    return sum(it.path == "/gateway/bot" for it in house.discord.requests)


async def test_the_shards_that_discord_recommends_begin_as_many_at_once_as_it_allows(still_house: House) -> None:
    house = still_house
    house.settings["SHARD_COUNT"] = "automatic"
    house.discord.portal.shards, house.discord.gateway.starts.max_concurrency = SHARDS, 2
    await house.launch()
    await house.discord.ready(2)
    assert {it.shard for it in house.discord.gateway.connected} == {0, 1}
    await house.discord.ready(SHARDS)  # the third one's key is the first one's: it has to wait
    assert house.discord.gateway.identifies == [(shard, SHARDS) for shard in range(SHARDS)]
    assert asked_for_shards(house) == 1
    assert "left" in await house.credits()
    assert await house.stop() == 0
    await house.audit()


async def test_one_shard_asks_for_nothing(house: House) -> None:
    assert asked_for_shards(house) == 0


async def test_too_many_servers_for_so_few_shards_are_told_plainly(
    still_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(welcome, "MOST_GUILDS", 0)
    assert (await refused(still_house)).startswith("Discord wants more shards for this bot")


async def test_a_day_without_logins_left_is_told_before_the_token_is_lost(still_house: House) -> None:
    house = still_house
    house.settings["SHARD_COUNT"] = "2"
    house.discord.gateway.starts.per_day = 1
    assert (await refused(house)).startswith("Discord allows too few further logins today.")
    assert house.discord.gateway.identifies == []
