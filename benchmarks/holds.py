"""`python -m benchmarks.holds`: holds on one hot guild beside a bare transaction, round by round in turn, as a page."""

import argparse
import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import databases
from benchmarks.report import machine
from benchmarks.rush import BATCH, Rush


@dataclass(frozen=True, slots=True)
class Sample:
    """Of one round, both per second."""

    name: str
    entries: int
    askers: int
    holds: float
    bare: float


async def main() -> None:
    arguments = _arguments()
    async with _rushes(arguments.entries) as rushes:
        samples = [
            Sample(
                rush.name,
                rush.entries,
                askers,
                await rush.holds(askers, arguments.seconds),
                await rush.bare(askers, arguments.seconds),
            )
            for _ in range(arguments.rounds)
            for rush in rushes
            for askers in arguments.askers
        ]
        for rush in rushes:
            if differences := await rush.differences():
                raise SystemExit("\n".join([f"the books are wrong on {rush.name}:", *differences]))
    told = page(samples, arguments)
    print(told)
    if arguments.output is not None:
        arguments.output.write_text(told)


@asynccontextmanager
async def _rushes(entries: Sequence[int]) -> AsyncIterator[list[Rush]]:
    """On SQLite and PostgreSQL, with ledgers of so many entries."""
    async with AsyncExitStack() as stack:
        folder, server = stack.enter_context(TemporaryDirectory()), stack.enter_context(databases.postgres())
        rushes = []
        for number in entries:
            file = await stack.enter_async_context(databases.sqlite_file(folder, f"past_{number}"))
            database = await stack.enter_async_context(databases.postgres_database(server, f"past_{number}"))
            rushes += [Rush(file, "SQLite", number), Rush(database, "PostgreSQL", number)]
        for rush in rushes:
            await rush.prepare()
        yield rushes


def page(samples: Sequence[Sample], arguments: argparse.Namespace) -> str:
    cases = sorted({(it.name, it.entries, it.askers) for it in samples}, key=lambda case: (case[0] != "SQLite", case))
    lines = [
        "# Holds per second",
        "",
        "A hold is what stands between a member's request and the answer: one transaction that judges jobs, cap and",
        "credits, writes the job, and takes its price from the member's account and the guild's pool, with an entry in",
        "the ledger. All are of one guild, with a limit and a cap, whose pool they lock in turn. Beside it stands the",
        "least transaction there can be: begin, one guarded update of one row, commit, by the same engine and threads.",
        "Each commit reaches the disk on both databases (`synchronous=FULL`, `fsync=on`). Earlier entries are the",
        f"ledger's before the first round. After every {BATCH} holds their jobs end, off the clock.",
        "",
        f"Medians of {arguments.rounds} rounds in turn, {arguments.seconds:g} s for each figure, on {machine()}. The",
        "ratio is the median of each round's own. `make bench` makes this page.",
        "",
        "| database | earlier entries | asking at once | holds/s | bare/s | ratio |",
        "|---|---:|---:|---:|---:|---:|",
        *(_row(case, [it for it in samples if (it.name, it.entries, it.askers) == case]) for case in cases),
    ]
    return "\n".join(lines) + "\n"


def _row(case: tuple[str, int, int], samples: Sequence[Sample]) -> str:
    name, entries, askers = case
    holds, bare = median(it.holds for it in samples), median(it.bare for it in samples)
    ratio = median(it.holds / it.bare for it in samples)
    return f"| {name} | {entries:,} | {askers} | {holds:.0f} | {bare:.0f} | {ratio:.2f} |"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.holds")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=0.5, help="how long each figure is measured in a round")
    parser.add_argument("--askers", type=int, nargs="+", default=[1, 20], choices=range(1, BATCH + 1), metavar="N")
    parser.add_argument("--entries", type=int, nargs="+", default=[0, 100_000], help="of the ledger at the beginning")
    parser.add_argument("--output", type=Path, help="where the page goes")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())
