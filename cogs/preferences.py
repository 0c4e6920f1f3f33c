from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.client import ImagineBot
from bot.domain.parameters import ImageParameters
from bot.ui.options import options_of
from bot.ui.preferences import presets
from bot.ui.preferences.panel import open_panel
from bot.ui.services import Interaction
from bot.ui.words import commands as words


class Preferences(commands.Cog):
    @app_commands.command(description=words.PREFERENCES)
    @app_commands.guild_only()
    @app_commands.guild_install()
    async def preferences(self, interaction: Interaction) -> None:
        await open_panel(interaction)


@app_commands.guild_only()
@app_commands.guild_install()
class Presets(commands.GroupCog, group_name="preset", group_description=words.PRESET):
    @app_commands.command(description=words.PRESET_SAVE)
    @app_commands.describe(name=words.PRESET_NAME, suffix=words.PRESET_SUFFIX)
    @app_commands.autocomplete(name=presets.suggest)
    @options_of(ImageParameters, without={"prompt"})
    async def save(self, interaction: Interaction, /, name: str, suffix: str | None = None, **fields: Any) -> None:
        await presets.save(interaction, name, suffix, fields)

    @app_commands.command(description=words.PRESET_USE)
    @app_commands.describe(name=words.PRESET_NAME)
    @app_commands.autocomplete(name=presets.suggest)
    @options_of(ImageParameters)
    async def use(self, interaction: Interaction, /, name: str, **fields: Any) -> None:
        await presets.use(interaction, name, fields)

    @app_commands.command(name="list", description=words.PRESET_LIST)
    async def show(self, interaction: Interaction) -> None:
        await presets.show(interaction)

    @app_commands.command(description=words.PRESET_DELETE)
    @app_commands.describe(name=words.PRESET_NAME)
    @app_commands.autocomplete(name=presets.suggest)
    async def delete(self, interaction: Interaction, name: str) -> None:
        await presets.delete(interaction, name)


async def setup(bot: ImagineBot) -> None:
    await bot.add_cog(Preferences())
    await bot.add_cog(Presets())
