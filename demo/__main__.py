"""The try-out's command line."""

import argparse
import asyncio
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import Any, Final

from bot.log import set_up_logs
from bot.settings import SettingsError
from demo.once import BrokenPromiseError, play_once
from demo.page import play_live_page, play_page
from demo.settings import live_key

OUTPUT: Final = Path("demo-output")
LOG: Final = "demo.log"

GOOD: Final = 0
BROKEN: Final = 1
FAULT: Final = 2


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m demo",
        description="Try the real bot without any account, on a page in the browser that looks like Discord.",
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--once", action="store_true", help="no page: play one round and tell what happened")
    way.add_argument("--live", action="store_true", help="let the real image service paint: ONEMIN_API_KEY pays")
    parser.add_argument("--latency", type=_seconds, default=3, metavar="SECONDS", help="what a simulated picture takes")
    parser.add_argument("--credits", type=int, default=12, metavar="N", help="what the server on the page may spend")
    parser.add_argument("--port", type=int, default=0, help="of the page; the next one is used too (default: any)")
    parser.add_argument("--no-browser", action="store_true", help="open none, only tell the address")
    parser.add_argument("--verbose", action="store_true", help=f"show the logs, which {OUTPUT / LOG} has otherwise")
    return parser


def main() -> int:
    asked = arguments().parse_args()
    try:
        with _logs(verbose=asked.verbose):
            asyncio.run(_play(asked))
    except KeyboardInterrupt:
        print("\nEnded.")
    except BrokenPromiseError as broken:
        print(f"\nThis went wrong: {broken}", file=sys.stderr)
        return BROKEN
    except SettingsError as error:
        print(f"--live needs a setting, in .env or the environment:\n{error}", file=sys.stderr)
        return FAULT
    except OSError as error:
        print(f"The page cannot be served: {error.strerror or error}. Choose another --port.", file=sys.stderr)
        return FAULT
    return GOOD


def _play(asked: argparse.Namespace) -> Coroutine[Any, Any, None]:
    if asked.once:
        return play_once(OUTPUT, asked.latency)
    page = {"port": asked.port, "guild_credits": asked.credits, "browser": not asked.no_browser}
    if asked.live:
        return play_live_page(live_key(), **page)
    return play_page(latency=asked.latency, **page)


@contextmanager
def _logs(*, verbose: bool) -> Iterator[None]:
    OUTPUT.mkdir(exist_ok=True)
    with (OUTPUT / LOG).open("w", encoding="utf-8") as file:
        with redirect_stderr(sys.stderr if verbose else file):
            set_up_logs("INFO", "console", [])
        yield


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= 60:  # noqa: PLR2004
        raise argparse.ArgumentTypeError("must be between 0 and 60")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
