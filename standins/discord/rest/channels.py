"""Places and their messages, as the bot's own token reaches them."""

from dataclasses import dataclass

from standins.discord.gateway import Gateway
from standins.discord.messages import Messages
from standins.discord.refusals import Refusal, RefusedError
from standins.discord.rendering import Renderer
from standins.discord.replies import Reply
from standins.discord.rest.site import Call
from standins.discord.rights import Right
from standins.discord.rules import Kind, Rules
from standins.discord.state import ChannelState, Message

_PAGE = 50


@dataclass(frozen=True, slots=True)
class Channels:
    gateway: Gateway
    renderer: Renderer
    messages: Messages
    rules: Rules

    async def guilds(self, _: Call) -> Reply:
        return Reply(200, [self.renderer.guild_outline(it) for it in self.gateway.guilds.values()])

    async def guild(self, call: Call) -> Reply:
        guild = self.gateway.guilds.get(int(call.names["guild"]))
        if guild is None:
            raise RefusedError(Refusal.UNKNOWN_GUILD)
        return Reply(200, self.renderer.guild(guild))

    async def channel(self, call: Call) -> Reply:
        return Reply(200, self.renderer.channel(self._channel(call)))

    async def list(self, call: Call) -> Reply:
        channel = self._channel(call, Right.READ_MESSAGE_HISTORY)
        newest = self.messages.in_channel(channel)[::-1][: int(call.query.get("limit", _PAGE))]
        return Reply(200, [self.messages.read(it) for it in newest])

    async def get(self, call: Call) -> Reply:
        return Reply(200, self.messages.read(self._message(call, Right.READ_MESSAGE_HISTORY)))

    async def post(self, call: Call) -> Reply:
        channel = self._channel(call)
        needed = channel.sending | (Right.ATTACH_FILES if call.body.files else Right(0))
        if needed & ~channel.bot_rights:
            raise RefusedError(Refusal.MISSING_PERMISSIONS)
        self.rules.message(call, Kind.POST, channel)
        written = self._written_before(channel, call)
        return Reply(200, self.messages.read(written or self.messages.write(channel, call.body)))

    async def edit(self, call: Call) -> Reply:
        message = self._message(call)
        if message.author is not self.messages.account.bot:
            raise RefusedError(Refusal.NOT_THE_AUTHOR)
        self.rules.message(call, Kind.EDIT, message.channel, message)
        return Reply(200, self.messages.read(self.messages.edit(message, call.body)))

    async def remove(self, call: Call) -> Reply:
        self.messages.remove(self._message(call))
        return Reply(204)

    def _channel(self, call: Call, needed: Right = Right.VIEW_CHANNEL) -> ChannelState:
        wanted = call.names["channel"]
        places = (channel for guild in self.gateway.guilds.values() for channel in guild.channels)
        channel = next((it for it in places if str(it.id) == wanted), None)
        if channel is None:
            raise RefusedError(Refusal.UNKNOWN_CHANNEL)
        if not channel.bot_rights & Right.VIEW_CHANNEL:
            raise RefusedError(Refusal.MISSING_ACCESS)
        if needed & ~channel.bot_rights:
            raise RefusedError(Refusal.MISSING_PERMISSIONS)
        return channel

    def _message(self, call: Call, needed: Right = Right.VIEW_CHANNEL) -> Message:
        channel, wanted = self._channel(call, needed), call.names["message"]
        if not wanted.isdecimal():
            raise RefusedError(Refusal.UNKNOWN_MESSAGE)
        return self.messages.find(channel, int(wanted))

    def _written_before(self, channel: ChannelState, call: Call) -> Message | None:
        nonce = call.body.fields.get("nonce")
        if nonce is None or not call.body.fields.get("enforce_nonce"):
            return None
        return next((it for it in self.messages.in_channel(channel) if it.nonce == str(nonce)), None)
