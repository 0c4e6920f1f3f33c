"""Guilds and channels, as their people look at them."""

from collections.abc import Callable, Iterable

from standins.discord.changes import PATIENCE_SECONDS
from standins.discord.people import Member, Placed
from standins.discord.platform import Platform
from standins.discord.rights import Right
from standins.discord.state import PUBLIC_THREAD, ChannelState, GuildState, MemberState, Payload, Role, User


class Channel(Placed):
    def __init__(self, platform: Platform, state: ChannelState) -> None:
        self.state = state
        self._platform = platform

    @property
    def id(self) -> int:
        return self.state.id

    @property
    def messages(self) -> list[Payload]:
        """What everybody sees, oldest first; private answers are not among them."""
        return [self._platform.messages.read(it) for it in self._platform.messages.in_channel(self.state)]

    async def until(self, holds: Callable[[list[Payload]], bool], seconds: float = PATIENCE_SECONDS) -> list[Payload]:
        """The messages, once they are as awaited."""
        await self._platform.changes.until(lambda: holds(self.messages), seconds)
        return self.messages

    def forbid(self, rights: Right) -> None:
        """Take rights from the bot in this channel; `Right(0)` gives everything back."""
        self.state.forbidden = rights
        guild = self.state.guild.id
        self._platform.gateway.tell(guild, "CHANNEL_UPDATE", self._platform.renderer.channel(self.state))

    def remove(self, message: Payload) -> None:
        """As a moderator removes a message."""
        self._platform.messages.remove(self._platform.messages.stored[int(message["id"])])

    def thread(self, name: str) -> "Channel":
        number, guild = self._platform.ids.next(), self.state.guild
        state = ChannelState(number, guild, name, self.state.nsfw, PUBLIC_THREAD, self.id)
        guild.channels.append(state)
        self._platform.gateway.tell(guild.id, "THREAD_CREATE", self._platform.renderer.channel(state))
        return Channel(self._platform, state)


class Guild:
    def __init__(self, platform: Platform, state: GuildState) -> None:
        self.state = state
        self._platform = platform

    @property
    def id(self) -> int:
        return self.state.id

    def channel(self, name: str, *, nsfw: bool = False) -> Channel:
        state = ChannelState(self._platform.ids.next(), self.state, name, nsfw)
        self.state.channels.append(state)
        self._platform.gateway.tell(self.id, "CHANNEL_CREATE", self._platform.renderer.channel(state))
        return Channel(self._platform, state)

    def role(self, name: str, rights: Right | None = None) -> Role:
        role = Role(self._platform.ids.next(), name, rights or Right(0))
        self.state.roles.append(role)
        data = {"guild_id": str(self.id), "role": self._platform.renderer.role(role, len(self.state.roles))}
        self._platform.gateway.tell(self.id, "GUILD_ROLE_CREATE", data)
        return role

    def member(self, name: str, *, permissions: Right | None = None, roles: Iterable[Role] = ()) -> Member:
        user, now = User(self._platform.ids.next(), name), self._platform.clock.timestamp()
        state = MemberState(user, self.state, tuple(roles), permissions or Right(0), now)
        return Member(self._platform, state)
