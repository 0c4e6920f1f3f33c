"""The real bot in a simulated Discord, with the stand-in endpoint over real HTTP. All of SimCord is in here."""

import asyncio
import copy
import inspect
import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import discord
import simcord
from simcord import interactions
from simcord.backend import serializers
from simcord.enums import InteractionType
from typing_extensions import override

from bot.adapters.charts import MatplotlibCharts
from bot.adapters.storage import Database, SqlBooks
from bot.app import App, assembled, check
from bot.domain.orders import Caller
from bot.domain.refusals import RefusalError
from bot.ports import Clock
from bot.settings import Settings
from demo.files import ServedCdn
from standins.endpoint import Endpoint, Fault, PathKind
from standins.files import Files

Test = TypeVar("Test", bound=Callable[..., Coroutine[Any, Any, None]])
Actor = simcord.MemberActor
Role = simcord.RoleHandle
Result = simcord.InteractionResult
ROW, BUTTON, TEXT, GALLERY = 1, 2, 10, 12
KEY = "standin-key-0123456789"
TOKEN = "standin-token-0123456789"
PATIENCE = 20.0
"""A busy machine is no failure."""


class SimulatedClock(Clock):
    """The simulated Discord's clock, plus what a test adds."""

    def __init__(self) -> None:
        self.env: simcord.Env | None = None
        self.ahead = timedelta()

    @override
    def now(self) -> datetime:
        start = discord.utils.utcnow() if self.env is None else self.env.now()
        return start + self.ahead


async def until(happened: Callable[[], bool]) -> None:
    while not happened():
        await asyncio.sleep(0)


