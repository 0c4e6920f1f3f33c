from typing import TypeAlias

import discord
from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ext import commands

from bot.client import ImagineBot
from bot.domain.acts import LARGEST_AMOUNT, Verb
from bot.ui import history, overview
from bot.ui.days import suggest_since, suggest_until
from bot.ui.decisions import REASON_LIMIT, decide
from bot.ui.export import export
from bot.ui.filters import wanted_of
from bot.ui.services import Interaction
from bot.ui.targets import Mentioned, Person
from bot.ui.words import commands as words
from bot.ui.words.history import TOPICS

Amount: TypeAlias = Range[int, 1, LARGEST_AMOUNT]
Cap: TypeAlias = Range[int, 0, LARGEST_AMOUNT]
Reason: TypeAlias = Range[str, 1, REASON_LIMIT]


@app_commands.guild_only()
@app_commands.guild_install()
@app_commands.default_permissions(manage_guild=True)
class CreditsAdmin(commands.GroupCog, group_name="credits-admin", group_description=words.CREDITS_ADMIN):
    @app_commands.command(description=words.GIVE)
    @app_commands.describe(target=words.TARGET, amount=words.GIVEN, reason=words.REASON)
    async def give(
        self, interaction: Interaction, target: Mentioned, amount: Amount, reason: Reason | None = None
    ) -> None:
        await decide(interaction, Verb.GIVE, target, amount, reason)

    @app_commands.command(description=words.TAKE)
    @app_commands.describe(target=words.TARGET, amount=words.GIVEN, reason=words.REASON)
    async def take(
        self, interaction: Interaction, target: Mentioned, amount: Amount, reason: Reason | None = None
    ) -> None:
        await decide(interaction, Verb.TAKE, target, amount, reason)

    @app_commands.command(name="set", description=words.SET)
    @app_commands.describe(target=words.TARGET_OF_CAP, amount=words.CAP, reason=words.REASON)
    async def set_cap(
        self, interaction: Interaction, target: Mentioned, amount: Cap | None = None, reason: Reason | None = None
    ) -> None:
        await decide(interaction, Verb.SET, target, amount, reason)

    @app_commands.command(description=words.EXEMPT)
    @app_commands.describe(role=words.EXEMPT_ROLE, exempt=words.EXEMPT_FLAG, reason=words.REASON)
    async def exempt(
        self,
        interaction: Interaction,
        role: discord.Role,
        exempt: bool,  # noqa: FBT001 - Discord passes it by name
        reason: Reason | None = None,
    ) -> None:
        await decide(interaction, Verb.EXEMPT, role, int(exempt), reason)

    @app_commands.command(description=words.RESET)
    @app_commands.describe(target=words.TARGET, reason=words.REASON)
    async def reset(self, interaction: Interaction, target: Mentioned, reason: Reason | None = None) -> None:
        await decide(interaction, Verb.RESET, target, None, reason)

    @app_commands.command(description=words.SHOW)
    @app_commands.describe(member=words.SHOWN_MEMBER)
    async def show(self, interaction: Interaction, member: Person | None = None) -> None:
        if member is None:
            await overview.show_rules(interaction)
        else:
            await overview.show_member(interaction, member)

    @app_commands.command(description=words.HISTORY)
    @app_commands.describe(member=words.ABOUT_MEMBER, kind=words.KIND, since=words.SINCE, until=words.UNTIL)
    @app_commands.choices(kind=[Choice(name=name, value=topic.value) for topic, name in TOPICS.items()])
    @app_commands.autocomplete(since=suggest_since, until=suggest_until)
    async def history(
        self,
        interaction: Interaction,
        member: Person | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> None:
        await history.show(interaction, await wanted_of(interaction, member, kind, since, until))

    @app_commands.command(description=words.EXPORT)
    @app_commands.describe(member=words.ABOUT_MEMBER, kind=words.KIND, since=words.SINCE, until=words.UNTIL)
    @app_commands.choices(kind=[Choice(name=name, value=topic.value) for topic, name in TOPICS.items()])
    @app_commands.autocomplete(since=suggest_since, until=suggest_until)
    async def export(
        self,
        interaction: Interaction,
        member: Person | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> None:
        await export(interaction, await wanted_of(interaction, member, kind, since, until))

    @app_commands.command(description=words.TOP)
    async def top(self, interaction: Interaction) -> None:
        await overview.show_top(interaction)


async def setup(bot: ImagineBot) -> None:
    await bot.add_cog(CreditsAdmin())
