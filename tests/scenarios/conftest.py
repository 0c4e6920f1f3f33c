from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.process.house import House
from tests.scenarios.wired import WiredStage


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One bot for all scenarios: each has a guild of its own."""
    async with House.open(tmp_path_factory.mktemp("house")) as house:
        await WiredStage.furnish(house)
        yield house


@pytest_asyncio.fixture(loop_scope="module")
async def house(shared_house: House) -> AsyncIterator[House]:
    yield shared_house
    shared_house.endpoint.release()
    shared_house.endpoint.heal()
    await shared_house.audit()
