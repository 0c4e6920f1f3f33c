from discord import app_commands
from discord.ext import commands

from bot.client import ImagineBot
from bot.ui.privacy import open_privacy
from bot.ui.services import Interaction
from bot.ui.words import commands as words


class Privacy(commands.Cog):
    @app_commands.command(description=words.PRIVACY)
    @app_commands.guild_only()
    @app_commands.guild_install()
    async def privacy(self, interaction: Interaction) -> None:
        await open_privacy(interaction)


async def setup(bot: ImagineBot) -> None:
    await bot.add_cog(Privacy())
