"""What a request must be like, by the official description and by what it does not say."""

from standins.discord.rules.kinds import Kind
from standins.discord.rules.rulebook import Rules

__all__ = ["Kind", "Rules"]
