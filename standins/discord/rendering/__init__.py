"""How the platform writes down people, places, messages and interactions."""

from standins.discord.rendering.interactions import interaction
from standins.discord.rendering.messages import Pages
from standins.discord.rendering.places import Renderer

__all__ = ["Pages", "Renderer", "interaction"]
