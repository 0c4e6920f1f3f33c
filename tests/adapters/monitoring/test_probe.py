"""What the image's HEALTHCHECK makes of the pages."""

import asyncio
import sys
from pathlib import Path

import pytest

from bot.adapters.monitoring import probe
from tests.adapters.monitoring.pages import HOST, Process

NOWHERE = 1


async def probed(**environment: str) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(Path(probe.__file__)), env=environment, stderr=-1
    )
    _, told = await process.communicate()
    return process.returncode, told.decode()


@pytest.mark.parametrize("host", ["", HOST, "0.0.0.0", "localhost"])  # noqa: S104 - asked, not listened at
async def test_a_bot_that_works_is_found_where_it_listens(host: str) -> None:
    async with Process.open() as process:
        assert await probed(HTTP_HOST=host, HTTP_PORT=str(process.port)) == (0, "")


async def test_a_bot_that_stopped_working_is_told_of() -> None:
    async with Process.open() as process:
        process.working = False
        code, told = await probed(HTTP_PORT=str(process.port))
    assert code == 1
    assert "leases" in told


async def test_a_bot_that_is_away_is_told_of() -> None:
    code, told = await probed(HTTP_PORT=str(NOWHERE))
    assert code == 1
    assert "Connection refused" in told


async def test_a_bot_without_pages_is_not_called_ill() -> None:
    for port in ("off", ""):
        assert await probed(HTTP_PORT=port) == (0, "")


async def test_a_proxy_of_the_machine_is_not_asked() -> None:
    nowhere = f"http://{HOST}:{NOWHERE}"
    async with Process.open() as process:
        code, _ = await probed(HTTP_PORT=str(process.port), http_proxy=nowhere, HTTP_PROXY=nowhere)
    assert code == 0
