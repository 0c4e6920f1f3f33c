"""What people write themselves."""

from collections.abc import Mapping
from typing import Any

from standins.discord.people import access
from standins.discord.people.resolution import Upload
from standins.discord.platform import Platform
from standins.discord.rights import NONE, Right
from standins.discord.state import ChannelState, MemberState, Message, Payload
from standins.discord.uploads import Body, File


class Placed:
    """What has a channel's state."""

    state: ChannelState


class Writer:
    def __init__(self, platform: Platform, state: MemberState) -> None:
        self.state = state
        self._platform = platform

    @property
    def id(self) -> int:
        return self.state.user.id

    @property
    def name(self) -> str:
        return self.state.user.name

    def post(self, channel: Placed, content: str = "", *files: Upload) -> Payload:
        """Raises `PermissionError` where they may not."""
        needed = channel.state.sending | (Right.ATTACH_FILES if files else NONE)
        member = access.entered(channel.state, self.id)
        if needed & ~channel.state.rights(member):
            raise PermissionError(f"{self.name} may not write in {channel.state.name}")
        body = Body({"content": content}, {place: File(it.name, it.content) for place, it in enumerate(files)})
        messages = self._platform.messages
        return messages.read(messages.write(channel.state, body, author=self.state.user))

    def rewrite(self, message: Mapping[str, Any], content: str) -> None:
        """Only what is one's own. Raises `PermissionError`."""
        mine = self._visible(message)
        if mine.author != self.state.user:
            raise PermissionError("somebody else's message")
        self._platform.messages.edit(mine, Body({"content": content}))

    def remove(self, message: Mapping[str, Any]) -> None:
        """One's own, or as a moderator. Raises `PermissionError`."""
        gone = self._visible(message)
        rights = gone.channel.rights(access.entered(gone.channel, self.id))
        own = gone.author == self.state.user or gone.ephemeral
        if not own and not rights & Right.MANAGE_MESSAGES:
            raise PermissionError(f"{self.name} may not remove that")
        self._platform.messages.remove(gone)

    def _visible(self, message: Mapping[str, Any]) -> Message:
        stored = self._platform.messages.stored[int(message["id"])]
        if stored.ephemeral and (stored.answers is None or stored.answers.member.user != self.state.user):
            raise LookupError("somebody else's private answer")
        access.entered(stored.channel, self.id)
        return stored
