"""Words in EXIF, as picture tools write and read them: in the user's comment, and beside it in the description."""

import struct
from collections.abc import Iterator
from typing import Final, Literal

from PIL.Image import Exif

from bot.domain.inscriptions import DATA_KEY, TEXT_KEY, Inscription

HEAD: Final = b"Exif\x00\x00"

_BELOW: Final = 0x8769
"""The tag that leads to the camera's own tags."""
_COMMENT: Final = 0x9286
_DESCRIPTION: Final = 0x010E
_UNICODE: Final = b"UNICODE\x00"
_CHARACTER_SETS: Final = {_UNICODE: "utf-16-be", b"ASCII\x00\x00\x00": "utf-8", bytes(8): "utf-8"}
_WORDS: Final = frozenset({_COMMENT, _DESCRIPTION})
_TEXTS: Final = frozenset({1, 2, 7})
"""Kinds of values that are bytes."""
_ENTRY: Final = 12
_INLINE: Final = 4
"""Bytes that stand in an entry itself; longer values stand elsewhere."""
_MOST_TAGS: Final = 200

Order = Literal["<", ">"]


def written(inscription: Inscription) -> bytes:
    exif = Exif()
    exif[_DESCRIPTION] = inscription.data.encode()
    exif.get_ifd(_BELOW)[_COMMENT] = _UNICODE + inscription.text.encode("utf-16-be")
    return exif.tobytes()


def read(data: bytes) -> Iterator[tuple[str, str]]:
    """Names and texts. Whatever stands in there, it leads nowhere outside of `data`, and to each tag once."""
    data = data.removeprefix(HEAD)
    order: Order | None = {b"II": "<", b"MM": ">"}.get(data[:2])  # type: ignore[assignment]  # these are all there are
    if order is None:
        return
    first = dict(_tags(data, order, _number(data, order, 4)))
    below = dict(_tags(data, order, _number(first.get(_BELOW, b""), order, 0)))
    for tag, value in (first | below).items():
        match tag:
            case 0x9286:
                text, key = _comment(value, order), TEXT_KEY
            case 0x010E:
                text, key = decoded(value, "utf-8"), DATA_KEY
            case _:
                continue
        if text is not None:
            yield key, text


def decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding).rstrip("\x00")
    except UnicodeDecodeError:
        return None


def _tags(data: bytes, order: Order, at: int) -> Iterator[tuple[int, bytes]]:
    """Those that may hold words, and the one that leads on."""
    count, seen = min(_number(data, order, at, 2) if at else 0, _MOST_TAGS), set[int]()
    for number in range(count):
        start = at + 2 + _ENTRY * number
        entry = data[start : start + _ENTRY]
        if len(entry) < _ENTRY:
            return
        tag, kind, length = struct.unpack(f"{order}HHI", entry[:8])
        if tag in seen:
            continue
        seen.add(tag)
        if tag in _WORDS and kind in _TEXTS:
            value = entry[8:] if length <= _INLINE else data[_number(entry, order, 8) :]
            yield tag, value[:length]
        elif tag == _BELOW:
            yield tag, entry[8:]


def _number(data: bytes, order: Order, at: int, size: int = 4) -> int:
    return int.from_bytes(data[at : at + size], "big" if order == ">" else "little")


def _comment(value: bytes, order: Order) -> str | None:
    """With the set of characters in front. Writers differ in the order of the bytes of that one."""
    name, text = value[:8], value[8:]
    encoding = _CHARACTER_SETS.get(name)
    if encoding is None:
        return None
    swapped = name == _UNICODE and order == "<" and text[1::2].count(0) > text[::2].count(0)
    return decoded(text, "utf-16-le" if swapped else encoding)
