"""The body of a request, as JSON or with files beside it."""

import io
import json
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from aiohttp import BodyPartReader, web
from PIL import Image, UnidentifiedImageError

from standins.discord.refusals import Problem, Refusal, RefusedError
from standins.discord.state import Attachment

_FILE: Final = re.compile(r"files\[([0-9])\]")
_UNSAFE: Final = re.compile(r"[^\w.\-()]+")


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes

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


async def read(request: web.Request) -> Body:
    """Raises `RefusedError` for what is no body of this interface."""
    if not request.body_exists:
        return Body()
    try:
        match request.content_type:
            case "application/json":
                return Body(json.loads(await request.read()))
            case "multipart/form-data":
                return await _parts(request)
            case _:
                pass
    except ValueError:
        pass
    raise RefusedError(Refusal.INVALID_FORM, [Problem((), "neither JSON nor a form with payload_json")])


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
            files[int(name[1])] = File(part.filename or "", bytes(await part.read()))
        else:
            raise ValueError(part.name)
    return Body(payload, files)


def _dimensions(content: bytes) -> tuple[int, int] | None:
    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.size
    except (UnidentifiedImageError, OSError, ValueError):
        return None
