"""What of a guild's roles and channels still exists, so that a setting can say which of its own were deleted."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.ui.panel.table import Control
from bot.ui.services import Interaction


@dataclass(frozen=True, slots=True)
class Presence:
    """None where the bot does not know: then nothing counts as deleted."""

    roles: frozenset[int] | None = None
    channels: frozenset[int] | None = None

    def gone(self, control: Control, ids: Collection[int]) -> frozenset[int]:
        there = self.roles if control is Control.ROLES else self.channels
        return frozenset() if there is None else frozenset(ids) - there


def presence_of(interaction: Interaction) -> Presence:
    guild = interaction.guild
    if guild is None or guild.unavailable:
        return Presence()
    return Presence(frozenset(role.id for role in guild.roles), frozenset(channel.id for channel in guild.channels))