class World:
    """One guild, one channel, three members, a moderator, and the bot between Discord and the endpoint."""

    def __init__(
        self, env: simcord.Env, endpoint: Endpoint, settings: Settings, clock: SimulatedClock, patience: float
    ) -> None:
        self.env = env
        self.endpoint = endpoint
        self.settings = settings
        self.clock = clock
        self.patience = patience
        self.guild = env.create_guild("Atelier")
        self.channel = self.guild.create_text_channel("art")
        self.ada, self.ben, self.cyd = (self.member(name) for name in ("ada", "ben", "cyd"))
        self.staff = self.guild.create_role(
            "staff", permissions=discord.Permissions(manage_guild=True, manage_messages=True)
        )
        self.mod = self.guild.add_member(env.create_user("mod"), roles=[self.staff])
        self._life = AsyncExitStack()
        self.app: App
        self.files: Files
        self._work: asyncio.Task[None] | None = None
        self._seen = self._unseen = 0

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        folder: Path,
        *,
        working: bool = True,
        sketch: bytes | None = None,
        patience: float = PATIENCE,
        **settings: Any,
    ) -> AsyncIterator["World"]:
        """`working` is whether the queue runs from the start; `sketch` is every picture; `settings` the operator's.

        `patience` is the database's, in seconds.
        """
        clock = SimulatedClock()
        async with AsyncExitStack() as stack:
            endpoint = await stack.enter_async_context(Endpoint(api_key=KEY, scale=0.1, sketch=sketch))
            files = await stack.enter_async_context(Files())
            made = _settings(folder, endpoint, {"discord_api_url": files.api, **settings})
            life = AsyncExitStack()
            app = await life.enter_async_context(assembled(made, clock, patience=patience))
            env = await stack.enter_async_context(simcord.run(app.bot, check_errors=False))
            clock.env = env
            world = cls(env, endpoint, made, clock, patience)
            world.app, world._life, world.files = app, life, files
            env.backend.cdn = ServedCdn(files)
            stack.push_async_callback(world._close)
            if working:
                world.work()
            yield world
            await world.audit()
            assert world.incidents() == []

    def member(self, name: str, *roles: Role) -> Actor:
        return self.guild.add_member(self.env.create_user(name), roles=roles)

    def role(self, name: str, *members: Actor) -> Role:
        role = self.guild.create_role(name)
        for member in members:
            self.grant_role(member, role)
        return role

    def grant_role(self, member: Actor, role: Role) -> None:
        self.env.backend.add_member_role(self.guild.id, member.id, role.id)

    def withdraw_role(self, member: Actor, role: Role) -> None:
        self.env.backend.remove_member_role(self.guild.id, member.id, role.id)

    def delete_role(self, role: Role) -> None:
        self.env.backend.delete_role(self.guild.id, role.id)

    def delete_channel(self, channel: simcord.ChannelHandle) -> None:
        self.env.backend.delete_channel(channel.id)

    def forget_the_guild(self) -> None:
        """The bot as it is before Discord has sent it the guild, or while Discord has an outage."""
        guild = self.app.bot.get_guild(self.guild.id)
        assert guild is not None
        self.app.bot._connection._remove_guild(guild)

    def work(self) -> None:
        """Let the queue run, outside of what SimCord waits for."""
        self._work = asyncio.create_task(_working(self.app))

    async def rest(self) -> None:
        """Stop the queue where it stands, as a process that dies would."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)
            self._work = None
        await self.app.queue.drain(0)

    async def restart(self, *, working: bool = True, **settings: Any) -> None:
        """Another process on the same database; nothing that was in memory is left."""
        await self.rest()
        await self._life.aclose()
        self.settings = self.settings.model_copy(update=settings)
        self.app = await self._life.enter_async_context(assembled(self.settings, self.clock, patience=self.patience))
        await self.env.restart_bot(self.app.bot)
        if working:
            self.work()

    async def finish(self) -> None:
        """Until every picture is where it belongs."""
        await self.app.queue.idle()
        await self.env.settle()

    async def audit(self) -> None:
        assert await check(self.settings.database_url) == []

    def incidents(self) -> list[BaseException]:
        """What the bot raised since last asked, refusals apart: those are answers."""
        raised = [getattr(error, "original", error) for error in self.env.errors[self._seen :]]
        self._seen += len(raised)
        return [error for error in raised if not isinstance(error, RefusalError)]

    async def imagine(self, actor: Actor, prompt: str = "a red fox in snow", **options: Any) -> Result:
        return await actor.slash(self.channel, "imagine", prompt=prompt, **options)

    async def picture(self, actor: Actor, prompt: str = "a red fox in snow", **options: Any) -> discord.Message:
        """A picture made from the first word to the last."""
        result = await self.imagine(actor, prompt, **options)
        await self.finish()
        return self.message(result)

    async def press(self, actor: Actor, message: discord.Message, label: str) -> Result:
        return await actor.click(message, label=label)

    async def admin(self, actor: Actor, verb: str, /, **options: Any) -> Result:
        return await actor.slash(self.channel, f"credits-admin {verb}", **options)

    async def suggested(self, actor: Actor, verb: str, option: str, typed: str) -> list[str]:
        """What the bot offers while somebody types into an option."""
        offered = await actor.autocomplete(self.channel, f"credits-admin {verb}", option, typed)
        return [choice["name"] for choice in offered]

    def message(self, result: Result) -> discord.Message:
        """The message that answered, as it looks now."""
        assert result.response is not None
        return result.response.message

    def payload(self, message: discord.Message) -> dict[str, Any]:
        """A message as Discord tells it."""
        stored = self.env.backend.get_message(message.channel.id, message.id)
        return copy.deepcopy(dict(serializers.message_payload(self.env.backend, stored)))

    async def rush(self, *calls: tuple[Actor, Mapping[str, Any]]) -> list[Result]:
        """`/imagine` from many at the same instant, with whatever values: nothing is checked on the way."""
        sent = [self._send(actor, "imagine", options) for actor, options in calls]
        await self.env.settle()
        return sent

    async def forced(self, actor: Actor, name: str, /, *, upload_limit: int | None = None, **options: Any) -> Result:
        """A command with whatever values from whomever: nothing that Discord would check is checked."""
        sent = self._send(actor, name, options, upload_limit)
        await self.env.settle()
        return sent

    async def pry(
        self, actor: Actor, message: discord.Message, custom_id: str, *, kind: int = BUTTON, **chosen: list[str]
    ) -> Result:
        """A press of a control that the message does not have, or that the actor cannot even see.

        `kind` is the type of component that it is, `values` what a list would hold.
        """
        stored = copy.deepcopy(self.env.backend.get_message(self.channel.id, message.id))
        looks = {"style": 2, "label": "forged"} if kind == BUTTON else {"options": []}
        stored.components = [
            {"type": ROW, "id": 4710, "components": [{"type": kind, "custom_id": custom_id, "id": 4711, **looks}]}
        ]
        extra: dict[str, Any] = {"resolved": {}, **chosen} if chosen else {}
        data = {"custom_id": custom_id, "component_type": kind, **extra}
        return await self._forge(actor, InteractionType.MESSAGE_COMPONENT, stored, data)

    async def forged_form(self, actor: Actor, message: discord.Message, custom_id: str, **typed: str) -> Result:
        """A submit of a form that nobody opened."""
        stored = self.env.backend.get_message(self.channel.id, message.id)
        fields = [
            {"type": 18, "id": at, "component": {"type": 4, "id": at + 100, "custom_id": name, "value": value}}
            for at, (name, value) in enumerate(typed.items(), start=1)
        ]
        data = {"custom_id": custom_id, "components": fields, "resolved": {}}
        return await self._forge(actor, InteractionType.MODAL_SUBMIT, stored, data)

    async def _forge(self, actor: Actor, kind: InteractionType, stored: Any, data: dict[str, Any]) -> Result:
        record, payload = interactions.base_payload(
            self.env.backend,
            type=kind,
            channel_id=self.channel.id,
            guild_id=actor.guild.id,
            user_id=actor.id,
            data=data,
        )
        payload["message"] = dict(serializers.message_payload(self.env.backend, stored))
        record.source_message_id = stored.id
        self.env.backend.emit("INTERACTION_CREATE", payload)
        await self.env.settle()
        return simcord.InteractionResult(self.env, record)

    async def forged_press(self, actor: Actor, message: discord.Message, custom_id: str) -> Result:
        """A press of a button that the message does not have."""
        stored = self.env.backend.get_message(self.channel.id, message.id)
        _rename_button(stored.components, custom_id)
        return await actor.click(message, custom_id=custom_id)

    def elsewhere(self) -> "World":
        """The same bot in another guild."""
        other = copy.copy(self)
        other.guild = self.env.create_guild("Elsewhere")
        other.channel = other.guild.create_text_channel("art")
        other.ada = other.member("ada2")
        return other

    def joined(self, actor: Actor) -> Actor:
        """Somebody of another guild as staff of this one."""
        rights = discord.Permissions(manage_guild=True)
        return self.guild.add_member(actor.user, roles=[self.guild.create_role("boss", permissions=rights)])

    async def decided(self, verb: str, **options: Any) -> str:
        """What staff are told in the end, where they confirm what they are asked."""
        answer = await self.admin(self.mod, verb, **options)
        if buttons(answer.response):
            answer = await self.press(self.mod, self.message(answer), "Confirm")
        return told(answer)

    def deliver_again(self, result: Result) -> None:
        """Discord repeats an interaction, as it may after a reconnect."""
        wanted = str(result._interaction.id)
        payload = next(
            body
            for _, event, body in self.env.backend.transcript
            if event == "INTERACTION_CREATE" and body["id"] == wanted
        )
        self.env.backend.emit("INTERACTION_CREATE", payload)

    async def cancel_while_painting(self, actor: Actor, message: discord.Message) -> None:
        asked = await self.press(actor, message, "Cancel")
        await self.press(actor, self.message(asked), "Cancel anyway")

    async def ordered(self) -> None:
        """Until the provider's name for the order is known, and asked about."""
        while not self.endpoint.requests(PathKind.RESULT):
            await asyncio.sleep(0)

    async def painted_but_not_delivered(self, actor: Actor) -> Result:
        self.endpoint.fail(Fault.HANG, times=None, at=PathKind.DOWNLOAD)
        asked = await self.imagine(actor)
        while not self.endpoint.requests(PathKind.DOWNLOAD):
            await asyncio.sleep(0)
        await self.rest()
        self.endpoint.heal()
        return asked

    async def accepted_but_not_announced(self, actor: Actor) -> None:
        await self.app.bot.services.studio.imagine(self.caller(actor), {"prompt": "a fox"})

    def caller(self, actor: Actor, *, manages: bool = False) -> Caller:
        """Of an interaction that nobody sees."""
        self._unseen += 1
        return Caller(
            interaction=self._unseen,
            guild=self.guild.id,
            channel=self.channel.id,
            places=frozenset(),
            age_restricted=False,
            member=actor.id,
            roles=frozenset(),
            manages=manages,
            missing_rights=(),
            upload_limit=1,
        )

    async def decree(self, name: str, value: Any) -> None:
        """Set a rule of the guild, without the panel."""
        office, staff = self.app.bot.services.office, self.caller(self.mod, manages=True)
        known = await office.regulations(staff)
        await office.change(staff, name, value, known.revisions.get(name, 0))

    def draw_with(self, script: Path) -> None:
        """Charts by another script than the bot's own."""
        self.app.bot.services.statistics._charts = MatplotlibCharts(script.parent, script=script)

    async def lose_the_database(self) -> None:
        """No new connection can be made to it."""
        self._database().engine.dispose()
        self._file().rename(self._file().with_suffix(".away"))
        self._file().mkdir()

    async def find_the_database(self) -> None:
        self._file().rmdir()
        self._file().with_suffix(".away").rename(self._file())

    def spoil(self) -> None:
        """Rows that nobody foresaw."""
        with sqlite3.connect(self._file()) as connection:
            connection.execute("UPDATE pools SET period = 'never'")
            connection.execute("UPDATE jobs SET parameters = 'nothing'")
        connection.close()

    def unspoil(self) -> None:
        with sqlite3.connect(self._file()) as connection:
            connection.execute("UPDATE pools SET period = 'month'")
            connection.execute("""UPDATE jobs SET parameters = '{"prompt": "mended"}'""")
        connection.close()

    def rows(self, statement: str, *values: object) -> list[Any]:
        """What the database says, or is made to say."""
        with sqlite3.connect(self._file()) as connection:
            found = connection.execute(statement, values).fetchall()
        connection.close()
        return found

    def _database(self) -> Database:
        books = self.app.bot.services.wallet._pools
        assert isinstance(books, SqlBooks)
        return books._database

    def _file(self) -> Path:
        return Path(self.settings.database_url.removeprefix("sqlite:///"))

    def age_restrict(self, *, restricted: bool = True) -> None:
        """SimCord models no age restriction: the mark is set where discord.py keeps it."""
        channel = self.app.bot.get_channel(self.channel.id)
        assert isinstance(channel, discord.TextChannel)
        channel.nsfw = restricted

    async def open_desk(self) -> None:
        """Give the operator a channel."""
        self.desk = self.guild.create_text_channel("desk")
        await self.restart(operator_channel_id=self.desk.id)

    def alerts(self) -> list[str]:
        """What the operator was told, by its headings."""
        return [words(message).splitlines()[0].removeprefix("## ") for message in self.desk.history()]

    def forbid_the_bot(self, **rights: bool) -> None:
        """Close the channel to what the bot needs."""
        self.enter("closed", **rights)

    def enter(self, name: str, **rights: bool) -> None:
        """Go to a new channel, with or without rights of the bot."""
        mine = self.guild.me
        assert mine is not None
        self.channel = self.guild.create_text_channel(name, overwrites={mine: discord.PermissionOverwrite(**rights)})

    def _send(self, actor: Actor, name: str, options: Mapping[str, Any], upload_limit: int | None = None) -> Result:
        first, *path = name.split()
        root = self.env.backend.commands[None][first, 1]
        leaf, nesting = interactions.walk_to_subcommand(root, path)
        kinds = {option["name"]: option["type"] for option in leaf["options"]}
        resolved: dict[str, Any] = {}
        given = [
            {"name": name, "type": kinds[name], "value": self._wired(actor, value, resolved)}
            for name, value in options.items()
        ]
        record, payload = interactions.base_payload(
            self.env.backend,
            type=InteractionType.APPLICATION_COMMAND,
            channel_id=self.channel.id,
            guild_id=self.guild.id,
            user_id=actor.id,
            data={
                "id": root["id"],
                "name": root["name"],
                "type": 1,
                "options": interactions.nest_options(root, nesting, given),
                "resolved": resolved,
            },
        )
        if upload_limit is not None:
            payload["attachment_size_limit"] = upload_limit
        self.env.backend.emit("INTERACTION_CREATE", payload)
        return simcord.InteractionResult(self.env, record)

    def _wired(self, actor: Actor, value: Any, resolved: dict[str, Any]) -> Any:
        if not isinstance(value, Actor | Role | simcord.UserHandle):
            return value
        interactions.resolve_handle(actor, value, resolved, channel_id=self.channel.id)
        return str(value.id)

    async def _close(self) -> None:
        await self.rest()
        await self._life.aclose()


