"""The database is locked, the disk is full, Discord is away, one channel is crowded.

The bot answers what it can, refuses in private what it cannot, and goes on by itself when it is over.
"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from typing import Any

import pytest
import pytest_asyncio
from yarl import URL

from standins.discord import Interaction, Trouble
from standins.discord.reading import buttons, pictures, texts
from tests.process.gate import Gate
from tests.process.house import PROMPT, House

DEADLINE = 3.0
UNTIL_IT_IS_BACK = 30.0  # discord.py takes its time before it tries again
WAITING = 200
A_MINUTES_EDITS = 30
"""What Discord silently allows a channel."""

pytestmark = pytest.mark.asyncio(loop_scope="module")
Stormy = tuple[House, Gate]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def far_house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stormy]:
    """With room for a crowd. The way to Discord's gateway leads through a gate, also for who resumes."""
    async with House.open(tmp_path_factory.mktemp("house")) as house:
        gateway = URL(house.discord.gateway_url)
        assert gateway.port is not None
        async with Gate.to(gateway.port) as gate:
            house.discord.gateway.resume_url = str(URL(house.discord.gateway.resume_url).with_port(gate.port))
            house.settings |= {
                "DISCORD_GATEWAY_URL": str(gateway.with_port(gate.port)),
                "GUILD_JOBS": "300",
                "MEMBER_JOBS": "300",
                "GUILD_CREDITS": "1000",
                "ONEMIN_REQUESTS_PER_MINUTE": "10000",
            }
            await house.start()
            yield house, gate


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def busy_house(far_house: Stormy) -> House:
    return far_house[0]


def shown(message: dict[str, object]) -> bool:
    return bool(pictures(message))


async def at_the_doors(*begun: Interaction) -> None:
    """All at once."""
    for it in begun:
        await it.answered()
        assert (it.acknowledged or DEADLINE) < DEADLINE
        assert it.ephemeral


def orders(house: House, source: dict[str, Any]) -> list[Interaction]:
    return [
        house.ada.begin_slash(house.channel, "imagine", prompt=PROMPT),
        house.ben.begin_press(source, label="Reroll"),
        house.ben.begin_slash(house.channel, "imagine", prompt=PROMPT),
    ]


def told(interaction: Interaction) -> str:
    assert interaction.response is not None
    return texts(interaction.response)


async def spent(house: House) -> int:
    left = (await house.credits()).partition("** left")[0].rpartition("**")[2]
    return 1000 - int(left.replace(",", ""))


async def test_while_somebody_else_locks_the_database_the_doors_refuse_and_then_all_goes_on(room: House) -> None:
    source = await room.picture()
    before = await spent(room)
    asked = await room.painting()
    with closing(sqlite3.connect(room.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        room.endpoint.release()
        assert asked.response is not None
        begun = [*orders(room, source), room.ada.begin_press(asked.response, label="Cancel")]
        await at_the_doors(*begun)
        assert all("too busy this moment" in told(it) for it in begun)
    await asked.until(shown)
    assert shown(await room.picture())
    assert await spent(room) == before + 2
    assert len(room.channel.messages) == 3


async def test_while_the_disk_is_full_the_doors_refuse_and_then_all_goes_on(room: House) -> None:
    source = await room.picture()
    before = await spent(room)
    asked = await room.painting()
    with room.full_disk():
        room.endpoint.release()
        begun = orders(room, source)
        await at_the_doors(*begun)
        assert all("I cannot reach my records" in told(it) for it in begun)
        assert "left" in await room.credits()
    await asked.until(shown)
    assert shown(await room.picture())
    assert await spent(room) == before + 2
    assert len(room.channel.messages) == 3


async def test_a_picture_waits_for_discord_to_come_back(room: House, far_house: Stormy) -> None:
    _, gate = far_house
    before = await spent(room)
    asked = await room.painting()
    room.guild.fail()
    for method in ("GET", "PATCH", "POST"):
        room.discord.fail(method, "/*", trouble=Trouble.RESET, times=None)
    await gate.shut()
    room.endpoint.release()
    await room.discord.until(lambda: any(it.path.startswith("/channels/") for it in room.discord.requests))
    room.discord.heal()
    await gate.open()
    await asked.until(shown)
    await room.discord.ready(seconds=UNTIL_IT_IS_BACK)
    room.guild.recover()
    assert shown(await room.picture())
    assert await spent(room) == before + 2
    assert len(room.channel.messages) == 2
    assert {it["logger"] for it in room.complaints()} <= {"discord.shard", "discord.client"}


async def test_a_crowd_uses_up_no_edits_but_for_its_pictures_and_delays_no_other_guild(room: House) -> None:
    crowd = [room.guild.member(f"member{number}") for number in range(10)]
    other = room.discord.guild("Elsewhere")
    there, eve = other.channel("art"), other.member("eve")
    room.endpoint.hold()
    for _ in range(WAITING // len(crowd)):
        asked = [member.begin_slash(room.channel, "imagine", prompt=PROMPT) for member in crowd]
        for it in asked:
            await it.answered()
            assert it.response is not None
            assert buttons(it.response) == ["Cancel"]
    began = edits(room)
    room.endpoint.release()
    await room.discord.until(lambda: edits(room) == A_MINUTES_EDITS)
    first = await eve.slash(there, "imagine", prompt=PROMPT)
    await first.until(shown)
    assert began <= 4  # of those that were painted while few waited
    assert sum(shown(it) for it in room.channel.messages) >= A_MINUTES_EDITS - began
    assert {it.status for it in room.discord.requests if it.method == "PATCH"} == {200}


def edits(house: House) -> int:
    return sum(it.method == "PATCH" and it.status is not None for it in house.discord.requests)
