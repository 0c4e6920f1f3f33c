from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from io import BufferedIOBase
from typing import Final, Protocol
from urllib.parse import parse_qs, urlsplit

KEPT_FOR: Final = timedelta(days=6)
"""A day less than the provider's links commonly last."""
_LONGEST_LINK: Final = timedelta(days=7)


class PictureFormat(StrEnum):
    """The formats that can arrive; the value is the file's extension."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"


class Content(Protocol):
    """What a file holds, for as long as whoever gave it says."""

    @property
    def size(self) -> int: ...

    def reader(self) -> BufferedIOBase:
        """At the beginning, with a place of its own. Only reading may block, and closing it closes nothing else."""
        ...


@dataclass(frozen=True, slots=True)
class Picture:
    """Content that was checked to be a picture."""

    content: Content = field(repr=False)
    format: PictureFormat
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Pending:
    """The provider took the order and will have the picture under this reference."""

    reference: str


@dataclass(frozen=True, slots=True)
class Hung:
    """Where a picture stands for all to see: in which message, under which name."""

    message: int
    file: str


@dataclass(frozen=True, slots=True)
class Painted:
    """The provider made the picture; `url` is signed, lives for days and is a secret."""

    reference: str
    url: str = field(repr=False)

    def kept_until(self, now: datetime) -> datetime:
        """How long a picture that could not be shown is kept for whoever asked: not longer than its link lives."""
        ends = _link_ends(self.url)
        return now + KEPT_FOR if ends is None else min(ends, now + KEPT_FOR)


def _link_ends(url: str) -> datetime | None:
    """As AWS signs addresses, with the time of signing and the seconds from then on."""
    said = parse_qs(urlsplit(url).query)
    try:
        signed = datetime.strptime(said["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return signed + min(timedelta(seconds=int(said["X-Amz-Expires"][0])), _LONGEST_LINK)
    except (KeyError, ValueError, OverflowError):
        return None
