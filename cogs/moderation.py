import discord
from discord import app_commands
from discord.app_commands import ContextMenu
from discord.ext import commands

from bot.client import ImagineBot
from bot.ui import removals
from bot.ui.panel.block_form import ask
from bot.ui.services import Interaction
from bot.ui.words import moderation as words


class Moderation(commands.Cog):
    """Menus cannot be declared in a class; they are added here, with the rights that Discord first asks for."""

    def __init__(self, bot: ImagineBot) -> None:
        menus = (
            ContextMenu(name=words.REMOVE_MENU, callback=self.remove),
            ContextMenu(name=words.REMOVE_ALL_MENU, callback=self.remove_all),
            ContextMenu(name=words.BLOCK_MENU, callback=self.block),
        )
        for menu in menus:
            bot.tree.add_command(menu)

    @app_commands.guild_only()
    @app_commands.guild_install()
    @app_commands.default_permissions(manage_messages=True)
    async def remove(self, interaction: Interaction, message: discord.Message) -> None:
        await removals.remove_shown_in(interaction, message)

    @app_commands.guild_only()
    @app_commands.guild_install()
    @app_commands.default_permissions(moderate_members=True)
    async def remove_all(self, interaction: Interaction, member: discord.User) -> None:
        await removals.choose(interaction, member.id)

    @app_commands.guild_only()
    @app_commands.guild_install()
    @app_commands.default_permissions(moderate_members=True)
    async def block(self, interaction: Interaction, member: discord.User) -> None:
        await ask(interaction, member.id)


async def setup(bot: ImagineBot) -> None:
    await bot.add_cog(Moderation(bot))
