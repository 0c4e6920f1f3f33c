from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from typing import Final

import pytest
import pytest_asyncio

from tests.adapters.storage import postgres as servers
from tests.adapters.storage.postgres import Postgres
from tests.crashes.house import MortalHouse

BY_NAME: Final = ", by name"
"""Where pictures are ordered by name, so that the next process can ask for them."""
HouseOn = Callable[[str], Awaitable[MortalHouse]]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with servers.running() as postgres:
        yield postgres


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house_on(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[HouseOn]:
    """One for each database and all tests of a module: to start the bot costs more than most of them."""
    houses: dict[str, MortalHouse] = {}

    async def house_on(database: str) -> MortalHouse:
        if database not in houses:
            house = await opened.enter_async_context(MortalHouse.open(tmp_path_factory.mktemp("house")))
            house.settings["ONEMIN_ASYNC"] = str(database.endswith(BY_NAME))
            if database.startswith("postgresql"):
                house.settings["DATABASE_URL"] = request.getfixturevalue("postgres").create()
            house.settings["ONEMIN_CONCURRENCY"] = "1"
            await house.start()
            house.source = await house.picture()
            houses[database] = house
        return houses[database]

    async with AsyncExitStack() as opened:
        yield house_on
        for house in houses.values():
            assert await house.check() == (0, "The books are right.")


@pytest_asyncio.fixture(loop_scope="module")
async def house(request: pytest.FixtureRequest, house_on: HouseOn) -> AsyncIterator[MortalHouse]:
    """On the database that the test names, with a channel and a member of one's own."""
    house = await house_on(request.param)
    house.channel, house.ada = house.guild.channel("art"), house.guild.member("ada")
    house.discord.forget()
    await house.remember()
    yield house
    house.arm()
    house.endpoint.release()
    house.discord.heal()
    await house.audit()
