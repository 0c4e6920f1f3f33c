"""What an examination of an installation can find, and what it is told by those who are asked."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import TypeAlias


class Well(Enum):
    SETTINGS = auto()
    TOKEN = auto()
    PRIVATE = auto()
    KEY = auto()
    MODEL = auto()
    DATABASE = auto()
    GUILDS = auto()
    COMMANDS = auto()
    OPERATOR_GUILD = auto()
    CHANNEL = auto()
    FOLDER = auto()
    DISK = auto()
    PORT_FREE = auto()
    PORT_OF_BOT = auto()


class Note(Enum):
    """Worth knowing, and nothing has to be done."""

    PUBLIC = auto()
    INTENTS = auto()
    NO_DATABASE_YET = auto()
    DISK_ELSEWHERE = auto()
    NO_GUILDS = auto()
    GUILD_AWAITED = auto()
    NO_OPERATOR_GUILD = auto()
    NO_OPERATOR_CHANNEL = auto()
    NO_PORT = auto()
    NOT_ALL_ASKED = auto()


class Wrong(Enum):
    """Somebody has to do something."""

    TOKEN = auto()
    DISCORD = auto()
    CODE_GRANT = auto()
    INTERACTIONS_ELSEWHERE = auto()
    INSTALL_LINK = auto()
    KEY = auto()
    PROVIDER = auto()
    MODEL = auto()
    DATABASE_AWAY = auto()
    DATABASE_BUSY = auto()
    DATABASE_FILE = auto()
    OLDER_TABLES = auto()
    NEWER_TABLES = auto()
    RIGHTS = auto()
    SCOPE = auto()
    OPERATOR_GUILD = auto()
    NO_CHANNEL = auto()
    CHANNEL_RIGHTS = auto()
    FOLDER = auto()
    DISK_FULL = auto()
    PORT_TAKEN = auto()
    PORT_UNUSABLE = auto()
    BOT_UNWELL = auto()
    SLOW = auto()
    BROKEN = auto()


class Unknown(Enum):
    """It could not be found out."""

    MODEL = auto()
    NOT_ASKED = auto()


Symptom: TypeAlias = Well | Note | Wrong | Unknown


@dataclass(frozen=True, slots=True)
class Finding:
    symptom: Symptom
    facts: Mapping[str, object] = field(default_factory=dict)
    """What its words have gaps for."""


class Part(Enum):
    """What is examined on its own."""

    DISCORD = auto()
    KEY = auto()
    MODEL = auto()
    DATABASE = auto()
    FOLDER = auto()
    PORT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What the operator's settings name; `guilds` is None where every guild is welcome."""

    guilds: AbstractSet[int] | None
    operator_guild: int | None
    operator_channel: int | None
    model: str
    editing: bool
    data_dir: Path
    host: str
    port: int | None


@dataclass(frozen=True, slots=True)
class Application:
    """As the developer portal has it.

    `privileged` is whether intents are on that need a permit, `lacking` are scopes and rights that its own install
    link leaves out.
    """

    name: str
    public: bool
    needs_code: bool
    privileged: bool
    interactions_url: str | None
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Residence:
    """A guild that the bot is in, and the rights that it lacks there."""

    guild: int
    name: str
    lacking: tuple[str, ...]


class Tables(Enum):
    NONE = auto()
    CURRENT = auto()
    OLDER = auto()
    NEWER = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """Of a database: whose tables it has, their revision, and the revisions that are still to come."""

    tables: Tables
    revision: str | None = None
    pending: tuple[str, ...] = ()


class Holder(Enum):
    """Who has the port of the pages."""

    NOBODY = auto()
    BOT = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Door:
    """`failing` is what the bot behind it says of itself."""

    holder: Holder
    failing: tuple[str, ...] = ()


class TokenRefusedError(Exception):
    """Discord does not know this token."""


class DiscordUnreachableError(Exception):
    """Discord did not answer, or not with what it documents; it says why."""


class NoSuchChannelError(Exception):
    """It is not there, or the bot may not even know of it."""


class UnusableError(Exception):
    """A folder, disk or port of this machine cannot be used; it says why."""
