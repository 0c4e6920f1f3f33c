from collections.abc import Callable
from typing import Final

from standins.discord.account import Account
from standins.discord.rendering.places import Renderer
from standins.discord.state import NOWHERE, ChannelState, GuildState, InteractionState, MemberState, Message, Payload

_IN_GUILD, _IN_DIRECT = 0, 1
_VERSION: Final = 1


def interaction(
    state: InteractionState, account: Account, renderer: Renderer, read: Callable[[Message], Payload]
) -> Payload:
    """As the gateway tells it."""
    channel, member = state.channel, state.member
    payload: Payload = {
        "id": str(state.id),
        "application_id": str(account.application),
        "type": state.kind,
        "token": state.token,
        "version": _VERSION,
        "data": dict(state.data),
        "channel_id": str(channel.id),
        "channel": renderer.resolved_channel(channel, member),
        "app_permissions": str(int(channel.told_rights)),
        "locale": member.user.locale,
        "entitlements": [],
        "authorizing_integration_owners": dict(state.owners),
        "attachment_size_limit": state.upload_limit,
        **_place(channel.guild, channel, member, renderer),
    }
    return payload if state.source is None else payload | {"message": read(state.source)}


def _place(guild: GuildState, channel: ChannelState, member: MemberState, renderer: Renderer) -> Payload:
    if guild.id == NOWHERE:
        return {"context": _IN_DIRECT, "user": renderer.user(member.user)}
    return {
        "context": _IN_GUILD,
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": renderer.member(member, channel),
    }
