"""How long a reply asks us to stay away, in seconds."""

import re
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from bot.adapters.onemin.wire import Reply

# An answer that asks for more than this asks for the impossible: no job waits longer than that.
LONGEST: Final = 600.0

_SECONDS: Final = re.compile(r"\d+(\.\d+)?", re.ASCII)
_SPOKEN: Final = re.compile(r"\b(\d{1,9})\s*(seconds?|secs?|s|minutes?|mins?)\b", re.IGNORECASE)


def header_wait(reply: Reply) -> float | None:
    """`Retry-After` as seconds or as a date; a date is held against the reply's own `Date`."""
    value = reply.header("Retry-After").strip()
    if (seconds := plain_wait(value)) is not None:
        return seconds
    elapsed = _between(reply.header("Date"), value)
    return None if elapsed is None else _bounded(elapsed.total_seconds())


def plain_wait(value: object) -> float | None:
    """A number, or a text that is one."""
    match value:
        case bool():
            return None
        case str() if _SECONDS.fullmatch(value):
            return _bounded(float(value))
        case int() | float() if value >= 0:
            return _bounded(value)
        case _:
            return None


def spoken_wait(text: str) -> float | None:
    """The number in "Please try again after 151 seconds"."""
    spoken = _SPOKEN.search(text)
    if spoken is None:
        return None
    return _bounded(int(spoken[1]) * (60 if spoken[2].lower().startswith("m") else 1))


def _bounded(seconds: float) -> float:
    return float(min(max(seconds, 0.0), LONGEST))


def _between(earlier: str, later: str) -> timedelta | None:
    try:
        return parsedate_to_datetime(later) - parsedate_to_datetime(earlier)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
