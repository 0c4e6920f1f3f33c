from discord import app_commands
from discord.ext import commands

from bot.client import ImagineBot
from bot.ui.panel.pages import open_panel
from bot.ui.services import Interaction
from bot.ui.words import commands as words


class Settings(commands.Cog):
    @app_commands.command(description=words.SETTINGS)
    @app_commands.guild_only()
    @app_commands.guild_install()
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: Interaction) -> None:
        await open_panel(interaction)


async def setup(bot: ImagineBot) -> None:
    await bot.add_cog(Settings())
