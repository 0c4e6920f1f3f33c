"""How the platform writes down people and places."""

from datetime import UTC, datetime
from typing import Final

from standins.discord.account import Account
from standins.discord.rights import Right
from standins.discord.state import PUBLIC_THREAD, ChannelState, GuildState, MemberState, Payload, Role, User

_MEMBER_OVERWRITE: Final = 1


def iso(timestamp: float) -> str:
    return datetime.fromtimestamp(timestamp, tz=UTC).isoformat()


class Renderer:
    def __init__(self, account: Account, started: float) -> None:
        self._account = account
        self._started = started

    def account(self) -> Payload:
        own = {"mfa_enabled": True, "locale": "en-US", "verified": True, "email": None, "premium_type": 0}
        return self.user(self._account.bot) | own

    def application(self) -> Payload:
        account = self._account
        return {
            "id": str(account.application),
            "name": account.bot.name,
            "icon": None,
            "description": "",
            "summary": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "flags": 0,
            "hook": True,
            "owner": self.user(account.owner),
            "team": None,
            "privacy_policy_url": account.privacy_policy_url,
            "terms_of_service_url": account.terms_of_service_url,
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
        }

    def user(self, user: User) -> Payload:
        return {
            "id": str(user.id),
            "username": user.name,
            "discriminator": "0",
            "global_name": None if user.bot else user.name.title(),
            "avatar": None,
            "primary_guild": None,
            "bot": user.bot,
            "public_flags": 0,
            "flags": 0,
        }

    def member(self, member: MemberState, channel: ChannelState | None = None) -> Payload:
        payload = {
            "user": self.user(member.user),
            "nick": None,
            "avatar": None,
            "banner": None,
            "roles": [str(role.id) for role in member.roles],
            "joined_at": iso(member.joined),
            "premium_since": None,
            "communication_disabled_until": None,
            "deaf": False,
            "mute": False,
            "pending": False,
            "flags": 0,
        }
        return payload if channel is None else payload | {"permissions": str(int(member.rights))}

    def role(self, role: Role, position: int) -> Payload:
        return {
            "id": str(role.id),
            "name": role.name,
            "description": None,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "icon": None,
            "unicode_emoji": None,
            "position": position,
            "permissions": str(int(role.rights)),
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }

    def channel(self, channel: ChannelState, member: MemberState | None = None) -> Payload:
        payload: Payload = {
            "id": str(channel.id),
            "guild_id": str(channel.guild.id),
            "type": channel.kind,
            "name": channel.name,
            "nsfw": channel.nsfw,
            "position": 0,
            "parent_id": None if channel.parent is None else str(channel.parent),
            "topic": None,
            "last_message_id": None,
            "rate_limit_per_user": 0,
            "flags": 0,
            "permission_overwrites": self._overwrites(channel.forbidden),
        }
        if channel.kind == PUBLIC_THREAD:
            payload |= self._thread()
        return payload if member is None else payload | {"permissions": str(int(member.rights))}

    def guild(self, guild: GuildState) -> Payload:
        everyone = Role(guild.id, "@everyone", guild.everybody)
        own = Role(self._account.application, self._account.bot.name, guild.bot_rights)
        me = MemberState(self._account.bot, guild, (own,), Right(0), self._started)
        return self.guild_outline(guild) | {
            "owner_id": str(guild.owner.id),
            "roles": [self.role(role, place) for place, role in enumerate([everyone, own, *guild.roles])],
            "channels": [self.channel(it) for it in guild.channels if it.kind != PUBLIC_THREAD],
            "threads": [self.channel(it) for it in guild.channels if it.kind == PUBLIC_THREAD],
            "members": [self.member(me)],
            "member_count": 2,
            "joined_at": iso(self._started),
            "large": False,
            "unavailable": False,
            **{name: [] for name in ("voice_states", "presences", "stage_instances", "guild_scheduled_events")},
        }

    def guild_outline(self, guild: GuildState) -> Payload:
        nothing = ("icon", "splash", "banner", "discovery_splash", "description", "afk_channel_id", "vanity_url_code")
        zeroes = ("premium_tier", "nsfw_level", "mfa_level", "verification_level", "explicit_content_filter")
        return {
            "id": str(guild.id),
            "name": guild.name,
            "features": [],
            "emojis": [],
            "stickers": [],
            "preferred_locale": guild.locale,
            "afk_timeout": 300,
            "default_message_notifications": 0,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "public_updates_channel_id": None,
            "rules_channel_id": None,
            "premium_progress_bar_enabled": False,
            **dict.fromkeys(nothing),
            **dict.fromkeys(zeroes, 0),
        }

    def _overwrites(self, forbidden: Right) -> list[Payload]:
        if not forbidden:
            return []
        return [
            {
                "id": str(self._account.bot.id),
                "type": _MEMBER_OVERWRITE,
                "allow": "0",
                "deny": str(int(forbidden)),
            }
        ]

    def _thread(self) -> Payload:
        return {
            "owner_id": str(self._account.owner.id),
            "message_count": 0,
            "member_count": 1,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": iso(self._started),
                "locked": False,
            },
        }
