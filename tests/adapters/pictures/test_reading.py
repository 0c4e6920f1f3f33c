"""Files that were made to do harm, or are just broken: reading them takes little, and raises nothing."""

import struct
import time
import tracemalloc
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import IFD, Base

from bot.adapters.pictures.decoding import checked
from bot.adapters.pictures.exif import read
from bot.adapters.pictures.inscribing import inscribed
from bot.adapters.pictures.reading import LONGEST_NOTE, MOST_NOTES, notes_in
from bot.domain.failures import UnusablePictureError
from bot.domain.inscriptions import Inscription, Note
from bot.domain.pictures import PictureFormat
from tests.adapters.pictures.files import encoded, held, noise
from tests.examples import Held

PNG = encoded(noise(), PictureFormat.PNG)
JPEG = encoded(noise(), PictureFormat.JPEG)
BOMB = zlib.compress(bytes(100 * 1024 * 1024), 9)
WORDS = Inscription("a fox\nSteps: 25", '{"job": "1"}')


def chunk(kind: bytes, data: bytes, crc: int | None = None) -> bytes:
    return (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data) if crc is None else crc)
    )


def png_with(*chunks: bytes) -> Held:
    return Held(PNG[:33] + b"".join(chunks) + PNG[33:])


def jpeg_with(*segments: bytes) -> Held:
    return Held(JPEG[:2] + b"".join(segments) + JPEG[2:])


def segment(marker: int, data: bytes, size: int | None = None) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2 if size is None else size) + data


@pytest.mark.parametrize(
    "bomb", [chunk(b"zTXt", b"parameters\x00\x00" + BOMB), chunk(b"iTXt", b"parameters\x00\x01\x00\x00\x00" + BOMB)]
)
def test_a_bomb_does_not_go_off(bomb: bytes) -> None:
    assert len(bomb) < LONGEST_NOTE
    content = png_with(bomb, chunk(b"tEXt", b"parameters\x00a fox"))
    tracemalloc.start()
    assert notes_in(content) == [Note("parameters", "a fox")]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 * 1024 * 1024


