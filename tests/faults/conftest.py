from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.faults.house import FaultyHouse


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def faulty_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FaultyHouse]:
    """One for all cells that a worker plays: to start the bot costs more than twenty of them."""
    async with FaultyHouse.open(tmp_path_factory.mktemp("house")) as house:
        await house.start()
        yield house
        assert await house.check() == (0, "The books are right.")


@pytest_asyncio.fixture(loop_scope="module")
async def house(faulty_house: FaultyHouse) -> AsyncIterator[FaultyHouse]:
    faulty_house.discord.forget()
    yield faulty_house
    faulty_house.endpoint.heal()
    faulty_house.endpoint.release()
    faulty_house.discord.heal()
