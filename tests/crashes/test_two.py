"""Two processes share a PostgreSQL database, each with a shard of its own, and one of them is killed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from standins.discord.reading import pictures, texts
from tests.adapters.storage.postgres import Postgres
from tests.crashes.cases import End
from tests.crashes.house import MortalHouse

SHARDS = 2


@pytest.fixture
async def houses(postgres: Postgres, tmp_path: Path) -> AsyncIterator[tuple[MortalHouse, MortalHouse]]:
    """The one that serves the guild, and the other; both at work."""
    async with MortalHouse.open(tmp_path) as first:
        folder = tmp_path / "second"
        folder.mkdir()
        second = MortalHouse(folder, first.discord, first.endpoint)
        shard, address = (first.guild.id >> 22) % SHARDS, postgres.create()
        first.discord.gateway.starts.max_concurrency = SHARDS
        for house, number in ((first, shard), (second, 1 - shard)):
            house.settings |= {"DATABASE_URL": address, "SHARD_COUNT": str(SHARDS), "SHARD_IDS": str(number)}
            await house.start()
        yield first, second
        assert await second.stop() == 0
        await second.audit()


@pytest.mark.parametrize(
    ("point", "end"),
    [("after:request", End.INTERRUPTED), ("after:painted", End.PICTURE), ("after:deliver", End.PICTURE)],
)
async def test_the_other_takes_over_what_the_dead_one_left(
    houses: tuple[MortalHouse, MortalHouse], point: str, end: End
) -> None:
    dying, _ = houses
    dying.arm(point)
    dying.ada.begin_slash(dying.channel, "imagine", prompt="a fox between two bots")
    await dying.died()
    (card,) = await dying.channel.until(
        lambda messages: any(pictures(it) if end is End.PICTURE else end.value in texts(it) for it in messages)
    )
    assert len(pictures(card)) == (end is End.PICTURE)
    assert len(dying.endpoint.posts) == 1
