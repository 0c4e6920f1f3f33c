"""What the platform remembers: people, places, messages and interactions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from standins.discord.rights import EVERYBODY, INVITED, Right

Payload = dict[str, Any]

EPHEMERAL = 1 << 6
LOADING = 1 << 7
COMPONENTS_V2 = 1 << 15

TEXT_CHANNEL = 0
PUBLIC_THREAD = 11


@dataclass(frozen=True, slots=True)
class User:
    id: int
    name: str
    bot: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    id: int
    name: str
    rights: Right


@dataclass(slots=True)
class GuildState:
    id: int
    name: str
    owner: User
    upload_limit: int
    locale: str
    bot_rights: Right = INVITED
    everybody: Right = EVERYBODY
    roles: list[Role] = field(default_factory=list)
    channels: list["ChannelState"] = field(default_factory=list)


@dataclass(slots=True)
class ChannelState:
    id: int
    guild: GuildState
    name: str
    nsfw: bool
    kind: int = TEXT_CHANNEL
    parent: int | None = None
    forbidden: Right = field(default_factory=lambda: Right(0))
    """What the bot may not do here."""

    @property
    def bot_rights(self) -> Right:
        return (self.guild.bot_rights | self.guild.everybody) & ~self.forbidden

    @property
    def sending(self) -> Right:
        return Right.SEND_MESSAGES_IN_THREADS if self.kind == PUBLIC_THREAD else Right.SEND_MESSAGES


@dataclass(frozen=True, slots=True)
class MemberState:
    user: User
    guild: GuildState
    roles: tuple[Role, ...]
    own_rights: Right
    joined: float

    @property
    def rights(self) -> Right:
        rights = self.guild.everybody | self.own_rights
        for role in self.roles:
            rights |= role.rights
        return rights


@dataclass(frozen=True, slots=True)
class Attachment:
    id: int
    filename: str
    content: bytes
    content_type: str
    description: str | None = None
    dimensions: tuple[int, int] | None = None


@dataclass(slots=True)
class Message:
    id: int
    channel: ChannelState
    author: User
    created: float
    content: str = ""
    embeds: list[Payload] = field(default_factory=list)
    components: list[Payload] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    edited: float | None = None
    nonce: str | None = None
    answers: "InteractionState | None" = None
    """The interaction that it answers."""

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)


@dataclass(slots=True)
class InteractionState:
    id: int
    token: str
    kind: int
    member: MemberState
    channel: ChannelState
    created: float
    data: Mapping[str, Any]
    source: Message | None = None
    """The message whose button was pressed."""
    acknowledged: float | None = None
    callback: int | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Payload | None = None
    choices: list[Payload] | None = None
