from discord import app_commands
from discord.ext import commands

from bot.client import ImagineBot
from bot.ui.boundary import tell
from bot.ui.caller import caller_of
from bot.ui.services import Interaction, Services
from bot.ui.words import commands as words
from bot.ui.words.wallet import statement


class Credits(commands.Cog):
    def __init__(self, services: Services) -> None:
        self._wallet = services.wallet

    @app_commands.command(description=words.CREDITS)
    @app_commands.guild_only()
    @app_commands.guild_install()
    async def credits(self, interaction: Interaction) -> None:
        await tell(interaction, statement(await self._wallet.statement(caller_of(interaction))))


async def setup(bot: ImagineBot) -> None:
    await bot.add_cog(Credits(bot.services))
