import discord
from discord import app_commands
from discord.app_commands import ContextMenu
from discord.ext import commands

from bot.client import ImagineBot
from bot.ui import making
from bot.ui.services import Interaction
from bot.ui.words import making as words


class Making(commands.Cog):
    def __init__(self, bot: ImagineBot) -> None:
        bot.tree.add_command(ContextMenu(name=words.MENU, callback=self.how))

    @app_commands.guild_only()
    @app_commands.guild_install()
    async def how(self, interaction: Interaction, message: discord.Message) -> None:
        await making.show(interaction, message)


async def setup(bot: ImagineBot) -> None:
    await bot.add_cog(Making(bot))
