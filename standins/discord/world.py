from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from standins.discord.state import NOWHERE, THREADS, ChannelState, GuildState, User


@dataclass(frozen=True, slots=True)
class World:
    """Every place there is, also those where the bot is not, and everybody in them."""

    guilds: dict[int, GuildState] = field(default_factory=dict)
    channels: dict[int, ChannelState] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)

    @property
    def joined(self) -> Iterator[GuildState]:
        """The guilds that have the bot."""
        return (guild for guild in self.guilds.values() if guild.joined and guild.id != NOWHERE)

    def settle(self, channel: ChannelState) -> None:
        channel.guild.channels.append(channel)
        self.channels[channel.id] = channel

    def abandon(self, channel: ChannelState) -> Sequence[ChannelState]:
        """With its threads; gives all that went."""
        gone = [it for it in channel.guild.channels if it is channel or (it.parent is channel and it.kind in THREADS)]
        for place in gone:
            channel.guild.channels.remove(place)
            del self.channels[place.id]
        return gone
