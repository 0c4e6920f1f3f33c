from typing import Any

import discord
from discord import app_commands
from discord.app_commands import ContextMenu
from discord.ext import commands

from bot.client import ImagineBot
from bot.domain.parameters import EditParameters
from bot.ui import edits
from bot.ui.options import options_of
from bot.ui.services import Interaction
from bot.ui.words import edits as words


class Edit(commands.Cog):
    def __init__(self, bot: ImagineBot) -> None:
        bot.tree.add_command(ContextMenu(name=words.MENU, callback=self.edit_this))

    @app_commands.command(description=words.COMMAND)
    @app_commands.guild_only()
    @app_commands.guild_install()
    @app_commands.describe(image=words.IMAGE)
    @options_of(EditParameters)
    async def edit(self, interaction: Interaction, /, image: discord.Attachment, **fields: Any) -> None:
        await edits.edit(interaction, image, fields)

    @app_commands.guild_only()
    @app_commands.guild_install()
    async def edit_this(self, interaction: Interaction, message: discord.Message) -> None:
        await edits.ask_about(interaction, message)


async def setup(bot: ImagineBot) -> None:
    if bot.services.editing.enabled:
        await bot.add_cog(Edit(bot))
