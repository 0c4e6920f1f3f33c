from typing import Final, TypeAlias

import discord
from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.client import ImagineBot
from bot.domain.acts import LARGEST_AMOUNT
from bot.domain.credits import PeriodKind
from bot.domain.ledger import EntryKind
from bot.ui import operator as does
from bot.ui.decisions import REASON_LIMIT
from bot.ui.operator_pages import show_guilds, show_ledger
from bot.ui.services import Interaction
from bot.ui.words import operator as words

Amount: TypeAlias = Range[int, 1, LARGEST_AMOUNT]
Reason: TypeAlias = Range[str, 1, REASON_LIMIT]
PERIODS: Final = [Choice(name=it.value, value=it.value) for it in PeriodKind]
KINDS: Final = [Choice(name=it.value, value=it.value) for it in EntryKind]


@app_commands.default_permissions()
class Operator(commands.GroupCog, group_name="operator", group_description=words.GROUP):
    """A guild is typed as text: its id does not fit Discord's whole numbers."""

    @app_commands.command(description=words.GUILDS)
    async def guilds(self, interaction: Interaction) -> None:
        await show_guilds(interaction)

    @app_commands.command(description=words.GRANT)
    @app_commands.describe(guild=words.GUILD, amount=words.AMOUNT, reason=words.REASON)
    @app_commands.autocomplete(guild=does.suggest_guilds)
    async def grant(self, interaction: Interaction, guild: str, amount: Amount, reason: Reason | None = None) -> None:
        await does.grant(interaction, guild, amount, reason)

    @app_commands.command(description=words.TAKE)
    @app_commands.describe(guild=words.GUILD, amount=words.AMOUNT, reason=words.REASON)
    @app_commands.autocomplete(guild=does.suggest_guilds)
    async def take(self, interaction: Interaction, guild: str, amount: Amount, reason: Reason | None = None) -> None:
        await does.grant(interaction, guild, -amount, reason)

    @app_commands.command(description=words.PLAN)
    @app_commands.describe(guild=words.GUILD, allowance=words.ALLOWANCE, period=words.PERIOD, reason=words.REASON)
    @app_commands.autocomplete(guild=does.suggest_guilds, allowance=does.suggest_allowances)
    @app_commands.choices(period=PERIODS)
    async def plan(
        self,
        interaction: Interaction,
        guild: str,
        allowance: str | None = None,
        period: str | None = None,
        reason: Reason | None = None,
    ) -> None:
        await does.plan(interaction, guild, allowance, period, reason)

    @app_commands.command(description=words.PAUSE)
    @app_commands.describe(guild=words.GUILD_OR_ALL, reason=words.PAUSE_REASON)
    @app_commands.autocomplete(guild=does.suggest_guilds)
    async def pause(self, interaction: Interaction, guild: str | None = None, reason: Reason | None = None) -> None:
        await does.pause(interaction, guild, reason)

    @app_commands.command(description=words.RESUME)
    @app_commands.describe(guild=words.GUILD_OR_ALL, reason=words.PAUSE_REASON)
    @app_commands.autocomplete(guild=does.suggest_guilds)
    async def resume(self, interaction: Interaction, guild: str | None = None, reason: Reason | None = None) -> None:
        await does.resume(interaction, guild, reason)

    @app_commands.command(description=words.LEDGER)
    @app_commands.describe(guild=words.GUILD, member=words.MEMBER, kind=words.KIND)
    @app_commands.autocomplete(guild=does.suggest_guilds)
    @app_commands.choices(kind=KINDS)
    async def ledger(
        self, interaction: Interaction, guild: str, member: str | None = None, kind: str | None = None
    ) -> None:
        await show_ledger(interaction, guild, member, kind)

    @app_commands.command(description=words.CALLS)
    async def calls(self, interaction: Interaction) -> None:
        await does.calls(interaction)


async def setup(bot: ImagineBot) -> None:
    if bot.operator_guild is not None:
        await bot.add_cog(Operator(), guild=discord.Object(bot.operator_guild))
