"""Whether the person's own browser is opened, and what happens where that goes wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo.running import REPOSITORY, address, interrupt, read_until, started

APOLOGY = "No browser could be opened here. Open the address yourself.\n"
SHOW = """
import threading
from demo.browser import show
show("http://127.0.0.1/#key")
for thread in set(threading.enumerate()) - {threading.current_thread()}:
    thread.join()
"""


def _show(**environment: str) -> str:
    """What is printed where these variables are all there are."""
    variables = {"PATH": "", "PYTHONPATH": str(REPOSITORY), **environment}
    return subprocess.check_output([sys.executable, "-c", SHOW], env=variables, text=True)  # noqa: S603 - our own


def _browser(folder: Path, script: str) -> dict[str, str]:
    """The environment of somebody whose only browser this is."""
    program = folder / "browser"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return {"PATH": "", "BROWSER": f"{program} %s", "DISPLAY": ":77"}


def test_a_browser_is_shown_the_address_whole(tmp_path: Path) -> None:
    assert _show(**_browser(tmp_path, 'echo "$1"')) == "http://127.0.0.1/#key\n"


@pytest.mark.parametrize("display", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_where_there_is_none_that_is_said(display: str) -> None:
    assert _show(**{display: "77"}) == APOLOGY


def test_one_that_fails_is_said(tmp_path: Path) -> None:
    assert _show(**_browser(tmp_path, "exit 1")) == APOLOGY


def test_one_that_cannot_be_asked_is_said(tmp_path: Path) -> None:
    odd = tmp_path / "webbrowser.py"
    odd.write_text("class Error(Exception): pass\ndef open(address): raise Error('odd')\n")

    assert _show(DISPLAY=":77", PYTHONPATH=f"{tmp_path}{os.pathsep}{REPOSITORY}") == APOLOGY


def test_nothing_is_opened_without_a_display(tmp_path: Path) -> None:
    assert _show(**_browser(tmp_path, "echo it looks") | {"DISPLAY": ""}) == ""


async def test_one_that_keeps_the_terminal_stops_nothing(tmp_path: Path) -> None:
    closing = tmp_path / "closing"
    os.mkfifo(closing)
    environment = _browser(tmp_path, f"echo it stays && exec >{os.devnull} 2>&1 && read word < {closing}")

    async with started(tmp_path, "--latency", "0", **environment) as process:
        await address(process)
        await read_until(process.stdout, "it stays")
        ending = await interrupt(process)
        os.close(os.open(closing, os.O_WRONLY | os.O_NONBLOCK))  # fails where nobody reads: it did stay

    assert ending.code == 0


async def test_none_is_opened_where_that_is_asked_for(tmp_path: Path) -> None:
    environment = _browser(tmp_path, "echo it looks")

    async with started(tmp_path, "--latency", "0", "--no-browser", **environment) as process:
        await address(process)
        ending = await interrupt(process)

    assert "it looks" not in ending.printed
    assert APOLOGY not in ending.printed
