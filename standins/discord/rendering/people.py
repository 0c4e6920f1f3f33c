from standins.discord.account import Account
from standins.discord.rendering.moments import iso
from standins.discord.state import ChannelState, MemberState, Payload, Role, User


class PeopleRenderer:
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
            **account.settings,
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
        """With the rights in a channel where one is named."""
        voice = {"user": self.user(member.user), "deaf": False, "mute": False}
        payload = self._without_user(member) | voice
        return payload if channel is None else payload | {"permissions": str(int(channel.rights(member)))}

    def resolved_member(self, member: MemberState, channel: ChannelState) -> Payload:
        """As it stands beside its user."""
        return self._without_user(member) | {"permissions": str(int(channel.rights(member)))}

    def role(self, role: Role, position: int) -> Payload:
        payload = {
            "id": str(role.id),
            "name": role.name,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "icon": None,
            "unicode_emoji": None,
            "position": position,
            "permissions": str(int(role.rights)),
            "managed": role.bot is not None,
            "mentionable": False,
            "flags": 0,
        }
        return payload if role.bot is None else payload | {"tags": {"bot_id": str(role.bot)}}

    def _without_user(self, member: MemberState) -> Payload:
        return {
            "nick": member.nick,
            "avatar": None,
            "banner": None,
            "roles": [str(role.id) for role in member.roles],
            "joined_at": iso(member.joined),
            "premium_since": None,
            "communication_disabled_until": None,
            "pending": False,
            "flags": 0,
        }
