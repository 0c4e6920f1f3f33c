"""The bot's own account, its commands, and where its gateway is."""

from dataclasses import dataclass

from standins.discord.account import Account
from standins.discord.gateway import Gateway
from standins.discord.refusals import Refusal, RefusedError
from standins.discord.registry import Registry
from standins.discord.rendering import Renderer
from standins.discord.replies import Reply
from standins.discord.rest.calls import Call
from standins.discord.rest.guilds import number
from standins.discord.rules import Rules
from standins.discord.state import NOWHERE, Payload
from standins.discord.world import World


@dataclass(slots=True)
class Portal:
    account: Account
    renderer: Renderer
    registry: Registry
    rules: Rules
    world: World
    live: Gateway
    gateway_url: str = ""
    shards: int = 1
    syncs: int = 0

    @property
    def commands(self) -> list[Payload]:
        """Those that are for all guilds."""
        return self.registry.of()

    async def me(self, _: Call) -> Reply:
        return Reply(200, self.renderer.account())

    async def application(self, _: Call) -> Reply:
        return Reply(200, self.renderer.application())

    async def gateway(self, _: Call) -> Reply:
        limit = self.live.starts.limit()
        return Reply(200, {"url": self.gateway_url, "shards": self.shards, "session_start_limit": limit})

    async def list_commands(self, call: Call) -> Reply:
        return Reply(200, self.registry.of(self._owner(call)))

    async def replace_commands(self, call: Call) -> Reply:
        guild = self._owner(call)
        self.rules.commands(call, of_guild=guild != NOWHERE)
        replaced = self.registry.replace(call.body.payload, guild)
        self.syncs += 1
        return Reply(200, replaced)

    def _owner(self, call: Call) -> int:
        """The guild whose commands these are."""
        if call.names["application"] != str(self.account.application):
            raise RefusedError(Refusal.MISSING_ACCESS)
        if "guild" not in call.names:
            return NOWHERE
        guild = self.world.guilds.get(number(call.names["guild"]))
        if guild is None or not (guild.joined and guild.takes_commands):
            raise RefusedError(Refusal.MISSING_ACCESS)
        return guild.id
