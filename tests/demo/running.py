"""The try-out as its own process, in a shell whose variables mean something else."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

REPOSITORY: Final = Path(__file__).parents[2]
ELSEWHERE: Final = {
    "DISCORD_TOKEN": "somebody-elses-token",
    "ONEMIN_API_KEY": "somebody-elses-key",
    "ONEMIN_API_URL": "http://127.0.0.1:9",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing",
    "GUILD_CREDITS": "999",
    "GUILDS": "1",
    "LOG_LEVEL": "nonsense",
}
_STRICT: Final = ("-W", "error", "-W", "ignore:'audioop' is deprecated:DeprecationWarning")
_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Ended:
    code: int
    printed: str
    complained: str


@asynccontextmanager
async def started(folder: Path, *arguments: str, without: Sequence[str] = ()) -> AsyncIterator[Process]:
    environment = {**os.environ, **ELSEWHERE, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1"}
    for name in without:
        del environment[name]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *_STRICT, "-m", "demo", *arguments, stdout=PIPE, stderr=PIPE, cwd=folder, env=environment
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def ended(process: Process) -> Ended:
    async with asyncio.timeout(_SECONDS):
        printed, complained = await process.communicate()
    return Ended(process.returncode or 0, printed.decode(), complained.decode())


async def run(folder: Path, *arguments: str, without: Sequence[str] = ()) -> Ended:
    async with started(folder, *arguments, without=without) as process:
        return await ended(process)


async def interrupt(process: Process) -> Ended:
    """Ctrl-C."""
    process.send_signal(signal.SIGINT)
    return await ended(process)


async def addresses(process: Process) -> list[str]:
    """Of both channels, once they are printed."""
    assert process.stdout is not None
    found: list[str] = []
    async with asyncio.timeout(_SECONDS):
        while len(found) < 2:
            line = (await process.stdout.readline()).decode()
            assert line, "the try-out ended before it told its addresses"
            found += re.findall(r"http://\S+", line)
    return found
