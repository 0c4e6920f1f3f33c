from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from io import BufferedIOBase
from typing import Final, Protocol
from urllib.parse import parse_qs, urlsplit

KEPT_FOR: Final = timedelta(days=6)
"""A day less than the provider's links commonly last."""
_LONGEST_LINK: Final = timedelta(days=7)
LARGEST_SIDE: Final = 8192
MOST_PIXELS: Final = 40_000_000
"""No larger picture is opened, whoever made it."""


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
    """Content that was checked to be a picture; `uninscribed` is the same where it tells how it was made."""

    content: Content = field(repr=False)
    format: PictureFormat
    width: int
    height: int
    uninscribed: Content | None = field(default=None, repr=False)

    @property
    def wordless(self) -> "Picture":
        """The same, and its file does not tell how it was made."""
        return self if self.uninscribed is None else replace(self, content=self.uninscribed, uninscribed=None)


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
class Source:
    """A picture that is edited: the provider's opaque key of it, and the message that it came from, if any."""

    asset: str = field(repr=False)
    channel: int | None = None
    message: int | None = None


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
