"""The bot, which dies as by `kill -9` where a test says.

`FAIL_AT` names a file with one line for each life. A line is the points to pass, in order; at the last one the
process is gone. A point is `before:`, `within:` or `after:` a method: `within` is with all of its transaction done
and nothing committed, and neither it nor `after` counts where the method found nothing to do.
"""

import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar
from unittest.mock import patch

from sqlalchemy import Connection
from typing_extensions import override

from bot.__main__ import main
from bot.adapters.onemin import OneMin
from bot.adapters.storage import Database
from bot.domain.pictures import Content, Painted
from bot.ui.delivery import DiscordCards
from bot.wiring import WatchedStore

P = ParamSpec("P")
T = TypeVar("T")

STORE: Final = (
    *(
        "hold_for",
        "repeat",
        "repeat_all",
        "queue",
        "begin",
        "pending",
        "painted",
        "settle",
        "abandon",
        "cancel",
        "turn_away",
    ),
    *("keep", "claim_kept", "put_back", "shown_kept", "take_over"),
)
PROVIDER: Final = ("request", "follow")
CARDS: Final = ("announce", "announce_beside", "deliver", "show_end")
ROUND_SECONDS: Final = 1
"""How often this one looks for what others left: no test waits a quarter of a minute for that."""
HEAD_START_SECONDS: Final = 2
"""Of the one that is to die at its own job."""

_under_way: ContextVar[str | None] = ContextVar("under_way", default=None)


class MortalDatabase(Database):
    @override
    async def run(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        name = _under_way.get()

        def to_the_commit(connection: Connection, /, *args: P.args, **kwargs: P.kwargs) -> T:
            done = work(connection, *args, **kwargs)
            if name is not None and done:
                _pass(f"within:{name}")
            return done

        return await super().run(to_the_commit, *args, **kwargs)


class MortalOneMin(OneMin):
    @override
    @asynccontextmanager
    async def download(self, painted: Painted) -> AsyncIterator[Content]:
        _pass("before:download")
        async with super().download(painted) as content:
            _pass("after:download")
            yield content


def mortal(kind: type, names: tuple[str, ...], *, telling: bool = False) -> type:
    """The same, which may die around these methods. Where they are `telling`, a result that is nothing counts not."""
    return type(kind.__name__, (kind,), {name: _around(name, getattr(kind, name), telling) for name in names})


def _around(name: str, method: Callable[..., Awaitable[Any]], telling: bool) -> Callable[..., Awaitable[Any]]:
    @wraps(method)
    async def around(*args: Any, **kwargs: Any) -> Any:
        _pass(f"before:{name}")
        token = _under_way.set(name)
        try:
            done = await method(*args, **kwargs)
        finally:
            _under_way.reset(token)
        if done or not telling:
            _pass(f"after:{name}")
        return done

    return around


def _pass(point: str) -> None:
    file = Path(os.environ["FAIL_AT"])
    life, *lives = file.read_text().splitlines() or [""]
    to_pass = life.split()
    if to_pass[:1] != [point]:
        return
    rest = " ".join(to_pass[1:])
    file.write_text("\n".join([rest, *lives] if rest else lives))
    if not rest:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    with (
        patch("bot.services.queue.RENEWAL_SECONDS", ROUND_SECONDS),
        patch("bot.adapters.storage.signals.HEAD_START_SECONDS", HEAD_START_SECONDS),
        patch.multiple(
            "bot.wiring",
            WatchedStore=mortal(WatchedStore, STORE, telling=True),
            DiscordCards=mortal(DiscordCards, CARDS),
        ),
        patch.multiple("bot.app", Database=MortalDatabase, OneMin=mortal(MortalOneMin, PROVIDER)),
    ):
        sys.exit(main())
