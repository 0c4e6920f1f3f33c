"""What can be asked of the try-out, and how it ends."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import SecretStr

from bot.settings import SettingsError
from demo.front import PortTakenError
from demo.once import BrokenPromiseError, play_once
from demo.output import LOG, ROOT, OutputError, claimed, write_logs
from demo.page import play_live_page, play_page
from demo.settings import live_key

GOOD: Final = 0
BROKEN: Final = 1
FAULT: Final = 2
INTERRUPTED: Final = 130

QUICK: Final = 2.0
LEISURELY: Final = 5.0
"""Time enough on the page to press Cancel."""

Number = TypeVar("Number", int, float)


def main(argv: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(argv)
    try:
        _run(asked)
    except KeyboardInterrupt:
        print("\nThe try-out has ended.")
        return INTERRUPTED if asked.once else GOOD  # the page has no other end
    except BrokenPromiseError as broken:
        print(f"\nThis went wrong: {broken}", file=sys.stderr)
        return BROKEN
    except SettingsError as error:
        print(f"--live needs the key of an account, in .env or the environment:\n{error}", file=sys.stderr)
        return FAULT
    except PortTakenError as taken:
        print(f"The page cannot be served on port {taken}. Choose another --port.", file=sys.stderr)
        return FAULT
    except OutputError as error:
        print(f"The try-out cannot write its log: {error}", file=sys.stderr)
        return FAULT
    return GOOD


def _run(asked: argparse.Namespace) -> None:
    key = live_key() if asked.live else None
    with claimed() as output:
        write_logs(sys.stderr if asked.verbose else output.log, [] if key is None else [key])
        asyncio.run(_play(asked, key, output.folder))


def _play(asked: argparse.Namespace, key: SecretStr | None, folder: Path) -> Coroutine[Any, Any, None]:
    if asked.once:
        return play_once(folder, QUICK if asked.latency is None else asked.latency)
    page = {"port": asked.port, "guild_credits": asked.credits, "browser": not asked.no_browser}
    if key is not None:
        return play_live_page(key, **page)
    return play_page(latency=LEISURELY if asked.latency is None else asked.latency, **page)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m demo",
        description="Try the real bot without any account, on a page in the browser that looks like Discord.",
    )
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--once", action="store_true", help="no page: play one round by itself and tell what happened")
    way.add_argument("--live", action="store_true", help="the real image service paints, and ONEMIN_API_KEY pays")
    add = parser.add_argument
    add("--latency", type=_number(float, 0, 600), metavar="SECONDS", help="what a picture takes (5, --once: 2)")
    add("--credits", type=_number(int, 1, 1000), default=12, metavar="N", help="what may be spent on the page (12)")
    add("--port", type=_number(int, 0, 65535), default=0, help="of the page (any)")
    add("--no-browser", action="store_true", help="open no browser, only tell the address")
    add("--verbose", action="store_true", help=f"show the log, which otherwise goes to {ROOT / LOG}")
    return parser


def _number(kind: Callable[[str], Number], low: int, high: int) -> Callable[[str], Number]:
    def number(text: str) -> Number:
        value = kind(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be between {low} and {high}")
        return value

    return number
