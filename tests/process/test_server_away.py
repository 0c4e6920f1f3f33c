"""The PostgreSQL server stops in the middle, and comes back."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from standins.discord.reading import pictures, texts
from tests.adapters.storage import postgres as servers
from tests.adapters.storage.postgres import Postgres
from tests.process.house import PROMPT, House


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with servers.running() as postgres:
        yield postgres


@pytest.fixture
async def house(tmp_path: Path, postgres: Postgres) -> AsyncIterator[House]:
    async with House.open(tmp_path) as house:
        house.settings["DATABASE_URL"] = postgres.create()
        await house.start()
        yield house
        await house.audit()


async def test_while_the_server_is_away_the_doors_refuse_and_then_all_goes_on(house: House, postgres: Postgres) -> None:
    source = await house.picture()
    for mode in ("fast", "immediate"):
        asked = await house.painting()
        with postgres.away(mode):
            house.endpoint.release()
            begun = (
                await house.ada.slash(house.channel, "imagine", prompt=PROMPT),
                await house.ben.press(source, label="Reroll"),
                await house.ben.slash(house.channel, "credits"),
            )
        for it in begun:
            assert it.ephemeral
            assert it.response is not None
            assert "I cannot reach my records" in texts(it.response)
        await asked.until(lambda message: bool(pictures(message)))
    assert "**97** left" in await house.credits()
    assert len(house.channel.messages) == len(house.endpoint.posts) == 3
    assert pictures(await house.picture())
    assert await house.check() == (0, "The books are right.")
