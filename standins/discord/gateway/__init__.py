"""The gateway: who is connected, and what they are told."""

from standins.discord.gateway.gateway import Gateway

__all__ = ["Gateway"]
