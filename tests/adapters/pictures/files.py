"""Pictures made for the tests, and what can be wrong with them."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import shake_128
from io import BytesIO
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from PIL import Image

from bot.adapters.spool import Spool, SpooledFile
from bot.domain.pictures import Content, PictureFormat

PILLOW_NAMES = {PictureFormat.PNG: "PNG", PictureFormat.JPEG: "JPEG", PictureFormat.WEBP: "WEBP"}


def noise(width: int = 64, height: int = 48) -> Image.Image:
    """The same each time, and as hard to compress as can be."""
    return Image.frombytes("RGB", (width, height), shake_128(b"noise").digest(3 * width * height))


def encoded(image: Image.Image, form: PictureFormat, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, PILLOW_NAMES[form], **options)
    return out.getvalue()


@contextmanager
def spooled(data: bytes = b"") -> Iterator[SpooledFile]:
    """On disk from the first byte on."""
    file = Spool(Path(gettempdir()), in_memory=0).file()
    try:
        file.append(data)
        yield file
    finally:
        file.close()


def held(content: Content) -> bytes:
    return content.reader().read()


def decoded(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data)) as image:
        image.load()
    return image


def png_claiming(width: int, height: int) -> bytes:
    """Valid but for its pixels, of which it holds next to none."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(64))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def jpeg_claiming(width: int, height: int) -> bytes:
    data = encoded(noise(), PictureFormat.JPEG)
    frame = data.index(b"\xff\xc0") + 5
    return data[:frame] + struct.pack(">HH", height, width) + data[frame + 4 :]


def webp_claiming(width: int, height: int) -> bytes:
    canvas = b"VP8X" + struct.pack("<I", 10) + bytes(4) + (width - 1).to_bytes(3, "little")
    body = b"WEBP" + canvas + (height - 1).to_bytes(3, "little") + encoded(noise(), PictureFormat.WEBP)[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def lossless_webp_claiming(width: int, height: int) -> bytes:
    data = encoded(noise(), PictureFormat.WEBP, lossless=True)
    return data[:21] + struct.pack("<I", (width - 1) | (height - 1) << 14) + data[25:]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
