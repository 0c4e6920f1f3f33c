"""The least that a bot for this job can be: acknowledge, order, download, upload with a button. No rules, no books."""

import asyncio
import io
import os
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from typing_extensions import override
from yarl import URL


class Bare(discord.Client):
    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None)
        self.tree: app_commands.CommandTree[Bare] = app_commands.CommandTree(self)
        self.tree.add_command(app_commands.Command(name="imagine", description="Paint", callback=imagine))
        self.session: aiohttp.ClientSession

    @override
    async def setup_hook(self) -> None:
        self.session = aiohttp.ClientSession(headers={"API-KEY": os.environ["ONEMIN_API_KEY"]})
        await self.tree.sync()


async def imagine(interaction: discord.Interaction[Any], prompt: str) -> None:
    await interaction.response.send_message(f"Painting {prompt}")
    order = {
        "type": "IMAGE_GENERATOR",
        "model": "black-forest-labs/flux-2-pro",
        "promptObject": {"prompt": prompt},
    }
    session: aiohttp.ClientSession = interaction.client.session
    async with session.post(f"{os.environ['ONEMIN_API_URL']}/api/features", json=order) as answer:
        url = (await answer.json())["aiRecord"]["temporaryUrl"]
    async with aiohttp.request("GET", URL(url, encoded=True)) as picture:
        file = discord.File(io.BytesIO(await picture.read()), "picture.png")
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Reroll", custom_id="reroll"))
    await interaction.edit_original_response(content=prompt, attachments=[file], view=view)


async def main() -> None:
    Route.BASE = os.environ["DISCORD_API_URL"]
    DiscordWebSocket.DEFAULT_GATEWAY = URL(os.environ["DISCORD_GATEWAY_URL"])
    async with Bare() as bot:
        await bot.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    asyncio.run(main())
