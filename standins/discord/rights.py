from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntFlag
from functools import reduce
from operator import or_
from typing import Final


class Right(IntFlag):
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    SEND_MESSAGES_IN_THREADS = 1 << 38
    MODERATE_MEMBERS = 1 << 40


NONE: Final = Right(0)
ALL: Final = reduce(or_, Right)

INVITED: Final = (
    Right.VIEW_CHANNEL
    | Right.SEND_MESSAGES
    | Right.SEND_MESSAGES_IN_THREADS
    | Right.ATTACH_FILES
    | Right.EMBED_LINKS
    | Right.READ_MESSAGE_HISTORY
)
"""What a bot that shows pictures asks for."""

EVERYBODY: Final = INVITED | Right.USE_APPLICATION_COMMANDS

DIRECT: Final = Right.ATTACH_FILES | Right.EMBED_LINKS | Right.MENTION_EVERYONE | Right.USE_EXTERNAL_EMOJIS
"""What a bot is told that it may do in direct messages."""

OF_ROLE, OF_MEMBER = 0, 1


@dataclass(frozen=True, slots=True)
class Overwrite:
    """What a channel gives and takes, beside what the guild says."""

    kind: int
    allow: Right
    deny: Right


def in_channel(
    rights: Right, overwrites: Mapping[int, Overwrite], *, everyone: int, roles: Iterable[int], member: int
) -> Right:
    """In the documented order: for everyone, then all roles together, then the member."""
    if rights & Right.ADMINISTRATOR:
        return ALL
    together = [it for it in map(overwrites.get, roles) if it is not None]
    ofroles = Overwrite(
        OF_ROLE, *(reduce(or_, (getattr(it, way) for it in together), NONE) for way in ("allow", "deny"))
    )
    for overwrite in (overwrites.get(everyone), ofroles, overwrites.get(member)):
        if overwrite is not None:
            rights = rights & ~overwrite.deny | overwrite.allow
    return rights if rights & Right.VIEW_CHANNEL else NONE
