"""What people typed, made safe to show: it can neither ping, nor format, nor break what stands around it."""

import re
from functools import lru_cache
from itertools import accumulate
from typing import Final

import regex

_UNSEEN: Final = regex.compile(r"[\p{Bidi_Control}\p{Cc}\p{Cs}]")
"""What turns the line around, and what cannot be sent."""

_SPACE: Final = re.compile(r"\s")
_GRAPHEME: Final = regex.compile(r"\X")
_MARKUP: Final = re.compile(r"[\\*_~`|\[\]()<>@#:]")
"""Where Discord looks for formatting, mentions, timestamps, links and the names of emojis."""

GRAPHEME_LIMIT: Final = 16
"""Code points in one grapheme: enough for families and flags, too few to tower over the lines around."""


@lru_cache(maxsize=256)  # a card is shown several times, and a prompt is long
def escaped(text: str, limit: int) -> str:
    """One line of Discord markdown that reads as the text, cut to `limit` characters between graphemes."""
    parts = [_MARKUP.sub(r"\\\g<0>", grapheme) for grapheme in _graphemes(text)]
    start = next((at for at, part in enumerate(parts) if not part.isdecimal()), None)
    if start is not None and parts[start][0] in "-+.":  # at a line's start, a list or small print
        parts[start] = "\\" + parts[start]
    return _join(parts, limit)


def cut(text: str, limit: int) -> str:
    """The text without markup in mind, as for alt texts: cut to `limit` characters between graphemes."""
    return _join(_graphemes(text), limit)


def _graphemes(text: str) -> list[str]:
    line = " ".join(_UNSEEN.sub("", _SPACE.sub(" ", text)).split())
    return [grapheme[:GRAPHEME_LIMIT] for grapheme in _GRAPHEME.findall(line)]


def _join(parts: list[str], limit: int) -> str:
    whole = "".join(parts)
    if len(whole) <= limit:
        return whole
    ends = accumulate(map(len, parts))
    return "".join(part for part, end in zip(parts, ends, strict=True) if end < limit) + "…"
