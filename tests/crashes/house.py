"""A house whose bot dies where it is told to."""

import asyncio
import re
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import text

from standins.discord import Discord, Interaction
from standins.discord.reading import buttons
from standins.endpoint import Endpoint
from tests.adapters.storage.schema import connected
from tests.process.house import QUITE_SOON, House

T = TypeVar("T")

KILLED: Final = -signal.SIGKILL
_LEFT: Final = re.compile(r"\*\*(\d+)\*\* left")
_EDITS: Final = (("PATCH", "/webhooks/*"), ("PATCH", "/channels/*"))
_POSTS: Final = (("POST", "/channels/*"),)


class MortalHouse(House):
    def __init__(self, folder: Path, discord: Discord, endpoint: Endpoint) -> None:
        super().__init__(folder, discord, endpoint)
        self.module = "tests.crashes.bot"
        self._points = folder / "fail_at"
        self.settings["FAIL_AT"] = str(self._points)
        self.source: dict[str, Any] = {}
        """A picture to press Reroll on."""
        self.credits_before = self.posts_before = 0
        self.arm()

    def arm(self, *lives: str) -> None:
        """Where the process dies, and where the next one; see `tests.crashes.bot`."""
        self._points.write_text("\n".join(lives))

    async def remember(self) -> None:
        """How things stand before a test."""
        self.credits_before, self.posts_before = await self.credits_left(), len(self.endpoint.posts)

    async def died(self) -> None:
        """And a minute has passed, where other processes may be at work on the same database."""
        assert await self.ended() == KILLED
        if not self.database.exists():
            self.let_leases_end()
            self._say("UPDATE jobs SET untold_since = untold_since - INTERVAL '61 seconds'")

    async def lived_through(self, lives: int, *, healed: bool = True) -> None:
        """From the first death through so many lives to one that lasts, in a world without the faults of before."""
        await self.died()
        self.endpoint.release()
        if healed:
            self.discord.heal()
        for _ in range(lives - 1):
            await self.launch()
            await self.died()
        assert self._points.read_text() == ""
        await self.start()

    async def credits_left(self) -> int:
        """Once nothing is held any more."""
        told = await _once(self.credits, lambda told: "held for" not in told)
        left = _LEFT.search(told)
        assert left is not None, told
        return int(left[1])

    async def owes(self, *, spent: int, posts: int) -> None:
        """What the test has cost so far, and how many paid calls went out in it."""
        assert self.credits_before - await self.credits_left() == spent
        assert len(self.endpoint.posts) - self.posts_before == posts

    async def kept(self) -> Interaction:
        """What lists a picture that could be shown nowhere. From now on it can be."""
        self.refuse_everything()
        await self.ada.slash(self.channel, "imagine", prompt="a fox nobody sees")
        listed = await self.listing()
        self.discord.heal()
        return listed

    async def listing(self) -> Interaction:
        """What shows Ada her line, once a picture is kept for her."""
        return await _once(lambda: self.ada.slash(self.channel, "queue"), lambda it: bool(choices(it)))

    async def nothing_listed(self) -> None:
        await _once(lambda: self.ada.slash(self.channel, "queue"), lambda it: not choices(it))

    def show(self, listed: Interaction) -> Interaction:
        """Ada presses the one button of her line."""
        assert listed.response is not None
        (label,) = choices(listed)
        return self.ada.begin_press(listed.response, label=label)

    def refuse_edits(self) -> None:
        self._refuse(*_EDITS)

    def refuse_everything(self) -> None:
        self._refuse(*_EDITS, *_POSTS)

    def let_leases_end(self) -> None:
        self._say("UPDATE jobs SET lease_until = lease_until - 60001")

    def _refuse(self, *ways: tuple[str, str]) -> None:
        for method, path in ways:
            self.discord.fail(method, path, status=403, code=50013, times=None)

    def _say(self, statement: str) -> None:
        with connected(self.database_url) as connection:
            connection.execute(text(statement))


def choices(listed: Interaction) -> list[str]:
    return [] if listed.response is None else buttons(listed.response)


async def _once(ask: Callable[[], Awaitable[T]], holds: Callable[[T], bool]) -> T:
    async with asyncio.timeout(QUITE_SOON):
        while not holds(answer := await ask()):
            pass
    return answer