@pytest.mark.parametrize(
    "bomb",
    [
        chunk(b"zTXt", b"parameters\x00\x00" + zlib.compress(bytes(LONGEST_NOTE + 1), 9)),
        chunk(b"zTXt", b"parameters\x00\x00" + zlib.compress(b" " * LONGEST_NOTE, 9)),
        chunk(b"eXIf", b"II*\x00\x08\x00\x00\x00\xc8\x00" + struct.pack("<HHII", 0x9286, 7, 2**18, 10) * 200),
    ],
    ids=["swelling", "empty", "overlapping"],
)
def test_many_bombs_are_not_tried_one_by_one(bomb: bytes) -> None:
    content = png_with(*[bomb] * (10_000_000 // len(bomb)))
    started = time.process_time()
    assert notes_in(content) == []
    assert time.process_time() - started < 2  # without the bounds half a minute


def test_notes_that_are_too_long_together_are_left_out() -> None:
    long = chunk(b"zTXt", b"parameters\x00\x00" + zlib.compress(b"*:" * (LONGEST_NOTE // 4), 9))
    found = notes_in(png_with(*[long] * 9, chunk(b"tEXt", b"Comment\x00a fox")))
    assert [len(it.text) for it in found] == [LONGEST_NOTE // 2] * 2
    found = notes_in(png_with(chunk(b"tEXt", b"Comment\x00a fox"), *[long] * 9))
    assert [(it.key, len(it.text)) for it in found] == [("parameters", LONGEST_NOTE // 2), ("Comment", 5)]


def test_packed_words_are_unpacked() -> None:
    packed = zlib.compress("лиса".encode())
    content = png_with(
        chunk(b"iTXt", b"parameters\x00\x01\x00ru\x00\xd0\xb0\x00" + packed),
        chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"a fox")),
    )
    assert notes_in(content) == [Note("parameters", "лиса"), Note("Comment", "a fox")]


@pytest.mark.parametrize(
    "bad",
    [
        chunk(b"tEXt", b"parameters\x00a fox", crc=1),
        chunk(b"tEXt", b"parameters\x00" + b"x" * (LONGEST_NOTE + 1)),
        chunk(b"tEXt", b"parameters"),
        chunk(b"zTXt", b"parameters\x00\x00not packed"),
        chunk(b"zTXt", b"parameters\x00"),
        chunk(b"iTXt", b"parameters\x00\x01\x00"),
        chunk(b"iTXt", b"parameters\x00\x00\x00\x00\x00\xff\xfe"),
        chunk(b"iTXt", b""),
        chunk(b"eXIf", b"MM"),
        chunk(b"tEXt", b"a name of somebody's own\x00text"),
    ],
)
def test_broken_words_are_none(bad: bytes) -> None:
    assert notes_in(png_with(bad)) == []


def test_of_many_words_some_are_read() -> None:
    assert len(notes_in(png_with(chunk(b"tEXt", b"Comment\x00x") * 5000))) == MOST_NOTES


def test_a_file_of_millions_of_empty_chunks_is_given_up() -> None:
    content = Held(PNG[:33] + chunk(b"junk", b"") * 4_000_000 + PNG[33:])
    started = time.process_time()
    assert notes_in(content) == []
    with pytest.raises(UnusablePictureError):
        checked(content)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "bad",
    [
        segment(0xE1, b"Exif\x00\x00"),
        segment(0xE1, b"Exif\x00\x00MM\x00*\xff\xff\xff\xff"),
        segment(0xE1, b"Exif\x00\x00II*\x00\x08\x00\x00\x00\xff\xff" + bytes(100)),
        segment(0xE1, b"Exif\x00\x00XX"),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00<x/>"),
        segment(0xFE, b"\xff\xfe\xfd"),
        segment(0xE1, b"", size=0),
        segment(0xE1, b"", size=1),
        segment(0xE1, b"", size=65535),
        b"\xff\x01\xff\xd0",
        b"nonsense",
        segment(0xE2, b"") * 500,
    ],
)
def test_broken_segments_are_none(bad: bytes) -> None:
    assert notes_in(jpeg_with(bad)) == []


def exif_with(comment: bytes, endian: str = "<") -> bytes:
    exif = Image.Exif()
    exif.endian = endian
    exif.get_ifd(IFD.Exif)[Base.UserComment] = comment
    return exif.tobytes()


@pytest.mark.parametrize("endian", ["<", ">"])
@pytest.mark.parametrize(
    ("comment", "text"),
    [
        (b"UNICODE\x00" + "a fox".encode("utf-16-be"), "a fox"),
        (b"ASCII\x00\x00\x00a fox", "a fox"),
        (bytes(8) + b"a fox\x00\x00", "a fox"),
    ],
)
def test_the_comment_is_read_in_every_set_of_characters(endian: str, comment: bytes, text: str) -> None:
    assert notes_in(jpeg_with(segment(0xE1, exif_with(comment, endian)))) == [Note("parameters", text)]


def test_a_comment_in_the_machines_own_order_is_read() -> None:
    comment = b"UNICODE\x00" + "a fox".encode("utf-16-le")
    assert notes_in(jpeg_with(segment(0xE1, exif_with(comment)))) == [Note("parameters", "a fox")]


@pytest.mark.parametrize("comment", [b"JIS\x00\x00\x00\x00\x00fox", b"UNICODE\x00x", b"short"])
def test_a_comment_that_nobody_can_read_is_none(comment: bytes) -> None:
    assert notes_in(jpeg_with(segment(0xE1, exif_with(comment)))) == []


@given(st.binary(max_size=300), st.sampled_from([b"II*\x00", b"MM\x00*", b"Exif\x00\x00II*\x00\x08\x00\x00\x00"]))
def test_nothing_in_exif_can_do_harm(data: bytes, head: bytes) -> None:
    assert len(list(read(head + data))) <= 400


@given(st.sampled_from(list(PictureFormat)), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=20))
def test_no_change_of_a_file_can_do_harm(form: PictureFormat, changes: list[tuple[int, int]]) -> None:
    whole = checked(Held(encoded(noise(8, 8), form)))
    data = bytearray(held(inscribed(whole, WORDS).content))
    for at, value in changes:
        data[at % len(data)] = value
    assert len(notes_in(Held(bytes(data)))) <= MOST_NOTES
    assert len(notes_in(Held(bytes(data[: len(data) // 2])))) <= MOST_NOTES


def test_pillow_agrees_about_what_is_a_file() -> None:
    for form in PictureFormat:
        with Image.open(BytesIO(held(inscribed(checked(Held(encoded(noise(), form))), WORDS).content))) as image:
            image.verify()
