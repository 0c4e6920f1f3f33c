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
_SECONDS: Final = 120
"""A limit for what hangs; a busy machine is slow."""


@dataclass(frozen=True, slots=True)
class Ended:
    code: int
    printed: str
    complained: str


@asynccontextmanager
async def started(
    folder: Path,
    *arguments: str,
    module: str = "demo",
    python: Sequence[str] = (),
    without: Sequence[str] = (),
    **variables: str,
) -> AsyncIterator[Process]:
    """`python` is what the interpreter is told, `variables` are the environment's beside the usual ones."""
    environment = {**os.environ, **ELSEWHERE, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1", **variables}
    for name in without:
        environment.pop(name, None)
    command = [sys.executable, *_STRICT, *python, "-m", module, *arguments]
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE, cwd=folder, env=environment)
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


async def run(
    folder: Path, *arguments: str, module: str = "demo", without: Sequence[str] = (), **variables: str
) -> Ended:
    async with started(folder, *arguments, module=module, without=without, **variables) as process:
        return await ended(process)


async def interrupt(process: Process) -> Ended:
    """Ctrl-C."""
    process.send_signal(signal.SIGINT)
    return await ended(process)


async def read_until(stream: asyncio.StreamReader | None, pattern: str) -> re.Match[str]:
    assert stream is not None
    async with asyncio.timeout(_SECONDS):
        while line := (await stream.readline()).decode():
            if found := re.search(pattern, line):
                return found
    raise AssertionError(f"the try-out ended before it printed {pattern}")


async def address(process: Process) -> str:
    return (await read_until(process.stdout, r"http://\S+"))[0]
