"""The damaged pictures that a client must survive."""

import io
import struct
import zlib

from PIL import Image

from standins.endpoint.canned import canned
from standins.endpoint.faults import Fault, Stage
from standins.endpoint.register import ArmedFault
from standins.endpoint.replies import Delivery, Reply, page, storage_error

OCTETS = "application/octet-stream"
FOREIGN_ORIGIN = "https://evil.example"
_BOMB_SIDE = 60_000
_PNG_START = b"\x89PNG\r\n\x1a\n"


def spoiled(armed: ArmedFault, picture: bytes) -> Reply:
    if armed.fault.stage is not Stage.PICTURE:
        return canned(armed)
    match armed.fault:
        case Fault.PICTURE_TRUNCATED:
            return Reply(200, picture, OCTETS, delivery=Delivery.CUT)
        case Fault.PICTURE_WEBP:
            return Reply(200, _as_webp(picture), OCTETS)
        case Fault.PICTURE_REDIRECTED:
            target = armed.url or f"{FOREIGN_ORIGIN}/picture.png"
            return Reply(302, headers={"Location": target})
        case _:
            return _without_picture(armed.fault)


def same_pixels(one: bytes, other: bytes) -> bool:
    with Image.open(io.BytesIO(one)) as first, Image.open(io.BytesIO(other)) as second:
        alike = (first.format, first.mode, first.size) == (second.format, second.mode, second.size)
        return alike and first.tobytes() == second.tobytes()


def _without_picture(fault: Fault) -> Reply:
    match fault:
        case Fault.PICTURE_IS_HTML:
            return page(200, "<!DOCTYPE html><title>Not a picture</title>", content_type=OCTETS)
        case Fault.PICTURE_OVERSIZE:
            return Reply(200, _PNG_START, OCTETS, delivery=Delivery.FLOOD)
        case Fault.PICTURE_BOMB:
            return Reply(200, _bomb(), OCTETS)
        case Fault.PICTURE_MISSING:
            return storage_error(404, "NoSuchKey", "The specified key does not exist.")
        case Fault.PICTURE_FORBIDDEN:
            return storage_error(403, "AccessDenied", "Access Denied")
        case _:
            return Reply(200, content_type=OCTETS)


def _as_webp(picture: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as opened:
        opened.save(out, "WEBP", quality=60)
    return out.getvalue()


def _bomb() -> bytes:
    """A PNG whose header is valid and claims 3600 megapixels."""
    header = struct.pack(">IIBBBBB", _BOMB_SIDE, _BOMB_SIDE, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1024), level=9)
    return _PNG_START + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
