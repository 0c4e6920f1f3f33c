"""Writes into a picture's file how it was made: chunks and segments are put between what is there.

What is there stays as it is, so the picture is the very same, and nothing of it is read but a few bytes.
"""

import zlib
from io import BufferedReader
from typing import Final

from bot.adapters.joining import Joined, Span
from bot.adapters.pictures import exif
from bot.adapters.pictures.structure import buffered, riff_chunks
from bot.domain.inscriptions import DATA_KEY, TEXT_KEY, Inscription
from bot.domain.pictures import Content, Picture, PictureFormat

_PNG_HEADER_ENDS: Final = 33
"""Behind the signature and the first chunk, which is always the same size; text may stand anywhere after it."""
_LONGEST_SEGMENT: Final = 65_533
_APP0: Final = b"\xff\xe0"
_APP1: Final = b"\xff\xe1"
_COMMENT: Final = b"\xff\xfe"
_EXIF_FLAG: Final = 0x08
_ALPHA_FLAG: Final = 0x10
_VP8L_ALPHA: Final = 1 << 28


def inscribed(picture: Picture, inscription: Inscription) -> Picture:
    """The picture itself where there is no place for so many words."""
    with buffered(picture.content) as file:
        pieces = _pieces(picture, file, inscription)
    if not pieces:
        return picture
    return Picture(Joined(pieces), picture.format, picture.width, picture.height, picture.content)


def _pieces(picture: Picture, file: BufferedReader, inscription: Inscription) -> list[bytes | Span]:
    match picture.format:
        case PictureFormat.PNG:
            return _png(picture.content, inscription)
        case PictureFormat.JPEG:
            return _jpeg(picture.content, file, inscription)
        case PictureFormat.WEBP:
            return _webp(picture, file, inscription)


def room_for(inscription: Inscription) -> int:
    """Bytes that the words take in a JPEG file: in one that is made here, for nothing else is in it."""
    return len(_exif_segment(inscription))


def _png(content: Content, inscription: Inscription) -> list[bytes | Span]:
    chunks = _png_text(TEXT_KEY, inscription.text) + _png_text(DATA_KEY, inscription.data)
    return [Span(content, 0, _PNG_HEADER_ENDS), chunks, Span(content, _PNG_HEADER_ENDS, content.size)]


def _png_text(key: str, text: str) -> bytes:
    """In the plain form where it can hold the text: some tools read no other."""
    try:
        kind, data = b"tEXt", key.encode() + b"\x00" + text.encode("latin-1")
    except UnicodeEncodeError:
        kind, data = b"iTXt", key.encode() + b"\x00\x00\x00\x00\x00" + text.encode()
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def _jpeg(content: Content, file: BufferedReader, inscription: Inscription) -> list[bytes | Span]:
    file.seek(2)
    head, at = file.read(4), 2
    if head[:2] == _APP0:
        at += 2 + int.from_bytes(head[2:])
        file.seek(at)
        head = file.read(4)
    # Of two such segments, tools read one: what is there may tell which side is up.
    segment = _segment(_COMMENT, inscription.text.encode()) if head[:2] == _APP1 else _exif_segment(inscription)
    return [Span(content, 0, at), segment, Span(content, at, content.size)] if segment else []


def _exif_segment(inscription: Inscription) -> bytes:
    return _segment(_APP1, exif.written(inscription)) or _segment(_COMMENT, inscription.text.encode())


def _segment(marker: bytes, data: bytes) -> bytes:
    """Nothing where it is too long."""
    return b"" if len(data) > _LONGEST_SEGMENT else marker + (len(data) + 2).to_bytes(2) + data


def _webp(picture: Picture, file: BufferedReader, inscription: Inscription) -> list[bytes | Span]:
    """Words take the extended form of the file, with a chunk in front that tells what there is."""
    content, chunks = picture.content, riff_chunks(file)
    if not chunks or any(it.kind == b"EXIF" for it in chunks):
        return []
    first, end = chunks[0], chunks[-1].end
    words = _riff(b"EXIF", exif.written(inscription).removeprefix(exif.HEAD))
    file.seek(first.start)
    start = file.read(5)
    if first.kind == b"VP8X":
        extended, body = bytes([start[0] | _EXIF_FLAG]) + _read(file, first.start + 1, 9), first.end
    else:
        alpha = first.kind == b"VP8L" and int.from_bytes(start[1:5], "little") & _VP8L_ALPHA
        sides = b"".join((side - 1).to_bytes(3, "little") for side in (picture.width, picture.height))
        extended, body = bytes([_EXIF_FLAG | (_ALPHA_FLAG if alpha else 0), 0, 0, 0]) + sides, 12
    front = _riff(b"VP8X", extended)
    size = 4 + len(front) + end - body + len(words)
    return [b"RIFF" + size.to_bytes(4, "little") + b"WEBP" + front, Span(content, body, end), words]


def _riff(kind: bytes, data: bytes) -> bytes:
    return kind + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)


def _read(file: BufferedReader, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)
