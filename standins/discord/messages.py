"""Every message there is: written, edited and removed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from standins.discord.account import Account
from standins.discord.cdn import Cdn
from standins.discord.changes import Changes
from standins.discord.clock import Clock
from standins.discord.components import numbered
from standins.discord.mentions import EVERYONE, NOBODY, ROLES, USERS, pinged
from standins.discord.refusals import Refusal, RefusedError
from standins.discord.rendering import Pages
from standins.discord.snowflakes import Snowflakes
from standins.discord.state import (
    COMPONENTS_V2,
    EPHEMERAL,
    LOADING,
    NOWHERE,
    SUPPRESS_EMBEDS,
    SUPPRESS_NOTIFICATIONS,
    Attachment,
    ChannelState,
    InteractionState,
    Message,
    Payload,
    User,
)
from standins.discord.uploads import Body

_GUILD_MESSAGES, _DIRECT_MESSAGES = 1 << 9, 1 << 12
_SETTABLE: Final = EPHEMERAL | COMPONENTS_V2 | SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS
_CALLED_BY_DEFAULT: Final = (USERS, ROLES, EVERYONE)
_CALLED_BY_ANSWERS: Final = (USERS,)

Tell = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Messages:
    account: Account
    pages: Pages
    clock: Clock
    ids: Snowflakes
    cdn: Cdn
    changes: Changes
    tell: Tell
    """Of a guild, an event and what writes its data, to whom it concerns."""
    stored: dict[int, Message] = field(default_factory=dict)

    def find(self, channel: ChannelState, number: int) -> Message:
        """What the bot's own token can see. Raises `RefusedError`."""
        message = channel.messages.get(number)
        if message is None or message.ephemeral:
            raise RefusedError(Refusal.UNKNOWN_MESSAGE)
        return message

    def in_channel(self, channel: ChannelState) -> list[Message]:
        return [it for it in channel.messages.values() if not it.ephemeral]

    def read(self, message: Message) -> Payload:
        return self.pages.read(message)

    def write(
        self,
        channel: ChannelState,
        body: Body,
        answers: InteractionState | None = None,
        *,
        author: User | None = None,
    ) -> Message:
        """The bot's, where no author is named."""
        flags = int(body.fields.get("flags") or 0) & _SETTABLE
        message = self._new(channel, answers, flags, author or self.account.bot)
        nonce = body.fields.get("nonce")
        if nonce is not None:
            message.nonce = str(nonce)
            channel.nonces[message.nonce] = message
        self._apply(message, body)
        self._announce(message, "MESSAGE_CREATE")
        return message

    def write_placeholder(self, channel: ChannelState, answers: InteractionState, flags: int) -> Message:
        """'The bot is thinking', until it is edited."""
        message = self._new(channel, answers, flags & EPHEMERAL | LOADING, self.account.bot)
        self._announce(message, "MESSAGE_CREATE")
        return message

    def edit(self, message: Message, body: Body) -> Message:
        if message.id not in self.stored:
            raise RefusedError(Refusal.UNKNOWN_MESSAGE)
        message.flags = _edited_flags(message.flags & ~LOADING, body.fields)
        message.edited = self.clock.timestamp()
        self._apply(message, body)
        self._announce(message, "MESSAGE_UPDATE")
        return message

    def remove(self, message: Message) -> None:
        if self.stored.pop(message.id, None) is None:
            raise RefusedError(Refusal.UNKNOWN_MESSAGE)
        del message.channel.messages[message.id]
        self.cdn.forget(message.channel.id, message.attachments, ephemeral=message.ephemeral)
        if not message.ephemeral:
            gone = {"id": str(message.id), "channel_id": str(message.channel.id)}
            self._tell(message, "MESSAGE_DELETE", lambda: gone)
        self.changes.tell()

    def written_before(self, channel: ChannelState, fields: Mapping[str, Any]) -> Message | None:
        """The message that an enforced nonce names."""
        message = channel.nonces.get(str(fields.get("nonce"))) if fields.get("enforce_nonce") else None
        return message if message is not None and message.id in self.stored else None

    def _new(self, channel: ChannelState, answers: InteractionState | None, flags: int, author: User) -> Message:
        message = Message(
            self.ids.next(), channel, author, self.clock.timestamp(), flags=flags, answers=answers, pinged=NOBODY
        )
        self.stored[message.id] = channel.messages[message.id] = message
        return message

    def _apply(self, message: Message, body: Body) -> None:
        fields = body.fields
        if "content" in fields:
            message.content = fields["content"] or ""
        if "embeds" in fields:
            message.embeds = [{"type": "rich", **embed} for embed in fields["embeds"] or []]
        self._attach(message, self._kept(message, body))
        if "components" in fields:
            message.components = numbered(fields["components"] or [])
        # An edit that leaves the words alone leaves alone whom they call.
        if message.edited is None or {"content", "allowed_mentions"} & set(fields):
            message.pinged = self._pinged(message, fields)
        message.revision += 1

    def _attach(self, message: Message, attachments: list[Attachment]) -> None:
        """What is no longer on a message can no longer be downloaded."""
        gone = [it for it in message.attachments if it.id not in {kept.id for kept in attachments}]
        self.cdn.forget(message.channel.id, gone, ephemeral=message.ephemeral)
        self.cdn.keep(message.channel.id, attachments, ephemeral=message.ephemeral)
        message.attachments = attachments

    def _pinged(self, message: Message, fields: Mapping[str, Any]) -> Payload:
        by_default: Iterable[str] = _CALLED_BY_DEFAULT if message.answers is None else _CALLED_BY_ANSWERS
        return pinged(message, fields.get("allowed_mentions"), self.pages.people, by_default=by_default)

    def _kept(self, message: Message, body: Body) -> list[Attachment]:
        """Those that the request lists, and those that it brings; where it has no list, the old ones stay."""
        listed = body.fields.get("attachments")
        entries = {str(it["id"]): it for it in listed or []}
        kept = [_changed(it, entries) for it in message.attachments if listed is None or str(it.id) in entries]
        for place, file in sorted(body.files.items()):
            entry = entries.get(str(place), {})
            named = replace(file, name=entry.get("filename") or file.name)
            kept.append(named.attachment(self.ids.next(), entry.get("description")))
        return kept

    def _announce(self, message: Message, event: str) -> None:
        if not message.ephemeral:
            self._tell(message, event, lambda: self.pages.read_by_bot(message))
        self.changes.tell()

    def _tell(self, message: Message, event: str, write: Callable[[], Payload]) -> None:
        guild = message.channel.guild.id
        if guild == NOWHERE:
            self.tell(guild, event, write, intent=_DIRECT_MESSAGES)
        else:
            self.tell(guild, event, lambda: write() | {"guild_id": str(guild)}, intent=_GUILD_MESSAGES)


def _changed(attachment: Attachment, entries: Mapping[str, Payload]) -> Attachment:
    description = entries.get(str(attachment.id), {}).get("description", attachment.description)
    return replace(attachment, description=description)


def _edited_flags(flags: int, fields: Mapping[str, Any]) -> int:
    """An edit shows and hides embeds; it can add IS_COMPONENTS_V2 and never take it away."""
    if fields.get("flags") is None:
        return flags
    wanted = int(fields["flags"])
    return flags & ~SUPPRESS_EMBEDS | wanted & (SUPPRESS_EMBEDS | COMPONENTS_V2)
