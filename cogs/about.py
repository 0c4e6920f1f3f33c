from discord import app_commands
from discord.ext import commands

from bot.client import ImagineBot
from bot.ui.boundary import tell
from bot.ui.imprint import imprint
from bot.ui.services import Interaction
from bot.ui.words import commands as words


class About(commands.Cog):
    @app_commands.command(description=words.ABOUT)
    @app_commands.guild_only()
    @app_commands.guild_install()
    async def about(self, interaction: Interaction) -> None:
        await tell(interaction, imprint(interaction.client.application))


async def setup(bot: ImagineBot) -> None:
    await bot.add_cog(About())
