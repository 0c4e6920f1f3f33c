from dataclasses import dataclass
from typing import Final

from standins.discord.account import Account
from standins.discord.gateway.gateway import GUILDS
from standins.discord.gateway.lines import ClosedError
from standins.discord.gateway.sessions import Session
from standins.discord.rendering import Renderer
from standins.discord.state import GuildState
from standins.discord.world import World

MOST_GUILDS: Final = 2500
SHARDING_REQUIRED: Final = 4011


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a new session hears first."""

    account: Account
    renderer: Renderer
    world: World

    def greet(self, session: Session, resume_url: str) -> None:
        """Raises `ClosedError` where one shard cannot serve so many guilds."""
        guilds = [guild for guild in self.world.joined if session.serves(guild.id)]
        if len(guilds) > MOST_GUILDS:
            raise ClosedError(SHARDING_REQUIRED, "IDENTIFY", f"{len(guilds)} guilds on one shard")
        self._ready(session, guilds, resume_url)
        if session.wants(GUILDS):
            for guild in guilds:
                if guild.available:
                    session.dispatch("GUILD_CREATE", self.renderer.guild(guild))

    def _ready(self, session: Session, guilds: list[GuildState], resume_url: str) -> None:
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": self.renderer.account(),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "session_type": "normal",
                "resume_gateway_url": resume_url,
                "shard": [session.shard, session.shards],
                "application": {"id": str(self.account.application), "flags": 0},
                "private_channels": [],
                "relationships": [],
            },
        )
