"""What the file says before any decoder runs: which format they claim, and whether their end has arrived.

Decoding would prove more, but costs some 20 ms per megapixel, for a file that Discord's viewers decode anyway.
A file that breaks off is the one damage that a download really does; each format tells it by its structure.
"""

from collections.abc import Iterator
from io import SEEK_END, BufferedReader
from typing import Final, NamedTuple

from bot.domain.pictures import Content, PictureFormat

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_START_OF_SCAN: Final = b"\xff\xda"
_END_OF_IMAGE: Final = b"\xff\xd9"


_HEAD: Final = 12
_READ_AT_ONCE: Final = 64 * 1024
_MOST_CHUNKS: Final = 100
_MOST_PNG_CHUNKS: Final = 100_000
"""Fifty megabytes in pieces of half a kilobyte; a file of nothing but empty ones would take seconds."""


class Chunk(NamedTuple):
    """A part of a file: its kind, and from where to where its data goes; `end` is where the next one begins."""

    kind: bytes
    start: int
    size: int
    end: int


def buffered(content: Content) -> BufferedReader:
    """Decoders and the walk through a file ask for a few bytes at a time."""
    return BufferedReader(content.reader())


def claimed_format(file: BufferedReader) -> PictureFormat | None:
    file.seek(0)
    data = file.read(_HEAD)
    if data.startswith(_PNG):
        return PictureFormat.PNG
    if data.startswith(_JPEG):
        return PictureFormat.JPEG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return PictureFormat.WEBP
    return None


def is_complete(file: BufferedReader, form: PictureFormat) -> bool:
    match form:
        case PictureFormat.PNG:
            return any(chunk.kind == b"IEND" for chunk in png_chunks(file))
        case PictureFormat.JPEG:
            # A thumbnail has an end of its own, but it stands before the scans of the picture.
            return _last(file, _END_OF_IMAGE) > _last(file, _START_OF_SCAN) > 0
        case PictureFormat.WEBP:
            file.seek(4)
            return 8 + int.from_bytes(file.read(4), "little") <= file.seek(0, SEEK_END)


def png_chunks(file: BufferedReader) -> Iterator[Chunk]:
    """Those that are there as a whole."""
    size, at = file.seek(0, SEEK_END), len(_PNG)
    for _ in range(_MOST_PNG_CHUNKS):
        if at + 12 > size:
            return
        file.seek(at)
        head = file.read(8)
        start, length = at + 8, int.from_bytes(head[:4])
        at = start + length + 4
        if at > size:
            return
        yield Chunk(head[4:], start, length, at)


def riff_chunks(file: BufferedReader) -> list[Chunk]:
    """Those of a WebP file that are there as a whole, the first hundred of them."""
    file.seek(4)
    size = min(8 + int.from_bytes(file.read(4), "little"), file.seek(0, SEEK_END))
    found, at = list[Chunk](), 12
    while at + 8 <= size and len(found) < _MOST_CHUNKS:
        file.seek(at)
        head = file.read(8)
        start, length = at + 8, int.from_bytes(head[4:], "little")
        at = start + length + length % 2
        if at > size:
            break
        found.append(Chunk(head[:4], start, length, at))
    return found


def _last(file: BufferedReader, marker: bytes) -> int:
    """Where the marker last stands, or -1; looked for from the end."""
    at = file.seek(0, SEEK_END)
    while at > 0:
        at = max(0, at - _READ_AT_ONCE)
        file.seek(at)
        found = file.read(_READ_AT_ONCE + len(marker) - 1).rfind(
            marker
        )  # it may begin in one piece and end in the next
        if found >= 0:
            return at + found
    return -1
