"""A small bot on the real discord.py, and a caller that knows nothing but HTTP."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from typing_extensions import override
from yarl import URL

from standins.discord import Discord, Interaction, Member
from tests.standins.discord import controls

OPENAPI = Path(__file__).parents[2] / "data" / "discord-openapi.json"
COMMAND = {
    "name": "paint",
    "description": "Paint a picture",
    "options": [{"type": 3, "name": "prompt", "description": "What to paint"}],
}


class CountButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"count:(?P<number>[0-9]+)"):
    def __init__(self, number: int) -> None:
        super().__init__(discord.ui.Button(label=f"Count {number}", custom_id=f"count:{number}"))
        self.number = number

    @classmethod
    @override
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any, /) -> "CountButton":
        return cls(int(match["number"]))

    @override
    async def callback(self, interaction: Any) -> None:
        await interaction.response.edit_message(view=card(self.number + 1))


class Form(discord.ui.Modal, title="Tell us"):
    reason: discord.ui.Label[Any] = discord.ui.Label(
        text="Why", component=discord.ui.TextInput(custom_id="why", max_length=20)
    )

    @override
    async def on_submit(self, interaction: Any) -> None:
        assert isinstance(self.reason.component, discord.ui.TextInput)
        await interaction.response.send_message(f"Because {self.reason.component.value}", ephemeral=True)


def card(number: int) -> discord.ui.LayoutView:
    view, row = discord.ui.LayoutView(timeout=None), discord.ui.ActionRow[Any]()
    row.add_item(CountButton(number))
    view.add_item(discord.ui.Container(discord.ui.TextDisplay(f"Number {number}"), row))
    return view


class TestBot(discord.AutoShardedClient):
    __test__ = False

    def __init__(self, shards: int, **options: Any) -> None:
        super().__init__(intents=discord.Intents(guilds=True), shard_count=shards, max_messages=None, **options)
        self.tree = app_commands.CommandTree(self)
        commands: tuple[Any, ...] = (hello, slow, draw, number, form, choice, quote, *controls.COMMANDS)
        for command in commands:
            self.tree.add_command(command)

    @override
    async def setup_hook(self) -> None:
        self.add_dynamic_items(CountButton)
        await self.tree.sync()

    @override
    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """The inherited one sleeps for five seconds."""


@app_commands.command(description="Answer at once")
async def hello(interaction: discord.Interaction[Any], name: str) -> None:
    await interaction.response.send_message(f"Hello {name}")


@app_commands.command(description="Answer later")
async def slow(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.defer(ephemeral=True)
    await interaction.edit_original_response(content="Here it is")
    await interaction.followup.send("And one more thing", ephemeral=True)


@app_commands.command(description="Answer with a file")
async def draw(interaction: discord.Interaction[Any], size: int) -> None:
    await interaction.response.defer()
    file = discord.File(io.BytesIO(bytes(size)), filename="drawing.png", description="a drawing")
    await interaction.edit_original_response(content="Drawn", attachments=[file])


@app_commands.command(description="Answer with a card")
async def number(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.send_message(view=card(1))


@app_commands.command(description="Answer with a form")
async def form(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.send_modal(Form())


@app_commands.command(description="Answer with a choice")
async def choice(interaction: discord.Interaction[Any]) -> None:
    view = discord.ui.View()
    select: discord.ui.Select[Any] = discord.ui.Select(
        custom_id="choose", options=[discord.SelectOption(label=it) for it in "ab"]
    )

    async def chosen(after: discord.Interaction[Any]) -> None:
        await after.response.edit_message(content=f"Chosen {select.values[0]}", view=None)

    select.callback = chosen  # type: ignore[assignment]
    view.add_item(select)
    await interaction.response.send_message("Choose", view=view)


@app_commands.context_menu(name="Quote")
async def quote(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    await interaction.response.send_message(f"> {message.content}", ephemeral=True)


@asynccontextmanager
async def connected(
    discord_: Discord, monkeypatch: pytest.MonkeyPatch, *, shards: int = 1, token: str | None = None, **options: Any
) -> AsyncIterator[TestBot]:
    monkeypatch.setattr(Route, "BASE", discord_.api_url)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(discord_.gateway_url))
    async with TestBot(shards, **options) as bot:
        await bot.login(token or discord_.token)
        line = asyncio.create_task(bot.connect())
        try:
            await discord_.ready(shards)
            yield bot
        finally:
            await bot.close()
            line.cancel()
            await asyncio.gather(line, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> int:
        code: int = self.json["code"]
        return code


@dataclass(frozen=True, slots=True)
class Caller:
    discord: Discord
    session: aiohttp.ClientSession

    async def ask(self, method: str, path: str, body: Any = None, **files: bytes) -> Answer:
        head = {"Authorization": f"Bot {self.discord.token}"}
        data: dict[str, Any] = {} if body is None else {"json": body}
        if files:
            form = aiohttp.FormData(quote_fields=False)
            form.add_field("payload_json", json.dumps(body))
            for place, (name, content) in enumerate(files.items()):
                form.add_field(f"files[{place}]", io.BytesIO(content), filename=name.replace("_", "."))
            data = {"data": form}
        async with self.session.request(method, self.discord.api_url + path, headers=head, **data) as response:
            return Answer(response.status, response.headers, await response.read())

    async def sync(self, *commands: Mapping[str, Any]) -> Answer:
        application = (await self.ask("GET", "/users/@me")).json["id"]
        return await self.ask("PUT", f"/applications/{application}/commands", list(commands))

    async def answer(self, asked: Interaction, body: Any, query: str = "", **files: bytes) -> Answer:
        path = f"/interactions/{asked.id}/{asked.state.token}/callback{query}"
        return await self.ask("POST", path, body, **files)

    async def with_token(self, method: str, asked: Interaction, body: Any = None, **files: bytes) -> Answer:
        """PATCH and the like concern the original answer, POST adds another."""
        message = "" if method == "POST" else "/messages/@original"
        path = f"/webhooks/{self.discord.application_id}/{asked.state.token}{message}"
        return await self.ask(method, path, body, **files)


def asked(member: Member, channel: Any) -> Interaction:
    return member.begin_slash(channel, "paint", prompt="a fox")


@asynccontextmanager
async def calling(discord_: Discord) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        yield Caller(discord_, session)
