"""What those who probe the process are told."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest

from bot.adapters.monitoring import serving
from bot.domain.faults import CannotListenError
from bot.domain.refusals import StorageBusyError, StorageDownError
from tests.adapters.monitoring.pages import HOST, OK, QUITE_SOON, Process, unavailable

BRIEF = 0.05
PROBES = 20


@pytest.fixture
async def process() -> AsyncIterator[Process]:
    async with Process.open() as process:
        yield process


async def test_a_process_that_works_is_healthy_and_ready(process: Process) -> None:
    assert await process.page("/healthz") == OK
    assert await process.page("/readyz") == OK


async def test_a_process_is_healthy_without_discord_and_without_its_database(process: Process) -> None:
    process.connected = process.admitting = False
    process.answers.clear()
    assert await process.page("/healthz") == OK
    assert process.questions == 0


async def test_a_process_that_stopped_working_is_not_healthy(process: Process) -> None:
    process.working = False
    assert await process.page("/healthz") == unavailable("leases")
    process.working = True
    assert await process.page("/healthz") == OK


async def test_what_is_missing_is_named(process: Process) -> None:
    process.connected = False
    assert await process.page("/readyz") == unavailable("gateway")
    process.admitting = False
    process.trouble = StorageDownError()
    assert await process.page("/readyz") == unavailable("gateway", "stopping", "database")


@pytest.mark.parametrize("trouble", [StorageBusyError(), StorageDownError()])
async def test_a_database_in_trouble_is_named_until_it_is_back(process: Process, trouble: Exception) -> None:
    process.trouble = trouble
    assert await process.page("/readyz") == unavailable("database")
    process.trouble = None
    assert await process.page("/readyz") == OK


async def test_a_database_that_hangs_keeps_nobody_waiting() -> None:
    async with Process.open(patience=BRIEF) as process:
        process.answers.clear()
        assert await process.page("/readyz") == unavailable("database")
        process.answers.set()
        assert await process.page("/readyz") == OK


async def test_a_database_that_hangs_is_asked_once_however_many_probe() -> None:
    async with Process.open(patience=BRIEF) as process:
        process.answers.clear()
        told = await asyncio.gather(*(process.page("/readyz") for _ in range(PROBES)))
        assert told == [unavailable("database")] * PROBES
        assert await process.page("/readyz") == unavailable("database")
        assert process.questions == 1
        process.answers.set()


async def test_nothing_but_the_pages_is_served(process: Process) -> None:
    async with process.session.get("/") as answer:
        assert answer.status == 404
    async with process.session.post("/healthz", data=b"x" * 10_000) as answer:
        assert answer.status == 405
    async with process.session.head("/readyz") as answer:
        assert (answer.status, await answer.read()) == (200, b"")


async def test_no_answer_is_kept_by_who_carries_it(process: Process) -> None:
    for path in ("/healthz", "/readyz"):
        async with process.session.get(path) as answer:
            assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("said", [b"", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow:"])
async def test_who_connects_and_does_not_ask_is_hung_up_on(said: bytes) -> None:
    async with Process.open(idle_seconds=BRIEF) as process:
        reader, writer = await asyncio.open_connection(HOST, process.port)
        writer.write(said)
        async with asyncio.timeout(QUITE_SOON):
            assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()


async def test_an_idle_visitor_does_not_hold_up_the_end() -> None:
    async with Process.open() as process:
        reader, writer = await asyncio.open_connection(HOST, process.port)
        await process.page("/healthz")
    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(HOST, process.port)


async def test_without_a_port_there_are_no_pages(process: Process) -> None:
    async with serving(process.health, process.metrics, HOST, None) as port:
        assert port is None


async def test_a_port_that_is_taken_is_no_surprise(process: Process) -> None:
    with socket.create_server((HOST, 0)) as taken, pytest.raises(CannotListenError) as refusal:
        async with serving(process.health, process.metrics, HOST, taken.getsockname()[1]):
            pass
    assert "address already in use" in str(refusal.value.__cause__)


async def test_an_address_of_another_machine_is_no_surprise(process: Process) -> None:
    with pytest.raises(CannotListenError):
        async with serving(process.health, process.metrics, "192.0.2.1", 0):
            pass
