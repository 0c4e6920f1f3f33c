from dataclasses import dataclass
from typing import Final

from standins.discord.account import Account
from standins.discord.cdn import Cdn
from standins.discord.components import resolved, with_files
from standins.discord.rendering.moments import iso
from standins.discord.rendering.people import PeopleRenderer
from standins.discord.state import SUPPRESS_EMBEDS, Attachment, InteractionState, Message, Payload

_COMMAND_ANSWER, _ORDINARY = 20, 0
_COMMAND, _COMPONENT = 2, 3
_HIDDEN: Final = ("embeds", "attachments", "components")


@dataclass(frozen=True, slots=True)
class Pages:
    """Messages, as they are read; the addresses of their files are signed afresh each time."""

    account: Account
    people: PeopleRenderer
    cdn: Cdn

    def read(self, message: Message) -> Payload:
        attachments = [
            self.attachment(message.channel.id, it, ephemeral=message.ephemeral) for it in message.attachments
        ]
        files, answers = {it["filename"]: it for it in attachments}, message.answers
        payload: Payload = {
            "id": str(message.id),
            "channel_id": str(message.channel.id),
            "type": _COMMAND_ANSWER if answers is not None and answers.kind == _COMMAND else _ORDINARY,
            "author": self.people.user(message.author),
            "content": message.content,
            "embeds": [] if message.flags & SUPPRESS_EMBEDS else [with_files(it, files) for it in message.embeds],
            "components": resolved(message.components, files),
            "attachments": attachments,
            "flags": message.flags,
            "timestamp": iso(message.created),
            "edited_timestamp": None if message.edited is None else iso(message.edited),
            "pinned": False,
            "tts": False,
            **message.pinged,
        }
        if message.author.bot:
            payload["application_id"] = str(self.account.application)
        if message.nonce is not None:
            payload["nonce"] = message.nonce
        return payload if answers is None else payload | self._cause(answers)

    def read_by_bot(self, message: Message) -> Payload:
        """Without the privileged intent, what others write is hidden from it, unless they call it."""
        page = self.read(message)
        called = any(it["id"] == str(self.account.bot.id) for it in page["mentions"])
        if message.author.bot or called or not message.channel.guild.id:
            return page
        return page | {"content": ""} | {name: [] for name in _HIDDEN}

    def attachment(self, channel: int, attachment: Attachment, *, ephemeral: bool) -> Payload:
        url = self.cdn.address(channel, attachment, ephemeral=ephemeral)
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
        if ephemeral:
            payload["ephemeral"] = True
        return payload

    def _cause(self, answers: InteractionState) -> Payload:
        metadata: Payload = {
            "id": str(answers.id),
            "type": answers.kind,
            "user": self.people.user(answers.member.user),
            "authorizing_integration_owners": dict(answers.owners),
        }
        if answers.kind == _COMPONENT and answers.source is not None:
            metadata["interacted_message_id"] = str(answers.source.id)
        return {"webhook_id": str(self.account.application), "interaction_metadata": metadata}
