"""Who sees a command, where, and on whose behalf the bot answers it."""

from collections.abc import Mapping
from typing import Final

from standins.discord.interactions import OF_GUILD, OF_PERSON
from standins.discord.platform import Platform
from standins.discord.rights import Right
from standins.discord.state import NOWHERE, ChannelState, MemberState, Message, Payload

_INSTALLED_IN_GUILD, _INSTALLED_BY_PERSON = 0, 1
_IN_GUILD, _IN_DIRECT = 0, 1
_EVERYWHERE: Final = (0, 1, 2)


def entered(channel: ChannelState, person: int) -> MemberState:
    """Raises `PermissionError` where they do not even see it."""
    member = channel.guild.members.get(person)
    if member is None or not channel.rights(member) & Right.VIEW_CHANNEL:
        raise PermissionError(f"{person} does not see {channel.name}")
    return member


def check(command: Payload, member: MemberState, channel: ChannelState, platform: Platform) -> None:
    """Raises `PermissionError` where the client does not offer it."""
    rights = channel.rights(member)
    if rights & Right.ADMINISTRATOR:
        return
    if not rights & Right.USE_APPLICATION_COMMANDS:
        raise PermissionError(f"{member.user.name} may use no commands in {channel.name}")
    if command["nsfw"] and not channel.nsfw:
        raise PermissionError(f"/{command['name']} is not shown in an ordinary channel")
    allowed = _said_by_admins(command, member, channel, platform)
    if not (_allowed_by_default(command, rights) if allowed is None else allowed):
        raise PermissionError(f"{member.user.name} does not see /{command['name']}")


def owners(command: Payload, member: MemberState, channel: ChannelState, platform: Platform) -> Mapping[str, str]:
    """Raises `PermissionError` where the command is not for this place."""
    guild = channel.guild
    contexts = _EVERYWHERE if command["contexts"] is None else command["contexts"]
    if (_IN_DIRECT if guild.id == NOWHERE else _IN_GUILD) not in contexts:
        raise PermissionError(f"/{command['name']} is not for places like {channel.name}")
    found = {}
    if guild.joined and _INSTALLED_IN_GUILD in command["integration_types"]:
        found[OF_GUILD] = str(guild.id)
    if member.user.id in platform.patrons and _INSTALLED_BY_PERSON in command["integration_types"]:
        found[OF_PERSON] = str(member.user.id)
    if not found:
        raise PermissionError(f"nobody has the bot in {guild.name}")
    return found


def owners_of(message: Message) -> Mapping[str, str]:
    """A button serves those for whom its message was written."""
    return {OF_GUILD: str(message.channel.guild.id)} if message.answers is None else message.answers.owners


def _said_by_admins(command: Payload, member: MemberState, channel: ChannelState, platform: Platform) -> bool | None:
    said = platform.registry.permissions.get((channel.guild.id, command["id"]), {})
    if said.get(channel.id) is False:
        return False
    if member.user.id in said:
        return said[member.user.id]
    of_roles = [said[role.id] for role in member.roles if role.id in said]
    return any(of_roles) if of_roles else said.get(channel.guild.id)


def _allowed_by_default(command: Payload, rights: Right) -> bool:
    """No number is everybody's; 0 is the administrators' alone."""
    needed = command["default_member_permissions"]
    return needed is None or (needed != "0" and not Right(int(needed)) & ~rights)
