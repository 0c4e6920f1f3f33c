from dataclasses import dataclass, field
from enum import StrEnum


class PictureFormat(StrEnum):
    """The formats that can arrive; the value is the file's extension."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"


@dataclass(frozen=True, slots=True)
class Picture:
    """Bytes that were checked to be a picture."""

    data: bytes = field(repr=False)
    format: PictureFormat
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Pending:
    """The provider took the order and will have the picture under this reference."""

    reference: str


@dataclass(frozen=True, slots=True)
class Painted:
    """The provider made the picture; `url` is signed, lives for days and is a secret."""

    reference: str
    url: str = field(repr=False)
