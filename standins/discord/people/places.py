"""Guilds and channels, as their people look at them."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from standins.discord.changes import PATIENCE_SECONDS
from standins.discord.people.members import Member
from standins.discord.people.writing import Placed
from standins.discord.platform import Platform
from standins.discord.rights import NONE, OF_MEMBER, OF_ROLE, Overwrite, Right
from standins.discord.state import (
    PRIVATE_THREAD,
    PUBLIC_THREAD,
    TEXT_CHANNEL,
    THREADS,
    ChannelState,
    GuildState,
    MemberState,
    Payload,
    Role,
    User,
)


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
        """Take rights from the bot in this channel, or the one that this thread hangs on; `NONE` gives them back."""
        self.overwrite(self.state.guild.me.user, deny=rights)

    def overwrite(self, whom: "Role | User | Member | Guild", *, allow: Right = NONE, deny: Right = NONE) -> None:
        """For a role, one person, or with the guild for everybody; nothing at all takes it away."""
        place, kind = self.state, OF_ROLE if isinstance(whom, Role | Guild) else OF_MEMBER
        if place.kind in THREADS and place.parent is not None:
            place = place.parent
        place.overwrites[whom.id] = Overwrite(kind, allow, deny)
        if not allow | deny:
            del place.overwrites[whom.id]
        self._tell("CHANNEL_UPDATE", place)

    def restrict_age(self, *, nsfw: bool = True) -> None:
        self.state.nsfw = nsfw
        self._tell("CHANNEL_UPDATE", self.state)

    def remove(self, message: Payload) -> None:
        """As a moderator removes a message."""
        self._platform.messages.remove(self._platform.messages.stored[int(message["id"])])

    def delete(self) -> None:
        """The channel itself, with its threads and all that stands in it."""
        for place in self._platform.world.abandon(self.state):
            for message in place.messages.values():
                del self._platform.messages.stored[message.id]
        self._tell("THREAD_DELETE" if self.state.kind in THREADS else "CHANNEL_DELETE", self.state)
        self._platform.changes.tell()

    def thread(self, name: str, *, private: bool = False) -> "Channel":
        kind, guild = PRIVATE_THREAD if private else PUBLIC_THREAD, self.state.guild
        state = ChannelState(self._platform.ids.next(), guild, name, self.state.nsfw, kind, self.state)
        self._platform.world.settle(state)
        self._tell("THREAD_CREATE", state)
        return Channel(self._platform, state)

    def _tell(self, event: str, state: ChannelState) -> None:
        self._platform.gateway.tell(state.guild.id, event, lambda: self._platform.renderer.channel(state))


class Guild:
    def __init__(self, platform: Platform, state: GuildState) -> None:
        self.state = state
        self._platform = platform

    @property
    def id(self) -> int:
        return self.state.id

    @property
    def owner(self) -> Member:
        return Member(self._platform, self.state.members[self.state.owner.id])

    def channel(
        self, name: str, *, nsfw: bool = False, kind: int = TEXT_CHANNEL, parent: Channel | None = None
    ) -> Channel:
        above = None if parent is None else parent.state
        state = ChannelState(self._platform.ids.next(), self.state, name, nsfw, kind, above)
        self._platform.world.settle(state)
        self._platform.gateway.tell(self.id, "CHANNEL_CREATE", lambda: self._platform.renderer.channel(state))
        return Channel(self._platform, state)

    def role(self, name: str, rights: Right = NONE) -> Role:
        role = Role(self._platform.ids.next(), name, rights)
        self.state.roles.append(role)
        self._tell_of_role("GUILD_ROLE_CREATE", role)
        return role

    def remove_role(self, role: Role) -> None:
        self.state.roles.remove(role)
        for member in self.state.members.values():
            member.roles[:] = [it for it in member.roles if it is not role]
        gone = {"guild_id": str(self.id), "role_id": str(role.id)}
        self._platform.gateway.tell(self.id, "GUILD_ROLE_DELETE", lambda: gone)

    def member(
        self,
        name: str,
        *,
        permissions: Right = NONE,
        roles: Iterable[Role] = (),
        locale: str = "en-US",
        upload_limit: int = 0,
    ) -> Member:
        """`upload_limit` is what they have paid for."""
        user = User(self._platform.ids.next(), name, locale=locale, upload_limit=upload_limit)
        self._platform.world.users[user.id] = user
        return self._admit(user, permissions, roles)

    def admit(self, member: Member, *, permissions: Right = NONE, roles: Iterable[Role] = ()) -> Member:
        """Somebody from another guild, here."""
        return self._admit(member.state.user, permissions, roles)

    def empower(self, rights: Right) -> None:
        """The bot, in the whole guild."""
        managed = replace(self.state.managed, rights=rights)
        self.state.managed = managed
        self.state.me.roles[:] = [managed]
        self._tell_of_role("GUILD_ROLE_UPDATE", managed)

    def permit(self, command: str, whom: "Role | Member | Channel | Guild", *, allowed: bool) -> None:
        """As administrators do under Integrations; `whom` may be the guild, for everybody."""
        self._platform.registry.permit(self.id, command, whom.id, allowed=allowed)

    def remove_bot(self) -> None:
        self._platform.membership.leave(self.state)

    def invite_bot(self) -> None:
        self._platform.membership.invite(self.state)

    def fail(self) -> None:
        """An outage of the platform hits this guild."""
        self._platform.membership.fail(self.state)

    def recover(self) -> None:
        self._platform.membership.recover(self.state)

    def _admit(self, user: User, permissions: Right, roles: Iterable[Role]) -> Member:
        state = MemberState(user, self.state, list(roles), permissions, self._platform.clock.timestamp())
        self.state.members[user.id] = state
        return Member(self._platform, state)

    def _tell_of_role(self, event: str, role: Role) -> None:
        def write() -> Payload:
            known = {it["id"]: it for it in self._platform.renderer.roles(self.state)}
            return {"guild_id": str(self.id), "role": known[str(role.id)]}

        self._platform.gateway.tell(self.id, event, write)
