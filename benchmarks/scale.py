"""`python -m benchmarks.scale`: what one database does for several processes, and what servers cost one, as a page."""

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks import databases
from benchmarks.__main__ import BOT
from benchmarks.contender import ROOT, running
from benchmarks.jobs import ASKERS, GUILDS, Jobs
from benchmarks.report import machine
from standins.discord import Discord

CHANNELS: Final = 20
ROLES: Final = 10
_BEGUN: Final = 20
_PROCESS_NUMBERS: Final = 10_000_000
"""Apart, so that no two processes name a job alike."""


@dataclass(frozen=True, slots=True)
class Hall:
    """A process that is in so many servers: seconds until all of them are known, and MiB."""

    guilds: int
    seconds: float
    memory: float


async def main() -> None:
    arguments = _arguments()
    with databases.postgres() as server, TemporaryDirectory() as folder:
        rates = [
            ("SQLite", 1, await _on_file(folder, arguments)),
            *[("PostgreSQL", it, await _on_server(server, it, arguments)) for it in arguments.processes],
        ]
        waits = [(it, await _begun(server, it)) for it in arguments.waiting]
    halls = [await _hall(it) for it in arguments.guilds]
    told = page(rates, waits, halls, arguments)
    print(told)
    if arguments.output is not None:
        arguments.output.write_text(told)


async def _on_file(folder: str, arguments: argparse.Namespace) -> float:
    async with databases.sqlite_file(folder, "jobs") as database:
        jobs = Jobs(database, 1)
        done = [await jobs.done_in(arguments.seconds) for _ in range(arguments.rounds)]
    return median(done) / float(arguments.seconds)


async def _on_server(server: str, processes: int, arguments: argparse.Namespace) -> float:
    done = []
    for number in range(arguments.rounds):
        async with databases.postgres_database(server, f"jobs_{processes}_{number}") as database:
            address = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
            workers = (_worker(address, arguments.seconds, it) for it in range(processes))
            done.append(sum(await asyncio.gather(*workers)))
    return median(done) / float(arguments.seconds)


async def _worker(address: str, seconds: float, number: int) -> int:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.jobs", address, str(seconds), str(1 + number * _PROCESS_NUMBERS)),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    return int(told)


async def _begun(server: str, waiting: int) -> float:
    """Milliseconds, with so many jobs in the line."""
    async with databases.postgres_database(server, f"waiting_{waiting}") as database:
        jobs = Jobs(database, 1)
        await jobs.wait(waiting + _BEGUN)
        return await jobs.begin(_BEGUN) * 1000


async def _hall(guilds: int) -> Hall:
    async with running(BOT, b"", 0, lambda discord: _furnish(discord, guilds)) as bot:
        began = time.monotonic()
        last = bot.discord.guild("Last")  # whoever is answered here comes after all other servers
        await last.member("ada").slash(last.channel("art"), "credits")
        return Hall(guilds, bot.seconds_to_ready + time.monotonic() - began, bot.memory())


def _furnish(discord: Discord, guilds: int) -> None:
    for _ in range(guilds):
        guild = discord.guild("Hall")
        for number in range(CHANNELS):
            guild.channel(f"channel-{number}")
        for number in range(ROLES):
            guild.role(f"Role {number}")


def page(
    rates: Sequence[tuple[str, int, float]],
    waits: Sequence[tuple[int, float]],
    halls: Sequence[Hall],
    arguments: argparse.Namespace,
) -> str:
    lines = [
        "# Scale in figures",
        "",
        f"On {machine()}, with the database server, the stand-ins and all processes on the same machine.",
        "`python -m benchmarks.scale` makes this page, `make bench` with it. [scaling.md](scaling.md) reckons with it.",
        *_jobs(rates, arguments),
        *_line(waits),
        *_servers(halls),
    ]
    return "\n".join(lines) + "\n"


def _jobs(rates: Sequence[tuple[str, int, float]], arguments: argparse.Namespace) -> list[str]:
    return [
        "",
        "## Jobs of one database",
        "",
        "A whole job is five transactions: held, queued, begun, painted, delivered. Each process has",
        f"{ASKERS} of them in hand, of {GUILDS} servers. Every commit reaches the disk. Medians of {arguments.rounds}",
        f"rounds of {arguments.seconds:g} s.",
        "",
        "| database | processes | jobs/s |",
        "|---|---:|---:|",
        *(f"| {name} | {processes} | {rate:.0f} |" for name, processes, rate in rates),
    ]


def _line(waits: Sequence[tuple[int, float]]) -> list[str]:
    return [
        "",
        "## Whose turn it is",
        "",
        "On PostgreSQL: one look for the next job, which takes it and counts its call, with so many in the line.",
        "",
        "| waiting | ms |",
        "|---:|---:|",
        *(f"| {waiting:,} | {milliseconds:.1f} |" for waiting, milliseconds in waits),
    ]


def _servers(halls: Sequence[Hall]) -> list[str]:
    return [
        "",
        "## Servers of one process",
        "",
        f"Each has {CHANNELS} channels and {ROLES} roles. Seconds from the process's start until all are known.",
        "",
        "| servers | s | MiB |",
        "|---:|---:|---:|",
        *(f"| {it.guilds:,} | {it.seconds:.1f} | {it.memory:.0f} |" for it in halls),
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5, help="how long each figure of jobs is measured in a round")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 4], help="on one PostgreSQL database")
    parser.add_argument("--waiting", type=int, nargs="+", default=[0, 1000, 10_000], help="jobs in the line")
    parser.add_argument("--guilds", type=int, nargs="+", default=[1, 1000, 2500], help="of one process")
    parser.add_argument("--output", type=Path, help="where the page goes")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())
