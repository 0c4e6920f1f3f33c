"""What people typed, made safe to show: it can neither ping, nor format, nor break what stands around it."""

import re
from typing import Final

import regex

_BIDI: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPACE: Final = re.compile(r"\s+")
_GRAPHEME: Final = regex.compile(r"\X")
_MARKUP: Final = frozenset("\\*_~`|[]()<@#")
_LINE_START: Final = re.compile(r"(?:[-+>]|(?=\d+[.)]))")
_LINK: Final = "://"
GRAPHEME_LIMIT: Final = 16
"""Code points in one grapheme: enough for families and flags, too few to tower over the lines around."""


def escaped(text: str, limit: int) -> str:
    """One line of Discord markdown that reads as the text, cut to `limit` characters between graphemes."""
    line = _one_line(text).replace(_LINK, ":\u2060//")  # a word joiner: no link, nothing to see
    start = _LINE_START.match(line)
    parts = ["\\" + start[0] if start is not None and start[0] else ""]
    rest = line[start.end() :] if start is not None else line
    if start is not None and not start[0]:
        digits, rest = _split_digits(rest)
        parts = [f"{digits}\\{rest[:1]}"]
        rest = rest[1:]
    parts += [_escape(grapheme) for grapheme in _graphemes(rest)]
    return _join(parts, limit)


def cut(text: str, limit: int) -> str:
    """The text without markup in mind, as for alt texts: cut to `limit` characters between graphemes."""
    return _join([*_graphemes(_one_line(text))], limit)


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", _BIDI.sub("", text)).strip()


def _graphemes(text: str) -> list[str]:
    return [grapheme[:GRAPHEME_LIMIT] for grapheme in _GRAPHEME.findall(text)]


def _escape(grapheme: str) -> str:
    return "\\" + grapheme if grapheme[0] in _MARKUP else grapheme


def _split_digits(text: str) -> tuple[str, str]:
    length = len(text) - len(text.lstrip("0123456789"))
    return text[:length], text[length:]


def _join(parts: list[str], limit: int) -> str:
    whole = "".join(parts)
    if len(whole) <= limit:
        return whole
    kept, length = [], 1  # the ellipsis
    for part in parts:
        length += len(part)
        if length > limit:
            break
        kept.append(part)
    return "".join(kept) + "…"
