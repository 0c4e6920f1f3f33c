"""What the platform remembers: people, places, messages and interactions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from standins.discord.rights import ALL, DIRECT, EVERYBODY, NONE, Overwrite, Right, in_channel

Payload = dict[str, Any]

SUPPRESS_EMBEDS: Final = 1 << 2
EPHEMERAL: Final = 1 << 6
LOADING: Final = 1 << 7
SUPPRESS_NOTIFICATIONS: Final = 1 << 12
COMPONENTS_V2: Final = 1 << 15

TEXT_CHANNEL: Final = 0
DIRECT_CHANNEL: Final = 1
PUBLIC_THREAD: Final = 11
PRIVATE_THREAD: Final = 12
THREADS: Final = frozenset({PUBLIC_THREAD, PRIVATE_THREAD})

NOWHERE: Final = 0
"""The number of the guild to which direct messages belong; the platform itself names them so."""


@dataclass(frozen=True, slots=True)
class User:
    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    upload_limit: int = 0
    """What they have paid for; 0 where it is no more than what everybody has."""


@dataclass(frozen=True, slots=True)
class Role:
    id: int
    name: str
    rights: Right
    bot: int | None = None
    """Whose own it is; nobody else can have it."""


@dataclass(slots=True, eq=False)
class GuildState:
    id: int
    name: str
    owner: User
    bot: User
    managed: Role
    """What the bot got with its invitation."""
    upload_limit: int
    locale: str
    founded: float
    joined: bool = True
    """Whether the bot is a member."""
    available: bool = True
    everybody: Right = EVERYBODY
    takes_commands: bool = True
    """Whether the invitation named that scope, too."""
    roles: list[Role] = field(default_factory=list)
    channels: list["ChannelState"] = field(default_factory=list)
    members: dict[int, "MemberState"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.members[self.owner.id] = MemberState(self.owner, self, [], NONE, self.founded)
        self.members[self.bot.id] = MemberState(self.bot, self, [self.managed], NONE, self.founded)

    @property
    def me(self) -> "MemberState":
        """The bot."""
        return self.members[self.bot.id]


@dataclass(slots=True, eq=False)
class ChannelState:
    id: int
    guild: GuildState
    name: str
    nsfw: bool = False
    kind: int = TEXT_CHANNEL
    parent: "ChannelState | None" = None
    person: User | None = None
    """With whom, where it is direct."""
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    messages: dict[int, "Message"] = field(default_factory=dict)
    """What stands in it, oldest first."""
    nonces: dict[str, "Message"] = field(default_factory=dict)

    def rights(self, member: "MemberState") -> Right:
        if self.kind == DIRECT_CHANNEL:
            return EVERYBODY
        if member.user == self.guild.owner:
            return ALL
        place = self if self.parent is None or self.kind not in THREADS else self.parent
        roles = [role.id for role in member.roles]
        return in_channel(member.rights, place.overwrites, everyone=self.guild.id, roles=roles, member=member.user.id)

    @property
    def bot_rights(self) -> Right:
        return self.rights(self.guild.me)

    @property
    def told_rights(self) -> Right:
        """What the bot is told that it may do; of direct messages it hears little."""
        return DIRECT if self.kind == DIRECT_CHANNEL else self.bot_rights

    @property
    def sending(self) -> Right:
        return Right.SEND_MESSAGES_IN_THREADS if self.kind in THREADS else Right.SEND_MESSAGES


@dataclass(slots=True, eq=False)
class MemberState:
    user: User
    guild: GuildState
    roles: list[Role]
    own_rights: Right
    joined: float
    nick: str | None = None

    @property
    def rights(self) -> Right:
        """In the guild as a whole."""
        rights = self.guild.everybody | self.own_rights
        for role in self.roles:
            rights |= role.rights
        return rights


@dataclass(frozen=True, slots=True)
class Attachment:
    id: int
    filename: str
    content: bytes = field(repr=False)
    content_type: str
    description: str | None = None
    dimensions: tuple[int, int] | None = None


@dataclass(slots=True, eq=False)
class Message:
    id: int
    channel: ChannelState
    author: User
    created: float
    content: str = ""
    embeds: list[Payload] = field(default_factory=list)
    components: list[Payload] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    pinged: Mapping[str, Any] = field(default_factory=dict)
    """Whom it calls, in the words of the platform."""
    flags: int = 0
    edited: float | None = None
    nonce: str | None = None
    answers: "InteractionState | None" = None
    """The interaction that it answers."""
    revision: int = 0

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)


@dataclass(slots=True, eq=False)
class InteractionState:
    id: int
    token: str
    kind: int
    member: MemberState
    channel: ChannelState
    created: float
    data: Mapping[str, Any]
    owners: Mapping[str, str]
    """On whose behalf the bot is there: of a guild, of a person, or both."""
    source: Message | None = None
    """The message whose button was pressed."""
    focused: Payload | None = None
    """The option that is being typed."""
    acknowledged: float | None = None
    callback: int | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Payload | None = None
    choices: list[Payload] | None = None

    @property
    def upload_limit(self) -> int:
        return max(self.channel.guild.upload_limit, self.member.user.upload_limit)
