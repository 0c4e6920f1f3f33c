from dataclasses import dataclass, field

from standins.discord.cdn import Cdn
from standins.discord.changes import Changes
from standins.discord.clock import Clock
from standins.discord.gateway import Gateway
from standins.discord.interactions import Interactions
from standins.discord.membership import Membership
from standins.discord.messages import Messages
from standins.discord.registry import Registry
from standins.discord.rendering import Renderer
from standins.discord.rest.portal import Portal
from standins.discord.snowflakes import Snowflakes
from standins.discord.world import World


@dataclass(frozen=True, slots=True)
class Platform:
    """What people and places stand on."""

    clock: Clock
    ids: Snowflakes
    changes: Changes
    world: World
    renderer: Renderer
    gateway: Gateway
    membership: Membership
    cdn: Cdn
    messages: Messages
    interactions: Interactions
    registry: Registry
    portal: Portal
    patrons: set[int] = field(default_factory=set)
    """Who has the bot for themselves."""
