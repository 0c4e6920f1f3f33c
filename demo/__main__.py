"""The try-out's command line."""

import argparse
import asyncio
import sys
from contextlib import redirect_stderr
from pathlib import Path
from typing import Final

from bot.log import set_up_logs
from demo.once import BrokenPromiseError, play_once

OUTPUT: Final = Path("demo-output")


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m demo",
        description="The real bot, tried out without any account: Discord and the image service are simulated.",
    )
    parser.add_argument("--once", action="store_true", help="play one round by itself and tell what happened")
    parser.add_argument(
        "--latency", type=float, default=1.5, metavar="SECONDS", help="how long a picture takes (default %(default)s)"
    )
    parser.add_argument("--verbose", action="store_true", help="show the logs instead of writing them to a file")
    return parser


def main() -> int:
    asked = arguments().parse_args()
    OUTPUT.mkdir(exist_ok=True)
    with (OUTPUT / "demo.log").open("w", encoding="utf-8") as log:
        with redirect_stderr(sys.stderr if asked.verbose else log):
            set_up_logs("INFO", "console", [])
        try:
            asyncio.run(play_once(OUTPUT, asked.latency))
        except BrokenPromiseError as broken:
            print(f"\nThe demo failed. {broken}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
