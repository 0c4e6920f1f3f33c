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
from standins.discord.rendering import Renderer, interaction
from standins.discord.snowflakes import Snowflakes
from standins.discord.state import ChannelState, InteractionState, MemberState, Message, Payload

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
OF_GUILD, OF_PERSON = "0", "1"
"""On whose behalf the bot is there."""

ANSWER_SECONDS: Final = 3.0
TOKEN_SECONDS: Final = 15 * 60.0
_FOLLOWUPS: Final = 5


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
        owners: Mapping[str, str],
        source: Message | None = None,
        focused: Payload | None = None,
    ) -> InteractionState:
        """A person did something; the bot is told, whatever its intents."""
        number, token, now = self.ids.next(), secrets.token_urlsafe(48), self.clock.seconds()
        state = InteractionState(number, token, kind, member, channel, now, data, owners, source, focused)
        self.by_token[token] = state
        self.tell(channel.guild.id, "INTERACTION_CREATE", lambda: self.payload(state), intent=None)
        return state

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

    def check_followups(self, state: InteractionState) -> None:
        """A guild that does not have the bot takes only so many. Raises `RefusedError`."""
        if OF_GUILD not in state.owners and len(state.followups) >= _FOLLOWUPS:
            raise RefusedError(Refusal.TOO_MANY_FOLLOWUPS)

    def acknowledge(self, state: InteractionState, callback: int) -> None:
        state.acknowledged = self.clock.seconds() - state.created
        state.callback = callback
        self.changes.tell()

    def payload(self, state: InteractionState) -> Payload:
        """As the gateway tells it."""
        return interaction(state, self.account, self.renderer, self.messages.read)
