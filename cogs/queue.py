from discord import app_commands
from discord.ext import commands

from bot.client import ImagineBot
from bot.ui.line import show_line
from bot.ui.services import Interaction
from bot.ui.words import commands as words


class Queue(commands.Cog):
    @app_commands.command(description=words.QUEUE)
    @app_commands.guild_only()
    @app_commands.guild_install()
    async def queue(self, interaction: Interaction) -> None:
        await show_line(interaction)


async def setup(bot: ImagineBot) -> None:
    await bot.add_cog(Queue())
