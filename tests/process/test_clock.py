"""The machine's clock jumps, forth and back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from standins.discord.reading import pictures
from standins.endpoint import Fault
from tests.adapters.storage.schema import connected
from tests.faults.house import FaultyHouse

HOUR = 3600
DAY = 24 * HOUR


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[FaultyHouse]:
    async with FaultyHouse.open(tmp_path) as house:
        house.settings |= {"GUILD_CREDITS": "100", "GUILD_CREDITS_PERIOD": "day"}
        await house.start()
        yield house
        await house.audit()


def refills(house: FaultyHouse) -> int:
    with connected(house.database_url, beside=True) as connection:
        counted: int = connection.execute(text("SELECT count(*) FROM ledger WHERE kind = 'refill'")).scalar_one()
    return counted


async def test_a_clock_that_jumps_loses_no_picture_and_refills_no_allowance_twice(house: FaultyHouse) -> None:
    for ahead, begun in ((DAY, 2), (DAY - HOUR, 2), (0, 2), (DAY, 2), (2 * DAY, 3)):
        house.channel = house.guild.channel("art")
        asked = await house.painting()
        house.set_clock(ahead)
        meanwhile = await house.ben.slash(house.channel, "imagine", prompt="meanwhile")
        house.endpoint.release()
        for it in (asked, meanwhile):
            await it.until(lambda message: bool(pictures(message)))
        assert refills(house) == begun
    assert "**99** left" in await house.credits()  # what was begun before the last jump is of the day before
    assert len(house.endpoint.posts) == 10


async def test_a_clock_put_back_keeps_no_door_closed(house: FaultyHouse) -> None:
    house.set_clock(DAY)
    house.endpoint.fail(Fault.BAD_KEY)
    refused = await house.ada.slash(house.channel, "imagine", prompt="a fox")
    await refused.until(lambda message: "does not accept this bot's key" in str(message))
    house.set_clock(0)
    assert pictures(await house.picture())
    assert [it["event"] for it in house.complaints()] == ["no pictures can be ordered"]
