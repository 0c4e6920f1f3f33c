"""The body of a request, as JSON or with files beside it."""

import asyncio
import io
import json
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from aiohttp import BodyPartReader, ClientError, web
from PIL import Image, UnidentifiedImageError

from standins.discord.refusals import Problem, Refusal, RefusedError
from standins.discord.state import Attachment

_FILE: Final = re.compile(r"files\[([0-9])\]")
_UNSAFE: Final = re.compile(r"[^\w.\-()]+")
_CHUNK: Final = 64 * 1024
_STALLED_SECONDS: Final = 60.0


class LostError(Exception):
    """The body of a request did not arrive to its end; the words say why."""


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes = field(repr=False)

    def attachment(self, number: int, description: str | None) -> Attachment:
        kind = mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        name = _UNSAFE.sub("_", self.name)
        return Attachment(number, name, self.content, kind, description, _dimensions(self.content))


@dataclass(frozen=True, slots=True)
class Body:
    payload: Any = None
    files: Mapping[int, File] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def fields(self) -> Mapping[str, Any]:
        return self.payload if isinstance(self.payload, Mapping) else MappingProxyType({})

    @property
    def size(self) -> int:
        """Of all files together."""
        return sum(len(file.content) for file in self.files.values())


async def read(request: web.Request) -> Body:
    """Raises `RefusedError` for what is no body of this interface, and `LostError` where it ends too early."""
    if not request.body_exists:
        return Body()
    try:
        async with asyncio.timeout(_STALLED_SECONDS):
            return await _body(request)
    except TimeoutError:
        raise LostError(f"the body had not arrived after {_STALLED_SECONDS:.0f} seconds") from None
    except (ConnectionError, ClientError, web.RequestPayloadError):
        raise LostError("the client left before its body had arrived") from None
    except ValueError:
        raise RefusedError(Refusal.INVALID_FORM, [Problem((), "neither JSON nor a form with payload_json")]) from None


async def _body(request: web.Request) -> Body:
    match request.content_type:
        case "application/json":
            return Body(json.loads(await request.read()))
        case "multipart/form-data":
            return await _parts(request)
        case other:
            raise ValueError(other)


async def _parts(request: web.Request) -> Body:
    payload: Any = None
    files: dict[int, File] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise ValueError("a form in a form")  # noqa: TRY004 - what all malformed bodies raise
        name = _FILE.fullmatch(part.name or "")
        if part.name == "payload_json":
            payload = json.loads(await part.text())
        elif name is not None:
            files[int(name[1])] = File(part.filename or "", await _content(part))
        else:
            raise ValueError(part.name)
    return Body(payload, files)


async def _content(part: BodyPartReader) -> bytes:
    """Held once: a buffer gives its bytes away without copying them, and `part.read` would not."""
    buffer = io.BytesIO()
    while not part.at_eof():
        buffer.write(await part.read_chunk(_CHUNK))
    return buffer.getvalue()


def _dimensions(content: bytes) -> tuple[int, int] | None:
    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, ValueError):
        return None
