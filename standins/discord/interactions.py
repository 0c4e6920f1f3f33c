"""Interactions: how they are told to the bot, and how long their tokens live."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from standins.discord.account import Account
from standins.discord.changes import Changes
from standins.discord.clock import Clock
from standins.discord.messages import Messages, Tell
from standins.discord.refusals import Refusal, RefusedError
from standins.discord.rendering import Renderer
from standins.discord.snowflakes import Snowflakes
from standins.discord.state import ChannelState, InteractionState, MemberState, Message, Payload

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5

ANSWER_SECONDS: Final = 3.0
TOKEN_SECONDS: Final = 15 * 60.0


@dataclass(frozen=True, slots=True)
class Interactions:
    account: Account
    renderer: Renderer
    clock: Clock
    ids: Snowflakes
    messages: Messages
    changes: Changes
    tell: Tell
    by_token: dict[str, InteractionState] = field(default_factory=dict)

    def open(
        self,
        kind: int,
        member: MemberState,
        channel: ChannelState,
        data: Mapping[str, Any],
        source: Message | None = None,
    ) -> InteractionState:
        """A person did something; the bot is told."""
        token = secrets.token_urlsafe(48)
        state = InteractionState(
            self.ids.next(), token, kind, member, channel, self.clock.seconds(), data, source=source
        )
        self.by_token[token] = state
        self.tell(channel.guild.id, "INTERACTION_CREATE", self.payload(state))
        return state

    def payload(self, state: InteractionState) -> Payload:
        channel, guild, member = state.channel, state.channel.guild, state.member
        payload: Payload = {
            "id": str(state.id),
            "application_id": str(self.account.application),
            "type": state.kind,
            "token": state.token,
            "version": 1,
            "data": dict(state.data),
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
            "channel_id": str(channel.id),
            "channel": self.renderer.channel(channel, member),
            "member": self.renderer.member(member, channel),
            "app_permissions": str(int(channel.bot_rights)),
            "locale": guild.locale,
            "guild_locale": guild.locale,
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(guild.id)},
            "context": 0,
            "attachment_size_limit": guild.upload_limit,
        }
        if state.source is not None:
            payload["message"] = self.messages.read(state.source)
        return payload

    def to_acknowledge(self, number: str, token: str) -> InteractionState:
        """Raises `RefusedError` where it is none, or too late, or a second time."""
        state = self.by_token.get(token)
        if state is None or str(state.id) != number:
            raise RefusedError(Refusal.UNKNOWN_INTERACTION)
        if state.acknowledged is not None:
            raise RefusedError(Refusal.ALREADY_ACKNOWLEDGED)
        if self.clock.seconds() - state.created > ANSWER_SECONDS:
            raise RefusedError(Refusal.UNKNOWN_INTERACTION)
        return state

    def to_follow(self, application: str, token: str) -> InteractionState:
        """Raises `RefusedError` where the token is none, or not acknowledged, or older than it may be."""
        state = self.by_token.get(token)
        if state is None or application != str(self.account.application) or state.acknowledged is None:
            raise RefusedError(Refusal.UNKNOWN_WEBHOOK)
        if self.clock.seconds() - state.created > TOKEN_SECONDS:
            raise RefusedError(Refusal.INVALID_WEBHOOK_TOKEN)
        return state

    def acknowledge(self, state: InteractionState, callback: int) -> None:
        state.acknowledged = self.clock.seconds() - state.created
        state.callback = callback
        self.changes.tell()
