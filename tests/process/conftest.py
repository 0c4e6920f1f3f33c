from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.process.house import House


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """With the bot at work in it."""
    async with House.open(tmp_path) as house:
        await house.start()
        yield house
        await house.audit()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def busy_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """One bot for all tests of a module: to start it costs more than most of them."""
    async with House.open(tmp_path_factory.mktemp("house")) as house:
        await house.start()
        yield house


@pytest_asyncio.fixture(loop_scope="module")
async def room(busy_house: House) -> AsyncIterator[House]:
    """The busy house, with a channel of one's own."""
    busy_house.channel = busy_house.guild.channel("art")
    busy_house.discord.forget()
    yield busy_house
    busy_house.endpoint.release()
    busy_house.discord.heal()
    await busy_house.audit()
