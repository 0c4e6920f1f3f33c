from discord import app_commands
from discord.app_commands import Choice
from discord.ext import commands

from bot.client import ImagineBot
from bot.domain.figures import SPANS, USUAL_SPAN
from bot.ui.services import Interaction
from bot.ui.stats import show
from bot.ui.words import commands as words
from bot.ui.words.stats import span


class Stats(commands.Cog):
    # Without `default_permissions`: those would hide it from everybody where staff open it to them.
    @app_commands.command(description=words.STATS)
    @app_commands.describe(days=words.DAYS)
    @app_commands.choices(days=[Choice(name=span(days), value=days) for days in SPANS])
    @app_commands.guild_only()
    @app_commands.guild_install()
    async def stats(self, interaction: Interaction, days: int = USUAL_SPAN) -> None:
        await show(interaction, days)


async def setup(bot: ImagineBot) -> None:
    await bot.add_cog(Stats())
