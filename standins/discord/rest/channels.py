"""Channels and their messages, as the bot's own token reaches them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from standins.discord.messages import Messages
from standins.discord.refusals import Problem, Refusal, RefusedError
from standins.discord.rendering import Renderer
from standins.discord.replies import Reply
from standins.discord.rest.calls import Call
from standins.discord.rest.guilds import number
from standins.discord.rights import NONE, Right
from standins.discord.rules import Kind, Rules
from standins.discord.state import THREADS, ChannelState, Message
from standins.discord.world import World

_PAGE: Final = "50"
_LONGEST_PAGE: Final = 100
_TAKE_MESSAGES: Final = frozenset({0, 2, 5, 13}) | THREADS


@dataclass(frozen=True, slots=True)
class Channels:
    world: World
    renderer: Renderer
    messages: Messages
    rules: Rules

    async def channel(self, call: Call) -> Reply:
        return Reply(200, self.renderer.channel(self._channel(call)))

    async def list(self, call: Call) -> Reply:
        channel = self._channel(call)
        if not channel.bot_rights & Right.READ_MESSAGE_HISTORY:
            return Reply(200, [])
        page = _page(self.messages.in_channel(channel), call.query)
        return Reply(200, [self.messages.pages.read_by_bot(it) for it in page])

    async def get(self, call: Call) -> Reply:
        return Reply(200, self.messages.pages.read_by_bot(self._message(call, Right.READ_MESSAGE_HISTORY)))

    async def post(self, call: Call) -> Reply:
        channel = self._channel(call)
        if channel.kind not in _TAKE_MESSAGES:
            raise RefusedError(Refusal.NOT_A_TEXT_CHANNEL)
        needed = channel.sending | (Right.ATTACH_FILES if call.body.files else NONE)
        if needed & ~channel.bot_rights:
            raise RefusedError(Refusal.MISSING_PERMISSIONS)
        self.rules.message(call, Kind.POST, channel.guild.upload_limit)
        written = self.messages.written_before(channel, call.body.fields)
        return Reply(200, self.messages.read(written or self.messages.write(channel, call.body)))

    async def edit(self, call: Call) -> Reply:
        message = self._message(call)
        if not self._own(message):
            raise RefusedError(Refusal.NOT_THE_AUTHOR)
        self.rules.message(call, Kind.EDIT, message.channel.guild.upload_limit, message)
        return Reply(200, self.messages.read(self.messages.edit(message, call.body)))

    async def remove(self, call: Call) -> Reply:
        message = self._message(call)
        if not self._own(message) and not message.channel.bot_rights & Right.MANAGE_MESSAGES:
            raise RefusedError(Refusal.MISSING_PERMISSIONS)
        self.messages.remove(message)
        return Reply(204)

    async def refresh(self, call: Call) -> Reply:
        """Undocumented, and yet what the clients themselves use."""
        urls = call.body.fields.get("attachment_urls")
        if not isinstance(urls, Sequence) or not all(isinstance(it, str) for it in urls):
            raise RefusedError(Refusal.INVALID_FORM, [Problem(("attachment_urls",), "is required")])
        fresh = [{"original": url, "refreshed": self.messages.cdn.refreshed(url)} for url in urls]
        return Reply(200, {"refreshed_urls": fresh})

    def _own(self, message: Message) -> bool:
        return message.author == self.messages.account.bot

    def _channel(self, call: Call, needed: Right = Right.VIEW_CHANNEL) -> ChannelState:
        channel = self.world.channels.get(number(call.names["channel"]))
        if channel is None:
            raise RefusedError(Refusal.UNKNOWN_CHANNEL)
        if not channel.guild.joined or not channel.bot_rights & Right.VIEW_CHANNEL:
            raise RefusedError(Refusal.MISSING_ACCESS)
        if needed & ~channel.bot_rights:
            raise RefusedError(Refusal.MISSING_PERMISSIONS)
        return channel

    def _message(self, call: Call, needed: Right = Right.VIEW_CHANNEL) -> Message:
        return self.messages.find(self._channel(call, needed), number(call.names["message"]))


def _page(messages: Sequence[Message], query: Mapping[str, str]) -> Sequence[Message]:
    """Newest first, also where the oldest after some point are asked for."""
    limit = number(query.get("limit", _PAGE))
    if not 1 <= limit <= _LONGEST_PAGE:
        raise RefusedError(Refusal.INVALID_FORM, [Problem(("limit",), f"must be 1 to {_LONGEST_PAGE}")])
    if "before" in query:
        chosen = [it for it in messages if it.id < number(query["before"])][-limit:]
    elif "after" in query:
        chosen = [it for it in messages if it.id > number(query["after"])][:limit]
    elif "around" in query:
        # As many before it as behind it, however much time lay between them.
        place = sum(it.id < number(query["around"]) for it in messages)
        chosen = list(messages)[max(0, place - limit // 2) :][:limit]
    else:
        chosen = list(messages)[-limit:]
    return chosen[::-1]
