from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.client import ImagineBot
from bot.domain.parameters import ImageParameters
from bot.ui.caller import caller_of
from bot.ui.options import options_of
from bot.ui.orders import serve
from bot.ui.services import Interaction, Services
from bot.ui.words import commands as words


class Imagine(commands.Cog):
    def __init__(self, services: Services) -> None:
        self._studio = services.studio

    @app_commands.command(description=words.IMAGINE)
    @app_commands.guild_only()
    @app_commands.guild_install()
    @options_of(ImageParameters)
    async def imagine(self, interaction: Interaction, /, **fields: Any) -> None:
        await serve(interaction, self._studio.imagine(caller_of(interaction), fields))


async def setup(bot: ImagineBot) -> None:
    await bot.add_cog(Imagine(bot.services))
