"""The real bot in a simulated Discord. All that touches SimCord is in here."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

import discord
import simcord
from typing_extensions import override

from bot.app import App, assembled
from bot.domain.orders import Caller
from bot.domain.refusals import RefusalError
from bot.ports import Clock
from bot.settings import Settings
from demo.reading import plain

Person: TypeAlias = simcord.MemberActor
STEP_SECONDS = 0.25


class WallClock(Clock):
    """The time of day. The simulated Discord follows it in steps; see `World.keep_time`."""

    @override
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot said at once, how soon, and whether only the person who acted can see it."""

    milliseconds: float
    private: bool
    text: str
    message: int


class World:
    """One server with two members, a newcomer and a moderator; an ordinary channel and an age-restricted one."""

    def __init__(self, app: App, env: simcord.Env) -> None:
        self.app = app
        self.env = env
        self.guild = env.create_guild("The Atelier")
        self._names: dict[int, str] = {}
        self.art = self.guild.create_text_channel("art")
        self.ada, self.ben, self.cleo = (self._join(name) for name in ("Ada", "Ben", "Cleo"))

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings) -> AsyncIterator["World"]:
        async with assembled(settings, WallClock()) as app, simcord.run(app.bot, check_errors=False) as env:
            await _follow_wall_clock(env)
            world = cls(app, env)
            working = asyncio.create_task(app.queue.run())
            try:
                yield world
            finally:
                await app.stop(0)
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)

    async def slash(self, person: Person, command: str, **options: Any) -> Answer:
        await self.keep_time()
        return await _timed(person.slash(self.art, command, **options))

    async def press(self, person: Person, message: int, label: str) -> Answer:
        await self.keep_time()
        return await _timed(person.click(self._message(message), label=label))

    async def finish(self) -> None:
        """Until every picture is where it belongs."""
        idle = asyncio.create_task(self.app.queue.idle())
        while not idle.done():
            await asyncio.wait([idle], timeout=STEP_SECONDS)
            await self.keep_time()
        await idle

    async def keep_time(self) -> None:
        await _follow_wall_clock(self.env)

    async def upload(self, message: int) -> tuple[str, bytes] | None:
        """Name and bytes of the file on a message, as the bot uploaded it."""
        attachments = self._message(message).attachments
        return (attachments[0].filename, await attachments[0].read()) if attachments else None

    async def credits_left(self) -> int | None:
        """None is unlimited."""
        anybody = Caller(
            interaction=0,
            guild=self.guild.id,
            channel=self.art.id,
            age_restricted=False,
            member=self.ada.id,
            staff=False,
            missing_rights=(),
            upload_limit=0,
        )
        return (await self.app.bot.services.wallet.statement(anybody)).pool.available

    def read(self, message: int) -> str:
        """A message as it reads now."""
        components = [dict(component.to_dict()) for component in self._message(message).components]
        return self.plain("\n".join(_texts(components)))

    def plain(self, text: str) -> str:
        return plain(text, self._names, self.env.now())

    def surprises(self) -> list[BaseException]:
        """What the bot raised beside refusals."""
        causes = [getattr(error, "original", error) for error in self.env.errors]
        return [cause for cause in causes if not isinstance(cause, RefusalError)]

    def _message(self, message: int) -> discord.Message:
        return next(it for it in self.art.history() if it.id == message)

    def _join(self, name: str, *roles: simcord.RoleHandle) -> Person:
        person = self.guild.add_member(self.env.create_user(name.lower(), global_name=name), roles=roles)
        self._names[person.id] = name
        return person


async def _follow_wall_clock(env: simcord.Env) -> None:
    # Its clock stands still unless told, and starts in the past.
    await env.advance_time(max(0.0, (datetime.now(UTC) - env.now()).total_seconds()))


async def _timed(verb: Awaitable[simcord.InteractionResult]) -> Answer:
    started = time.perf_counter()
    response = (await verb).response
    milliseconds = (time.perf_counter() - started) * 1000
    if response is None:
        return Answer(milliseconds, private=True, text="", message=0)
    return Answer(milliseconds, response.ephemeral, "\n".join(_texts(response.components)), response.id)


def _texts(components: list[dict[str, Any]]) -> Iterator[str]:
    for component in components:
        if "content" in component:
            yield component["content"]
        yield from _texts(component.get("components", []))
