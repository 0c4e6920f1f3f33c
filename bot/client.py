"""Discord's handle on the bot: intents, tree, cogs. Everything it can do hangs on `services`."""

import hashlib
import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import timedelta
from typing import Any, Final

import discord
import structlog
from aiohttp import TraceConfig
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from typing_extensions import override
from yarl import URL

from bot.domain.faults import NoStartsLeftError
from bot.identifying import Turnstile
from bot.ports import Facts, Meters
from bot.ui.boundary import report
from bot.ui.buttons import BUTTONS
from bot.ui.catch_all import catch
from bot.ui.services import Interaction, Services

_log = structlog.get_logger(__name__)

COGS: Final = (
    "cogs.imagine",
    "cogs.edit",
    "cogs.making",
    "cogs.credits",
    "cogs.queue",
    "cogs.history",
    "cogs.privacy",
    "cogs.credits_admin",
    "cogs.settings",
    "cogs.stats",
    "cogs.moderation",
    "cogs.about",
    "cogs.operator",
    "cogs.preferences",
)


_FORGETFUL: Final[dict[str, Any]] = {
    "max_messages": None,
    "member_cache_flags": discord.MemberCacheFlags.none(),
    "chunk_guilds_at_startup": False,
}


class Tree(app_commands.CommandTree["ImagineBot"]):
    @override
    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        await report(interaction, error)


class ImagineBot(commands.AutoShardedBot):
    """`services` is set by the composition root before the bot starts."""

    services: Services

    def __init__(
        self,
        facts: Facts,
        meters: Meters,
        *,
        http_trace: TraceConfig | None = None,
        operators: AbstractSet[int] = frozenset(),
        operator_guild: int | None = None,
        gateway_url: str | None = None,
        shard_count: int | None = None,
        shard_ids: Sequence[int] | None = None,
    ) -> None:
        options: dict[str, Any] = {"shard_ids": shard_ids and list(shard_ids), "http_trace": http_trace}
        # discord.py warns of what voice would need; this bot has none.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=commands.when_mentioned,  # never used: there are no text commands
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            shard_count=shard_count,
            **_FORGETFUL,
            **options,
        )
        self.operator_guild = operator_guild
        self._operators = operators
        self._facts, self._meters = facts, meters
        self._gateway_url = gateway_url
        self._turnstile = Turnstile()

    @override
    async def setup_hook(self) -> None:
        for cog in COGS:
            await self.load_extension(cog)
        self.add_dynamic_items(*BUTTONS)
        await self._sync_commands(None)
        await self._sync_operator_guild()

    def is_operator(self, person: int) -> bool:
        """The application's owner, a member of its team, or whom the settings name."""
        return person in self._operators or person in self._owners()

    @override
    async def connect(self, *, reconnect: bool = True) -> None:
        if self._gateway_url is not None:
            DiscordWebSocket.DEFAULT_GATEWAY = URL(self._gateway_url)
        if self.shard_count != 1:
            await self._ask_how_to_start()
        await super().connect(reconnect=reconnect)

    @override
    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        await self._turnstile.wait(shard_id or 0)

    async def on_interaction(self, interaction: Interaction) -> None:
        self._meters.arrived(interaction.id, interaction.type.name)
        await catch(interaction)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self.services.residency.joined(guild.id)
        if guild.id == self.operator_guild:  # it was invited after its start
            await self._sync_guild(guild.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        await self.services.residency.left(guild.id)

    async def on_ready(self) -> None:
        _log.info("ready", guilds=len(self.guilds), shards=self.shard_count)
        # Those that Discord cannot reach for the moment are among them.
        await self.services.residency.compare({guild.id for guild in self.guilds}, self._runs)

    async def _ask_how_to_start(self) -> None:
        """Raises `NoStartsLeftError` where the day's are spent: with one more, Discord would reset the token."""
        recommended, url, starts = await self.http.get_bot_gateway()
        if self._gateway_url is None:
            DiscordWebSocket.DEFAULT_GATEWAY = URL(url)
        self.shard_count = self.shard_count or recommended
        if self.shard_count < recommended:
            _log.warning("Discord recommends more shards", shards=self.shard_count, recommended=recommended)
        if starts["remaining"] < len(self.shard_ids or range(self.shard_count)):
            raise NoStartsLeftError(timedelta(milliseconds=starts["reset_after"]))
        self._turnstile.max_concurrency = starts["max_concurrency"]

    def _runs(self, guild: int) -> bool:
        return (guild >> 22) % (self.shard_count or 1) in self.shards

    def _owners(self) -> set[int]:
        owned = self.application
        if owned is None:
            return set()
        if owned.team is None:
            return {owned.owner.id}
        accepted = discord.TeamMembershipState.accepted
        return {member.id for member in owned.team.members if member.membership_state is accepted}

    async def _sync_operator_guild(self) -> None:
        """The operator's commands, where they belong and nowhere else any more."""
        name, wanted = f"operator guild:{self.application_id}", str(self.operator_guild or "")
        former = await self._facts.fact(name) or ""
        # Nothing is registered in a former guild of the operator, so this removes what stands there.
        if former not in {"", wanted} and not await self._sync_guild(int(former)):
            _log.info("the operator's commands could not be removed from a former OPERATOR_GUILD_ID", guild=former)
        if wanted and not await self._sync_guild(int(wanted)):
            _log.error("the bot cannot write its commands into OPERATOR_GUILD_ID: is it a member there?", guild=wanted)
        if former != wanted:
            await self._facts.remember(name, wanted)

    async def _sync_guild(self, guild: int) -> bool:
        """Whether Discord took them. Members must not wait for their commands because of this one guild."""
        try:
            await self._sync_commands(discord.Object(guild))
        except (discord.Forbidden, discord.NotFound):
            return False
        return True

    async def _sync_commands(self, guild: discord.Object | None) -> None:
        # Discord counts command writes per day, so what has not changed is not written again.
        name = f"commands:{self.application_id}" + (f":{guild.id}" if guild else "")
        wanted = _fingerprint([command.to_dict(self.tree) for command in self.tree.get_commands(guild=guild)])
        there = sorted(command.id for command in await self.tree.fetch_commands(guild=guild))
        if await self._facts.fact(name) == _mark(wanted, there):
            return
        synced = await self.tree.sync(guild=guild)
        await self._facts.remember(name, _mark(wanted, sorted(command.id for command in synced)))
        _log.info("commands synced", commands=len(synced), guild=guild.id if guild else None)


def use_api(url: str) -> None:
    """Send every REST call of this process to `url`: Discord's own, or a proxy's that speaks for it."""
    Route.BASE = url


def _fingerprint(payload: Any) -> str:
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


def _mark(fingerprint: str, ids: Sequence[int]) -> str:
    """The ids tell whether somebody removed commands behind the bot's back."""
    return f"{fingerprint} {' '.join(map(str, ids))}"
