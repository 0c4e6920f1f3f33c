"""What to try next when Discord did not take a picture, by what it answered."""

from enum import Enum, auto
from typing import Final

import aiohttp
import discord

TROUBLE: Final = (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError)

UNKNOWN_CHANNEL: Final = 10003
UNKNOWN_MESSAGE: Final = 10008
TOO_LARGE: Final = 40005
_STOPPED_BY_AUTOMOD: Final = frozenset({200000, 200001})
_PAYLOAD_TOO_LARGE: Final = 413
_TOO_MANY_REQUESTS: Final = 429


class Step(Enum):
    AGAIN = auto()
    """The same, once: nobody knows whether it got through, and twice is as good as once."""
    WORDLESS = auto()
    """The same without the member's words."""
    SMALLER = auto()
    """Everything from the start, with a smaller file."""
    NEXT = auto()
    """Another way to the same channel."""
    GIVE_UP = auto()
    """No way leads there."""
    GONE = auto()
    """Somebody removed the card, and with it the wish."""


def step_after(error: BaseException) -> Step:
    if not isinstance(error, discord.HTTPException):
        return Step.AGAIN
    match code_of(error):
        case code if code in _STOPPED_BY_AUTOMOD:
            return Step.WORDLESS
        case code if code == TOO_LARGE or error.status == _PAYLOAD_TOO_LARGE:
            return Step.SMALLER
        case code if code == UNKNOWN_MESSAGE:
            return Step.GONE
        case code if code == UNKNOWN_CHANNEL:
            return Step.GIVE_UP
        case _:
            return Step.NEXT


def may_pass(error: BaseException) -> bool:
    """Whether the same may well succeed a while later."""
    if not isinstance(error, discord.HTTPException):
        return True
    # Limits of its own kind have a code; without one, it is a limit of requests.
    return isinstance(error, discord.DiscordServerError) or (error.status == _TOO_MANY_REQUESTS and not error.code)


def code_of(error: BaseException) -> int | None:
    return error.code if isinstance(error, discord.HTTPException) else None
