"""The try-out's command line."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import SecretStr

from bot.log import set_up_logs
from bot.settings import SettingsError
from demo.front import PortTakenError
from demo.once import BrokenPromiseError, play_once
from demo.page import play_live_page, play_page
from demo.settings import live_key

OUTPUT: Final = Path("demo-output")
LOG: Final = OUTPUT / "demo.log"

GOOD: Final = 0
BROKEN: Final = 1
FAULT: Final = 2

Number = TypeVar("Number", int, float)


def main(argv: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(argv)
    try:
        key = live_key() if asked.live else None
        with _logs([] if key is None else [key], verbose=asked.verbose):
            asyncio.run(_play(asked, key))
    except KeyboardInterrupt:
        print()
    except BrokenPromiseError as broken:
        print(f"\nThis went wrong: {broken}", file=sys.stderr)
        return BROKEN
    except SettingsError as error:
        print(f"--live needs the key of an account, in .env or the environment:\n{error}", file=sys.stderr)
        return FAULT
    except PortTakenError as taken:
        print(f"The page cannot be served on port {taken}. Choose another --port.", file=sys.stderr)
        return FAULT
    return GOOD


def _play(asked: argparse.Namespace, key: SecretStr | None) -> Coroutine[Any, Any, None]:
    if asked.once:
        return play_once(OUTPUT, asked.latency)
    page = {"port": asked.port, "guild_credits": asked.credits, "browser": not asked.no_browser}
    if key is not None:
        return play_live_page(key, **page)
    return play_page(latency=asked.latency, **page)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m demo",
        description="Try the real bot without any account, on a page in the browser that looks like Discord.",
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--once", action="store_true", help="no page: play one round by itself and tell what happened")
    way.add_argument("--live", action="store_true", help="the real image service paints, and ONEMIN_API_KEY pays")
    add = parser.add_argument
    add("--latency", type=_number(float, 0, 60), default=2.0, metavar="SECONDS", help="what a picture takes (2)")
    add("--credits", type=_number(int, 1, 1000), default=12, metavar="N", help="what may be spent on the page (12)")
    add("--port", type=_number(int, 0, 65534), default=0, help="of the page; the next one is used too (any)")
    add("--no-browser", action="store_true", help="open no browser, only tell the address")
    add("--verbose", action="store_true", help=f"show the log, which otherwise goes to {LOG}")
    return parser


def _number(kind: Callable[[str], Number], low: int, high: int) -> Callable[[str], Number]:
    def number(text: str) -> Number:
        value = kind(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be between {low} and {high}")
        return value

    return number


@contextmanager
def _logs(secrets: Sequence[SecretStr], *, verbose: bool) -> Iterator[None]:
    OUTPUT.mkdir(exist_ok=True)
    with LOG.open("w", encoding="utf-8") as file:
        with redirect_stderr(sys.stderr if verbose else file):
            set_up_logs("INFO", "console", secrets)
        yield


if __name__ == "__main__":
    sys.exit(main())
