"""What whoever probes the running bot is told, from its start to its end."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from yarl import URL

from standins.discord.reading import pictures
from tests.process.gate import Gate
from tests.process.house import House

PATIENCE = 30.0  # discord.py takes its time before it identifies again
OK = (200, {"status": "ok"})


def unavailable(*failing: str) -> tuple[int, object]:
    return 503, {"status": "unavailable", "failing": list(failing)}


async def until(house: House, path: str, told: tuple[int, object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while await house.page(path) != told:
            pass


@pytest.fixture
async def distant_house(tmp_path: Path) -> AsyncIterator[tuple[House, Gate]]:
    """The way to Discord's gateway leads through a gate, also for who resumes."""
    async with House.open(tmp_path) as house:
        gateway = URL(house.discord.gateway_url)
        assert gateway.port is not None
        async with Gate.to(gateway.port) as gate:
            house.settings["DISCORD_GATEWAY_URL"] = str(gateway.with_port(gate.port))
            house.discord.gateway.resume_url = str(URL(house.discord.gateway.resume_url).with_port(gate.port))
            await house.start()
            yield house, gate


async def test_the_bot_is_not_ready_while_it_is_cut_off_from_the_gateway(
    distant_house: tuple[House, Gate],
) -> None:
    house, gate = distant_house
    await until(house, "/readyz", OK)
    await gate.shut()
    await until(house, "/readyz", unavailable("gateway"))
    assert await house.page("/healthz") == OK
    await gate.open()
    await until(house, "/readyz", OK)
    assert pictures(await house.picture())
    assert {it["logger"] for it in house.complaints()} == {"discord.shard"}
    assert await house.stop() == 0
    await house.audit()


async def test_the_bot_is_not_ready_while_somebody_else_locks_its_database(house: House) -> None:
    await until(house, "/readyz", OK)
    with closing(sqlite3.connect(house.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await until(house, "/readyz", unavailable("database"))
        assert await house.page("/healthz") == OK
    await until(house, "/readyz", OK)


async def test_the_bot_is_healthy_but_not_ready_while_it_finishes_what_is_under_way(house: House) -> None:
    asked = await house.painting()
    await until(house, "/readyz", OK)
    house.terminate()
    await until(house, "/readyz", unavailable("stopping"))
    assert await house.page("/healthz") == OK
    house.endpoint.release()
    await asked.until(lambda message: bool(pictures(message)))
    assert await house.ended() == 0
