"""The pictures in a message, by what Discord tells of them, and which of them can be edited."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from bot.domain.jobs import JobId
from bot.domain.pictures import LARGEST_SIDE, MOST_PIXELS
from bot.domain.refusals import SourceError, SourceProblem

LARGEST_SOURCE: Final = 50_000_000
"""Bytes that the provider takes in one file."""
MOST_FOUND: Final = 25
"""As many as one list of Discord's offers."""

_TAKEN: Final = frozenset({"image/png", "image/jpeg", "image/webp"})
_BY_SUFFIX: Final = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jfif": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".bmp": "image/bmp",
    ".avif": "image/avif",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".heic": "image/heic",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be a picture. What is None was not told; nothing of it is proved."""

    url: str = field(repr=False)
    name: str
    size: int | None = None
    kind: str | None = None
    width: int | None = None
    height: int | None = None

    @property
    def mime(self) -> str:
        """What it claims to be, in a word or by its name."""
        told = (self.kind or "").partition(";")[0].strip().lower()
        return told or _BY_SUFFIX.get(PurePosixPath(self.name).suffix.lower(), "")

    @property
    def path(self) -> str:
        """What stays the same of its address when it is signed afresh."""
        return unquote(urlsplit(self.url).path)

    @property
    def problem(self) -> SourceProblem | None:
        """What speaks already against editing it."""
        if self.mime not in _TAKEN:
            return SourceProblem.KIND
        if self.size == 0:
            return SourceProblem.EMPTY
        if self.size is not None and self.size > LARGEST_SOURCE:
            return SourceProblem.HEAVY
        width, height = self.width or 0, self.height or 0
        large = max(width, height) > LARGEST_SIDE or width * height > MOST_PIXELS
        return SourceProblem.PIXELS if large else None


@dataclass(frozen=True, slots=True)
class Target:
    """What somebody wants to edit, from the moment they pointed at it until they have said how.

    Without `candidates` it is the picture of `job`, which is found by reading the message again.
    """

    guild: int
    member: int
    channel: int
    message: int | None
    candidates: tuple[Candidate, ...] = ()
    job: JobId | None = None


def pictures_in(found: Sequence[Candidate]) -> list[Candidate]:
    """Each file that claims to be a picture, once."""
    by_path = {it.path: it for it in reversed(found) if it.mime.startswith("image/")}
    return list(reversed(by_path.values()))[:MOST_FOUND]


def editable(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Raises the `SourceError` of the first picture where none can be edited."""
    pictures = pictures_in(found)
    problems = [it.problem for it in pictures]
    if not pictures:
        raise SourceError(SourceProblem.NONE)
    if problems[0] is not None and None not in problems:
        raise SourceError(problems[0])
    return tuple(it for it, problem in zip(pictures, problems, strict=True) if problem is None)