async def _working(app: App) -> None:
    await asyncio.gather(app.queue.run(), app.alerts.run())


def in_world(**settings: Any) -> Callable[[Test], Test]:
    """Give a test a `world`. Not a fixture: SimCord's clock is bound to the task that opened it."""

    def decorate(test: Test) -> Test:
        @wraps(test)
        async def opened(tmp_path: Path, **given: Any) -> None:
            async with World.open(tmp_path, **settings) as world:
                await test(world=world, **given)

        wanted = inspect.signature(test).parameters.values()
        folder = inspect.Parameter("tmp_path", inspect.Parameter.KEYWORD_ONLY)
        others = [it.replace(kind=inspect.Parameter.KEYWORD_ONLY) for it in wanted if it.name != "world"]
        opened.__signature__ = inspect.Signature([folder, *others])  # type: ignore[attr-defined]
        return cast("Test", opened)

    return decorate


def words(message: discord.Message | simcord.ResponseMessage | None) -> str:
    """All that a person reads on a message, buttons included."""
    assert message is not None
    return "\n".join(_texts(_raw(message)))


def buttons(message: discord.Message | simcord.ResponseMessage | None) -> list[str]:
    assert message is not None
    return [part["label"] for part in _parts(_raw(message)) if part["type"] == BUTTON]


