from dataclasses import dataclass

from standins.discord.gateway import Gateway
from standins.discord.rendering import Renderer
from standins.discord.state import GuildState, Payload
from standins.discord.world import World


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot's, in guilds: how it comes and goes."""

    world: World
    renderer: Renderer
    gateway: Gateway

    def found(self, guild: GuildState) -> None:
        self.world.guilds[guild.id] = guild
        self.world.users.update({it.user.id: it.user for it in guild.members.values()})
        if guild.joined:
            self._appear(guild)

    def invite(self, guild: GuildState) -> None:
        guild.joined = True
        self._appear(guild)

    def leave(self, guild: GuildState) -> None:
        guild.joined = False
        self._disappear(guild, {})

    def fail(self, guild: GuildState) -> None:
        """An outage: the guild is there, but nobody reaches it."""
        guild.available = False
        self._disappear(guild, {"unavailable": True})

    def recover(self, guild: GuildState) -> None:
        guild.available = True
        self._appear(guild)

    def _appear(self, guild: GuildState) -> None:
        self.gateway.tell(guild.id, "GUILD_CREATE", lambda: self.renderer.guild(guild))

    def _disappear(self, guild: GuildState, why: Payload) -> None:
        self.gateway.tell(guild.id, "GUILD_DELETE", lambda: {"id": str(guild.id), **why})
