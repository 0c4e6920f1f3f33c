"""`python -m tests.soak`: thousands of jobs through the running bot, with faults, deaths and cancels among them."""

import argparse
import asyncio
import sys
from pathlib import Path
from secrets import randbelow
from tempfile import TemporaryDirectory

from tests.soak import report
from tests.soak.soak import soak


def main() -> int:
    arguments = _arguments()
    print(f"seed {arguments.seed}", flush=True)  # noqa: T201 - a run that fails has to be repeated
    with TemporaryDirectory() as folder:
        result = asyncio.run(soak(Path(folder), arguments.jobs, arguments.seed))
    told = report.written(result)
    print(told)  # noqa: T201 - a command's result
    if arguments.output is not None:
        report.put(arguments.output, told)
    return 1 if result.complaints else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--jobs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=randbelow(1_000_000))
    parser.add_argument("--output", type=Path, help="the page with the marks between which the figures go")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
