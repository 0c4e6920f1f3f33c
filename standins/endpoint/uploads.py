"""What the asset route takes in, and what it answers."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from aiohttp import BodyPartReader, MultipartReader, web

from standins.endpoint.replies import RefusedError, coded

LARGEST_UPLOAD = 50 * 1024 * 1024
_SUFFIXES = frozenset({".gif", ".jpeg", ".jpg", ".png", ".webp"})
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mimetype: str
    content: bytes

    @property
    def suffix(self) -> str:
        return PurePath(self.name).suffix.lower()


async def read_upload(request: web.Request) -> Upload:
    if request.content_type != "multipart/form-data":
        raise RefusedError(coded(400, "HTTP_EXCEPTION", "Multipart form data expected"))
    part = await _only_part(await request.multipart())
    upload = Upload(
        part.filename or "",
        part.headers.get("Content-Type", "application/octet-stream"),
        await _content(part),
    )
    if upload.suffix not in _SUFFIXES:
        raise RefusedError(coded(400, "HTTP_EXCEPTION", "The file type isn't supported"))
    return upload


async def _only_part(reader: MultipartReader) -> BodyPartReader:
    part = await reader.next()
    if isinstance(part, BodyPartReader) and part.name == "asset":
        return part
    raise RefusedError(coded(400, "HTTP_EXCEPTION", "A part named asset is required"))


async def _content(part: BodyPartReader) -> bytes:
    """Reads to the end even when it is too much: a refusal in the middle would reach the sender as a reset."""
    kept = bytearray()
    size = 0
    while chunk := await part.read_chunk(_CHUNK):
        size += len(chunk)
        if size <= LARGEST_UPLOAD:
            kept += chunk
    if size > LARGEST_UPLOAD:
        raise RefusedError(coded(413, "HTTP_EXCEPTION", "The file exceeds 50 MB"))
    return bytes(kept)


def tell_asset(upload: Upload, key: str) -> dict[str, Any]:
    created_at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.000Z}"
    return {
        "asset": {
            "bucket": "asset.1min.ai",
            "key": key,
            "acl": "private",
            "mimetype": upload.mimetype,
            "size": len(upload.content),
            "location": f"https://s3.us-east-1.amazonaws.com/asset.1min.ai/{key}",
        },
        "fileContent": {
            "uuid": str(uuid4()),
            "path": key,
            "status": "ACTIVE",
            "createdAt": created_at,
        },
    }
