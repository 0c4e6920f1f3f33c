"""What a person chooses: ids, and what the platform tells the bot of whatever bears them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final, Protocol

from standins.discord.platform import Platform
from standins.discord.rights import Right
from standins.discord.state import ChannelState, MemberState, Message, Payload
from standins.discord.uploads import File

_GROUPS: Final[Mapping[str, frozenset[str]]] = {
    "image": frozenset({".png", ".gif", ".jpg", ".jpeg", ".jfif", ".webp", ".avif"}),
    "video": frozenset({".mp4", ".mov", ".qt", ".webm"}),
    "audio": frozenset({".mp3", ".m4a", ".wav", ".ogg", ".opus", ".flac"}),
}


class Identified(Protocol):
    @property
    def id(self) -> int: ...


Choice = Identified | int | str
"""A member, a role, a channel, or the number of one."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a person attaches."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Everything raises `LookupError` or `ValueError` where the person's client does not offer it."""

    platform: Platform
    member: MemberState
    channel: ChannelState
    found: dict[str, dict[str, Payload]] = field(default_factory=dict)

    def data(self) -> Payload:
        return {"resolved": self.found} if self.found else {}

    def user(self, choice: Choice) -> str:
        """Also somebody who is not in the guild."""
        number, renderer = _number(choice), self.platform.renderer
        user, member = self.platform.world.users.get(number), self.channel.guild.members.get(number)
        if user is None:
            raise LookupError(f"nobody is {choice!r}")
        if member is not None:
            self._add("members", number, renderer.resolved_member(member, self.channel))
        return self._add("users", number, renderer.user(user))

    def role(self, choice: Choice) -> str:
        number = _number(choice)
        for role in self.platform.renderer.roles(self.channel.guild):
            if role["id"] == str(number):
                return self._add("roles", number, role)
        raise LookupError(f"no role is {choice!r}")

    def mentionable(self, choice: Choice) -> str:
        known = self.platform.world.users
        return self.user(choice) if _number(choice) in known else self.role(choice)

    def place(self, choice: Choice, kinds: Sequence[int] | None) -> str:
        """A channel of one of these kinds that the person sees."""
        channel = self.platform.world.channels.get(_number(choice))
        if channel is None or channel.guild is not self.channel.guild:
            raise LookupError(f"no channel is {choice!r}")
        if kinds and channel.kind not in kinds:
            raise ValueError(f"a channel of kind {channel.kind} where {kinds} are offered")
        if not channel.rights(self.member) & Right.VIEW_CHANNEL:
            raise LookupError(f"{self.member.user.name} does not see {channel.name}")
        return self._add("channels", channel.id, self.platform.renderer.resolved_channel(channel, self.member))

    def file(self, upload: Upload, kinds: Sequence[str] | None) -> str:
        limit = max(self.channel.guild.upload_limit, self.member.user.upload_limit)
        if len(upload.content) > limit:
            raise ValueError(f"{upload.name} is larger than {limit} bytes")
        if kinds and not any(_is_of(upload.name, kind) for kind in kinds):
            raise ValueError(f"{upload.name} is none of {kinds}")
        attachment = File(upload.name, upload.content).attachment(self.platform.ids.next(), None)
        self.platform.cdn.keep(self.channel.id, [attachment], ephemeral=True)
        written = self.platform.messages.pages.attachment(self.channel.id, attachment, ephemeral=True)
        return self._add("attachments", attachment.id, written)

    def message(self, message: Message) -> str:
        """Whole, whoever wrote it."""
        return self._add("messages", message.id, self.platform.messages.read(message))

    def _add(self, kind: str, number: int, told: Payload) -> str:
        self.found.setdefault(kind, {})[str(number)] = told
        return str(number)


def _number(choice: Choice) -> int:
    return int(choice) if isinstance(choice, int | str) else choice.id


def _is_of(name: str, kind: str) -> bool:
    suffix = PurePath(name).suffix.lower()
    return suffix in _GROUPS.get(kind, {kind.lower()})


def as_list(value: Any) -> list[Any]:
    """One choice may stand without a list around it."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
