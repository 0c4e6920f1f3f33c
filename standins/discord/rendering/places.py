from collections.abc import Iterator, Mapping
from typing import Final

from standins.discord.rendering.moments import iso
from standins.discord.rendering.people import PeopleRenderer
from standins.discord.rights import Overwrite
from standins.discord.state import DIRECT_CHANNEL, THREADS, ChannelState, GuildState, MemberState, Payload, Role

_MEBIBYTE: Final = 1024 * 1024
_BOOSTED: Final = ((100 * _MEBIBYTE, 3), (50 * _MEBIBYTE, 2))
_NULL: Final = ("icon", "splash", "banner", "discovery_splash", "description", "afk_channel_id", "vanity_url_code")
_ZERO: Final = ("nsfw_level", "mfa_level", "verification_level", "explicit_content_filter")
_EMPTY: Final = ("voice_states", "presences", "stage_instances", "guild_scheduled_events")


_OF_KIND: Final[Mapping[int, Payload]] = {
    2: {"bitrate": 64_000, "user_limit": 0, "rtc_region": None},
    13: {"bitrate": 64_000, "user_limit": 0, "rtc_region": None},
    15: {"available_tags": [], "default_reaction_emoji": None, "default_sort_order": None},
}
"""What channels of voice, of a stage and of a forum have beside."""


class Renderer(PeopleRenderer):
    def channel(self, channel: ChannelState) -> Payload:
        if channel.kind == DIRECT_CHANNEL:
            return self._direct(channel)
        payload: Payload = {
            "id": str(channel.id),
            "guild_id": str(channel.guild.id),
            "type": channel.kind,
            "name": channel.name,
            "parent_id": None if channel.parent is None else str(channel.parent.id),
            "last_message_id": None,
            "rate_limit_per_user": 0,
            "flags": 0,
        }
        return payload | (self._thread() if channel.kind in THREADS else self._place(channel))

    def resolved_channel(self, channel: ChannelState, member: MemberState) -> Payload:
        """The part that an interaction tells, with what its member and the bot may do there."""
        rights = {"permissions": channel.rights(member), "app_permissions": channel.told_rights}
        part = self.channel(channel) | {name: str(int(value)) for name, value in rights.items()}
        part.pop("permission_overwrites", None)
        return part

    def roles(self, guild: GuildState) -> list[Payload]:
        return [self.role(role, place) for place, role in enumerate(_roles(guild))]

    def guild(self, guild: GuildState) -> Payload:
        return self.guild_outline(guild) | {
            "owner_id": str(guild.owner.id),
            "roles": self.roles(guild),
            "channels": [self.channel(it) for it in guild.channels if it.kind not in THREADS],
            "threads": [self.channel(it) for it in guild.channels if it.kind in THREADS],
            "members": [self.member(guild.me)],
            "member_count": len(guild.members),
            "joined_at": iso(self._started),
            "large": False,
            "unavailable": False,
            **{name: [] for name in _EMPTY},
        }

    def own_guild(self, guild: GuildState) -> Payload:
        """As the list of the bot's own guilds has it, with its rights where no channel says otherwise."""
        return {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(int(guild.me.rights)),
            "features": [],
        }

    def guild_outline(self, guild: GuildState) -> Payload:
        return {
            "id": str(guild.id),
            "name": guild.name,
            "features": [],
            "emojis": [],
            "stickers": [],
            "preferred_locale": guild.locale,
            "premium_tier": next((tier for limit, tier in _BOOSTED if guild.upload_limit >= limit), 0),
            "afk_timeout": 300,
            "default_message_notifications": 0,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "public_updates_channel_id": None,
            "rules_channel_id": None,
            "premium_progress_bar_enabled": False,
            **dict.fromkeys(_NULL),
            **dict.fromkeys(_ZERO, 0),
        }

    def _direct(self, channel: ChannelState) -> Payload:
        return {
            "id": str(channel.id),
            "type": channel.kind,
            "last_message_id": None,
            "flags": 0,
            "recipients": [] if channel.person is None else [self.user(channel.person)],
        }

    def _place(self, channel: ChannelState) -> Payload:
        return {
            "nsfw": channel.nsfw,
            "position": 0,
            "topic": None,
            "permission_overwrites": [_overwrite(*it) for it in channel.overwrites.items()],
            **_OF_KIND.get(channel.kind, {}),
        }

    def _thread(self) -> Payload:
        return {
            "owner_id": str(self._account.owner.id),
            "message_count": 0,
            "total_message_sent": 0,
            "member_count": 1,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": iso(self._started),
                "locked": False,
            },
        }


def _roles(guild: GuildState) -> Iterator[Role]:
    yield Role(guild.id, "@everyone", guild.everybody)
    yield guild.managed
    yield from guild.roles


def _overwrite(number: int, overwrite: Overwrite) -> Payload:
    return {
        "id": str(number),
        "type": overwrite.kind,
        "allow": str(int(overwrite.allow)),
        "deny": str(int(overwrite.deny)),
    }
