from typing import Final

from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.client import ImagineBot
from bot.ui.album import TEXT_LIMIT, open_album
from bot.ui.services import Interaction
from bot.ui.words import commands as words

MINE: Final = "mine"
FAVOURITES: Final = "favourites"


class History(commands.Cog):
    @app_commands.command(description=words.ALBUM)
    @app_commands.describe(show=words.ALBUM_SHOW, here=words.ALBUM_HERE, text=words.ALBUM_TEXT)
    @app_commands.choices(show=[Choice(name=words.MINE, value=MINE), Choice(name=words.FAVOURITES, value=FAVOURITES)])
    @app_commands.guild_only()
    @app_commands.guild_install()
    async def history(
        self,
        interaction: Interaction,
        show: str = MINE,
        here: bool = False,  # noqa: FBT001, FBT002 - Discord passes it by name
        text: Range[str, 1, TEXT_LIMIT] | None = None,
    ) -> None:
        await open_album(interaction, favourites=show == FAVOURITES, here=here, text=text)


async def setup(bot: ImagineBot) -> None:
    await bot.add_cog(History())
