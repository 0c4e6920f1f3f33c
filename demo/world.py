"""The real bot in a simulated Discord. All that touches SimCord is in here, in `files` and in `window`."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

import discord
import simcord
from discord import app_commands
from typing_extensions import override

from bot.app import App, assembled
from bot.domain.orders import Caller
from bot.domain.refusals import RefusalError
from bot.ports import Clock
from bot.settings import Settings
from bot.ui.services import Interaction
from demo.files import ServedCdn
from demo.reading import plain, words
from standins.files import Files

Person: TypeAlias = simcord.MemberActor
Channel: TypeAlias = simcord.ChannelHandle
STEP_SECONDS: Final = 0.5


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
    """One server with two members, a role, and a moderator, an ordinary channel and an age-restricted one."""

    def __init__(self, app: App, env: simcord.Env, files: ServedCdn) -> None:
        self.app = app
        self.env = env
        self.files = files
        self._names: dict[int, str] = {}
        self._guild = env.create_guild("The Atelier")
        self.art = self._guild.create_text_channel("art", topic="Type /imagine and a few words")
        self.dark = self._guild.create_text_channel("after-dark", topic="Age-restricted: safety_tolerance goes up to 6")
        self._restrict_age(self.dark)
        staff = self._guild.create_role("moderators", permissions=discord.Permissions(manage_guild=True))
        painters = self._guild.create_role("Painters")
        self.ada, self.ben = self._join("Ada"), self._join("Ben", painters)
        self.cleo = self._join("Cleo (moderator)", staff)
        self.people = {"ada": self.ada, "ben": self.ben, "cleo": self.cleo}
        self.channels = {it.name: it for it in (self.art, self.dark)}

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings, files: Files) -> AsyncIterator["World"]:
        async with assembled(settings, WallClock()) as app, simcord.run(app.bot, check_errors=False) as env:
            store = env.backend.cdn = ServedCdn(files)
            _forgive_refusals(app.bot.tree)
            await follow_wall_clock(env)
            world = cls(app, env, store)
            await world.name_the_bot("Imagine")
            working = [asyncio.create_task(it) for it in app.loops()]
            try:
                yield world
            finally:
                await app.stop(0)
                for task in working:
                    task.cancel()
                await asyncio.gather(*working, return_exceptions=True)

    async def name_the_bot(self, name: str) -> None:
        if self.app.bot.user is not None:
            await self.app.bot.user.edit(username=name)

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
        await follow_wall_clock(self.env)

    async def upload(self, message: int) -> tuple[str, bytes] | None:
        """Name and bytes of the file on a message, as the bot uploaded it."""
        attachments = self._message(message).attachments
        return (attachments[0].filename, await attachments[0].read()) if attachments else None

    async def credits_left(self) -> int | None:
        """None is unlimited."""
        anybody = Caller(
            interaction=0,
            guild=self._guild.id,
            channel=self.art.id,
            places=frozenset(),
            age_restricted=False,
            member=self.ada.id,
            roles=frozenset(),
            manages=False,
            missing_rights=(),
            upload_limit=0,
        )
        return (await self.app.bot.services.wallet.statement(anybody)).pool.available

    def read(self, message: int) -> str:
        """A message as it reads now."""
        return self.plain(words([dict(part.to_dict()) for part in self._message(message).components]))

    def plain(self, text: str) -> str:
        return plain(text, self._names, self.env.now())

    def surprises(self) -> list[BaseException]:
        """What the bot raised beside refusals."""
        return self.env.errors

    def _message(self, message: int) -> discord.Message:
        return next(it for it in self.art.history() if it.id == message)

    def _join(self, name: str, *roles: simcord.RoleHandle) -> Person:
        person = self._guild.add_member(
            self.env.create_user(name.partition(" ")[0].lower(), global_name=name), roles=roles
        )
        self._names[person.id] = name
        return person

    def _restrict_age(self, channel: Channel) -> None:
        # SimCord models no age restriction: the mark is set where discord.py keeps it.
        kept = self.app.bot.get_channel(channel.id)
        if isinstance(kept, discord.TextChannel):
            kept.nsfw = True


def _forgive_refusals(tree: app_commands.CommandTree[Any]) -> None:
    # SimCord notes whatever a command raises, and its page then calls the action failed. A refusal is an answer.
    noting = tree.on_error

    async def on_error(interaction: Interaction, error: app_commands.AppCommandError) -> None:
        refused = isinstance(getattr(error, "original", None), RefusalError)
        await (type(tree).on_error(tree, interaction, error) if refused else noting(interaction, error))

    tree.on_error = on_error  # type: ignore[method-assign]


async def follow_wall_clock(env: simcord.Env) -> None:
    """SimCord's clock stands still unless told, and starts in the past."""
    await env.advance_time(max(0.0, (datetime.now(UTC) - env.now()).total_seconds()))


async def _timed(verb: Awaitable[simcord.InteractionResult]) -> Answer:
    started = time.perf_counter()
    response = (await verb).response
    milliseconds = (time.perf_counter() - started) * 1000
    if response is None:
        return Answer(milliseconds, private=True, text="", message=0)
    return Answer(milliseconds, response.ephemeral, words(response.components), response.id)
