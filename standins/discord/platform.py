from dataclasses import dataclass

from standins.discord.cdn import Cdn
from standins.discord.changes import Changes
from standins.discord.clock import Clock
from standins.discord.gateway import Gateway
from standins.discord.interactions import Interactions
from standins.discord.messages import Messages
from standins.discord.rendering import Renderer
from standins.discord.rest.portal import Portal
from standins.discord.snowflakes import Snowflakes


@dataclass(frozen=True, slots=True)
class Platform:
    """What people and places stand on."""

    clock: Clock
    ids: Snowflakes
    changes: Changes
    renderer: Renderer
    gateway: Gateway
    cdn: Cdn
    messages: Messages
    interactions: Interactions
    portal: Portal
