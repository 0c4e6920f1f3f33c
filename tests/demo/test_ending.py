"""The try-out ended from outside, at any moment."""

import asyncio
import signal
from pathlib import Path

import aiohttp
import pytest

from tests.demo.pages import Page
from tests.demo.running import address, interrupt, read_until, started

WORDS = "The try-out has ended.\n"


async def test_ctrl_c_while_it_still_loads_ends_it_in_words(tmp_path: Path) -> None:
    # The interruption may come while the interpreter reads a module's file, which it then does not close.
    patient = ["-X", "importtime", "-W", "ignore::ResourceWarning"]
    async with started(tmp_path, python=patient) as process:
        await read_until(process.stderr, r"\baiohttp$")  # discord.py, the bot and more are still to come
        ending = await interrupt(process)

    assert (ending.code, ending.printed) == (130, f"\n{WORDS}")
    assert "Traceback" not in ending.complained


async def test_ctrl_c_before_the_page_is_there_ends_it_in_words(tmp_path: Path) -> None:
    async with started(tmp_path, "--no-browser") as process:
        await read_until(process.stdout, "The bot is real")
        ending = await interrupt(process)

    assert (ending.code, ending.complained) == (0, "")
    assert ending.printed.endswith(WORDS)


async def test_ctrl_c_in_the_middle_of_a_round_is_no_success(tmp_path: Path) -> None:
    async with started(tmp_path, "--once", "--latency", "600") as process:
        await read_until(process.stdout, "The bot answered")
        ending = await interrupt(process)

    assert (ending.code, ending.printed, ending.complained) == (130, f"\n{WORDS}", "")


@pytest.mark.parametrize("times", [1, 2])
async def test_ctrl_c_while_a_picture_is_painted_ends_it(tmp_path: Path, times: int) -> None:
    async with started(tmp_path, "--no-browser", "--latency", "600") as process, aiohttp.ClientSession() as session:
        page = await Page.open(await address(process), session)
        receipt = await page.imagine("a fox")
        for _ in range(times - 1):
            process.send_signal(signal.SIGINT)
        ending = await interrupt(process)

    assert receipt["settlement"] == "settled"
    assert ending.code == 0
    assert ending.printed.endswith(WORDS)
    assert "Traceback" not in ending.complained


async def test_two_at_once_leave_each_other_alone(tmp_path: Path) -> None:
    async with (
        started(tmp_path, "--no-browser", "--latency", "0") as first,
        aiohttp.ClientSession() as session,
    ):
        one = await Page.open(await address(first), session)
        async with started(tmp_path, "--no-browser", "--latency", "0") as second:
            two = await Page.open(await address(second), session)
            receipts = await asyncio.gather(one.imagine("a fox"), two.imagine("an owl"))
            endings = [await interrupt(second), await interrupt(first)]

    assert {receipt["settlement"] for receipt in receipts} == {"settled"}
    assert [(ending.code, ending.complained) for ending in endings] == [(0, ""), (0, "")]
    logs = [tmp_path / "demo-output" / name for name in ("demo.log", "2/demo.log")]
    assert [log.read_text().count("commands synced") for log in logs] == [1, 1]
