"""Pictures that are to be edited, on their way to the provider. Source: https://docs.1min.ai/docs/api/asset-api."""

import re
from io import BufferedIOBase
from typing import Annotated, Final

import aiohttp
from pydantic import BaseModel, Field
from pydantic_core import from_json

from bot.adapters.onemin.errors import refusal
from bot.adapters.onemin.replies import Text, optional
from bot.adapters.onemin.wire import Reply
from bot.domain.failures import BadReplyError
from bot.domain.pictures import PictureFormat

UPLOADS: Final = 5
UPLOADS_PER_MINUTE: Final = 100
"""Both are what the provider allows."""

_MIME: Final = {
    PictureFormat.JPEG: "image/jpeg",
    PictureFormat.PNG: "image/png",
    PictureFormat.WEBP: "image/webp",
}
_KEY: Final = re.compile(r"[!-~]{1,1024}")


class _Asset(BaseModel):
    key: Text = None


class _File(BaseModel):
    path: Text = None


class _Kept(BaseModel):
    asset: Annotated[_Asset, optional(dict, _Asset())] = _Asset()
    file: Annotated[_File, optional(dict, _File())] = Field(default=_File(), alias="fileContent")


def form(file: BufferedIOBase, kind: PictureFormat) -> aiohttp.FormData:
    """Under a name of ours: the extension decides whether the file is taken, and a member's own name is nobody's."""
    data = aiohttp.FormData()
    data.add_field("asset", file, filename=f"source.{kind.value}", content_type=_MIME[kind])
    return data


def kept_as(reply: Reply) -> str:
    """The key of a file that was taken."""
    if reply.status // 100 != 2:  # noqa: PLR2004 - a class of statuses
        raise refusal(reply)
    try:
        kept = _Kept.model_validate(from_json(reply.body))
    except ValueError:
        raise BadReplyError(f"{reply.status} is no reply of the API") from None
    key = kept.file.path or kept.asset.key or ""
    if not _KEY.fullmatch(key):
        raise BadReplyError(f"{reply.status} without a key")
    return key