def custom_ids(result: Result) -> list[str]:
    """Of the buttons on the answer."""
    assert result.response is not None
    return [part["custom_id"] for part in _parts(_raw(result.response)) if part["type"] == BUTTON]


def gallery(message: discord.Message) -> list[dict[str, Any]]:
    return [item for part in _parts(_raw(message)) if part["type"] == GALLERY for item in part["items"]]


def told(result: Result) -> str:
    """What the person who acted was told in private, and nobody else."""
    assert result.response is not None
    assert result.response.ephemeral
    return words(result.response)


def timestamps(text: str) -> list[datetime]:
    return [datetime.fromtimestamp(int(it), tz=UTC) for it in re.findall(r"<t:(\d+):", text)]


def _settings(folder: Path, endpoint: Endpoint, changes: Mapping[str, Any]) -> Settings:
    values: dict[str, Any] = {
        "discord_token": TOKEN,
        "onemin_api_key": KEY,
        "onemin_api_url": endpoint.url,
        "onemin_image_origins": (endpoint.image_origin,),
        "database_url": f"sqlite:///{folder}/bot.db",
        "data_dir": folder,
        "shard_count": 1,
    }
    return Settings(_env_file=None, **{**values, **changes})


def _raw(message: discord.Message | simcord.ResponseMessage) -> list[dict[str, Any]]:
    if isinstance(message, simcord.ResponseMessage):
        return message.components
    return [dict(component.to_dict()) for component in message.components]


def _parts(components: list[Any]) -> Iterator[dict[str, Any]]:
    for part in components:
        yield part
        yield from _parts(part.get("components", []))


def _texts(components: list[Any]) -> Iterator[str]:
    for part in _parts(components):
        if part["type"] == TEXT:
            yield part["content"]
        elif part["type"] == BUTTON:
            yield f"[{part['label']}]"


def _rename_button(components: list[Any], custom_id: str) -> None:
    next(part for part in _parts(components) if part["type"] == BUTTON)["custom_id"] = custom_id
