"""Every message there is: written, edited, removed, and read."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from standins.discord.account import Account
from standins.discord.cdn import Cdn
from standins.discord.changes import Changes
from standins.discord.clock import Clock
from standins.discord.components import numbered, resolved
from standins.discord.refusals import Refusal, RefusedError
from standins.discord.rendering import Renderer, iso
from standins.discord.snowflakes import Snowflakes
from standins.discord.state import (
    COMPONENTS_V2,
    EPHEMERAL,
    LOADING,
    Attachment,
    ChannelState,
    InteractionState,
    Message,
    Payload,
)
from standins.discord.uploads import Body

_GUILD_MESSAGES: Final = 1 << 9
_COMMAND_ANSWER, _ORDINARY = 20, 0
_COMMAND, _COMPONENT = 2, 3
_SETTABLE: Final = EPHEMERAL | COMPONENTS_V2 | 1 << 2 | 1 << 12

Tell = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Messages:
    account: Account
    renderer: Renderer
    clock: Clock
    ids: Snowflakes
    cdn: Cdn
    changes: Changes
    tell: Tell
    """Of a guild, an event and its data, to whom it concerns."""
    stored: dict[int, Message] = field(default_factory=dict)

    def find(self, channel: ChannelState, number: int) -> Message:
        """What the bot's own token can see. Raises `RefusedError`."""
        message = self.stored.get(number)
        if message is None or message.channel is not channel or message.ephemeral:
            raise RefusedError(Refusal.UNKNOWN_MESSAGE)
        return message

    def in_channel(self, channel: ChannelState) -> list[Message]:
        return [it for it in self.stored.values() if it.channel is channel and not it.ephemeral]

    def write(self, channel: ChannelState, body: Body, answers: InteractionState | None = None) -> Message:
        message = self._new(channel, answers, int(body.fields.get("flags") or 0) & _SETTABLE)
        nonce = body.fields.get("nonce")
        message.nonce = None if nonce is None else str(nonce)
        self._apply(message, body)
        self.stored[message.id] = message
        self._announce(message, "MESSAGE_CREATE")
        return message

    def write_placeholder(self, channel: ChannelState, answers: InteractionState, flags: int) -> Message:
        """'The bot is thinking', until it is edited."""
        message = self._new(channel, answers, flags & EPHEMERAL | LOADING)
        self.stored[message.id] = message
        self._announce(message, "MESSAGE_CREATE")
        return message

    def edit(self, message: Message, body: Body) -> Message:
        if message.id not in self.stored:
            raise RefusedError(Refusal.UNKNOWN_MESSAGE)
        message.flags = message.flags & ~LOADING | int(body.fields.get("flags") or 0) & _SETTABLE & ~EPHEMERAL
        message.edited = self.clock.timestamp()
        self._apply(message, body)
        self._announce(message, "MESSAGE_UPDATE")
        return message

    def remove(self, message: Message) -> None:
        if self.stored.pop(message.id, None) is None:
            raise RefusedError(Refusal.UNKNOWN_MESSAGE)
        data = {"id": str(message.id), "channel_id": str(message.channel.id), "guild_id": str(message.channel.guild.id)}
        self.tell(message.channel.guild.id, "MESSAGE_DELETE", data, intent=_GUILD_MESSAGES)
        self.changes.tell()

    def read(self, message: Message) -> Payload:
        attachments = [self._attachment(message, it) for it in message.attachments]
        answers = message.answers
        payload: Payload = {
            "id": str(message.id),
            "channel_id": str(message.channel.id),
            "type": _COMMAND_ANSWER if answers is not None and answers.kind == _COMMAND else _ORDINARY,
            "author": self.renderer.user(message.author),
            "content": message.content,
            "embeds": message.embeds,
            "components": resolved(message.components, {it["filename"]: it for it in attachments}),
            "attachments": attachments,
            "flags": message.flags,
            "timestamp": iso(message.created),
            "edited_timestamp": None if message.edited is None else iso(message.edited),
            "application_id": str(self.account.application),
            "pinned": False,
            "tts": False,
            "mention_everyone": False,
            **{name: [] for name in ("mentions", "mention_roles", "mention_channels")},
        }
        if message.nonce is not None:
            payload["nonce"] = message.nonce
        if answers is not None:
            payload |= self._cause(answers)
        return payload

    def _new(self, channel: ChannelState, answers: InteractionState | None, flags: int) -> Message:
        now = self.clock.timestamp()
        return Message(self.ids.next(), channel, self.account.bot, created=now, flags=flags, answers=answers)

    def _apply(self, message: Message, body: Body) -> None:
        fields = body.fields
        if "content" in fields:
            message.content = fields["content"] or ""
        if "embeds" in fields:
            message.embeds = [{"type": "rich", **embed} for embed in fields["embeds"] or []]
        message.attachments = self._kept(message, body)
        if "components" in fields:
            message.components = numbered(fields["components"] or [])
        for attachment in message.attachments:
            self.cdn.keep(message.channel.id, attachment, ephemeral=message.ephemeral)

    def _kept(self, message: Message, body: Body) -> list[Attachment]:
        """Those that the request lists, and those that it brings; where it has no list, the old ones stay."""
        listed = body.fields.get("attachments")
        entries = {str(it["id"]): it for it in listed or []}
        kept = [it for it in message.attachments if listed is None or str(it.id) in entries]
        kept = [replace(it, description=entries.get(str(it.id), {}).get("description", it.description)) for it in kept]
        for place, file in sorted(body.files.items()):
            entry = entries.get(str(place), {})
            named = replace(file, name=entry.get("filename") or file.name)
            kept.append(named.attachment(self.ids.next(), entry.get("description")))
        return kept

    def _attachment(self, message: Message, attachment: Attachment) -> Payload:
        url = self.cdn.address(message.channel.id, attachment, ephemeral=message.ephemeral)
        payload: Payload = {
            "id": str(attachment.id),
            "filename": attachment.filename,
            "size": len(attachment.content),
            "url": url,
            "proxy_url": url,
            "content_type": attachment.content_type,
        }
        if attachment.description is not None:
            payload["description"] = attachment.description
        if attachment.dimensions is not None:
            payload["width"], payload["height"] = attachment.dimensions
        if message.ephemeral:
            payload["ephemeral"] = True
        return payload

    def _cause(self, answers: InteractionState) -> Payload:
        metadata: Payload = {
            "id": str(answers.id),
            "type": answers.kind,
            "user": self.renderer.user(answers.member.user),
            "authorizing_integration_owners": {"0": str(answers.channel.guild.id)},
        }
        if answers.kind == _COMPONENT and answers.source is not None:
            metadata["interacted_message_id"] = str(answers.source.id)
        return {"webhook_id": str(self.account.application), "interaction_metadata": metadata}

    def _announce(self, message: Message, event: str) -> None:
        if not message.ephemeral:
            guild = message.channel.guild.id
            self.tell(guild, event, self.read(message) | {"guild_id": str(guild)}, intent=_GUILD_MESSAGES)
        self.changes.tell()
