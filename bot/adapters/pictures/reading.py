"""Looks for words in the file of a picture, whoever put them there. Whatever they did, it takes little of anything."""

import zlib
from collections.abc import Iterable, Iterator
from io import BufferedReader
from itertools import islice
from typing import Final

from bot.adapters.pictures import exif
from bot.adapters.pictures.structure import Chunk, buffered, claimed_format, png_chunks, riff_chunks
from bot.domain.inscriptions import DATA_KEY, TEXT_KEY, Note
from bot.domain.pictures import Content, PictureFormat

LONGEST_NOTE: Final = 256 * 1024
"""What is longer is no description of a picture, nor are notes that are longer together."""
MOST_NOTES: Final = 10
_MOST_TEXTS: Final = 50
"""In a PNG, those included that tell nothing: each may swell."""

_COMMENT: Final = "Comment"
_KEYS: Final = (TEXT_KEY, DATA_KEY, "prompt", "workflow", "Dream", "sd-metadata", "invokeai_metadata", _COMMENT)
"""Names that picture tools use; what stands first is told first."""
_MOST_EXIF: Final = 1
"""By every standard."""
_PNG_TEXTS: Final = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_MOST_SEGMENTS: Final = 200
_EXIF_SEGMENT: Final = 0xE1
_COMMENT_SEGMENT: Final = 0xFE
_SCAN: Final = 0xDA
_BARE_MARKERS: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_MARKER: Final = 0xFF
_SEGMENT_HEAD: Final = 4


def notes_in(content: Content) -> list[Note]:
    """Nothing where the file is no picture that can hold any; what people can read comes first."""
    with buffered(content) as file:
        found = list(islice(_as_fit(_notes(file)), MOST_NOTES))
    return sorted((Note(key, text) for key, text in found if text.strip()), key=lambda note: _KEYS.index(note.key))


def _notes(file: BufferedReader) -> Iterator[tuple[str, str]]:
    match claimed_format(file):
        case PictureFormat.PNG:
            return _in_png(file)
        case PictureFormat.JPEG:
            return _in_jpeg(file)
        case PictureFormat.WEBP:
            return _in_webp(file)
        case None:
            return iter(())


def _as_fit(found: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    left = LONGEST_NOTE
    for key, text in found:
        if len(text) <= left:
            left -= len(text)
            yield key, text


def _in_png(file: BufferedReader) -> Iterator[tuple[str, str]]:
    chunks = list(png_chunks(file))
    texts = (it for it in chunks if it.kind in _PNG_TEXTS and it.size <= LONGEST_NOTE)
    for chunk in islice(texts, _MOST_TEXTS):
        data = _data(file, chunk.start, chunk.size)
        name, _, rest = data.partition(b"\x00")
        key = name.decode("latin-1")
        text = _png_text(chunk.kind, rest) if key in _KEYS and _is_whole(file, chunk, data) else None
        if text is not None:
            yield key, text
    yield from _in_exif(file, b"eXIf", chunks)


def _is_whole(file: BufferedReader, chunk: Chunk, data: bytes) -> bool:
    return _data(file, chunk.start + chunk.size, 4) == zlib.crc32(chunk.kind + data).to_bytes(4)


def _png_text(kind: bytes, data: bytes) -> str | None:
    match kind:
        case b"tEXt":
            return data.decode("latin-1")
        case b"zTXt":
            return _unpacked(data[1:], "latin-1")
        case _:  # whether it is packed, how, a language and the key in that language stand before it
            text = data[2:].split(b"\x00", 2)[-1]
            return _unpacked(text, "utf-8") if data[:1] == b"\x01" else exif.decoded(text, "utf-8")


def _unpacked(data: bytes, encoding: str) -> str | None:
    """None where it is damaged, or swells beyond all measure."""
    inflating = zlib.decompressobj()
    try:
        text = inflating.decompress(data, LONGEST_NOTE)
    except zlib.error:
        return None
    return exif.decoded(text, encoding) if inflating.eof else None


def _in_jpeg(file: BufferedReader) -> Iterator[tuple[str, str]]:
    segments = list(islice(_segments(file), _MOST_SEGMENTS))
    below = (_data(file, start, size) for marker, start, size in segments if marker == _EXIF_SEGMENT)
    for data in islice((it for it in below if it.startswith(exif.HEAD)), _MOST_EXIF):
        yield from exif.read(data)
    for marker, start, size in segments:
        text = exif.decoded(_data(file, start, size), "utf-8") if marker == _COMMENT_SEGMENT else None
        if text is not None:
            yield _COMMENT, text


def _segments(file: BufferedReader) -> Iterator[tuple[int, int, int]]:
    """Marker, start and size of each, up to the picture itself."""
    at = 2
    while len(head := _data(file, at, _SEGMENT_HEAD)) == _SEGMENT_HEAD and head[0] == _MARKER and head[1] != _SCAN:
        if head[1] in _BARE_MARKERS:
            at += 2
            continue
        size = max(2, int.from_bytes(head[2:]))
        yield head[1], at + _SEGMENT_HEAD, size - 2
        at += 2 + size


def _in_webp(file: BufferedReader) -> Iterator[tuple[str, str]]:
    yield from _in_exif(file, b"EXIF", riff_chunks(file))


def _in_exif(file: BufferedReader, kind: bytes, chunks: Iterable[Chunk]) -> Iterator[tuple[str, str]]:
    for chunk in islice((it for it in chunks if it.kind == kind), _MOST_EXIF):
        yield from exif.read(_data(file, chunk.start, chunk.size))


def _data(file: BufferedReader, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(min(size, LONGEST_NOTE))
