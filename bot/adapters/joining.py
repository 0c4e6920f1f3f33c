"""A file as the pieces of others, put together while it is read: nothing is copied."""

from collections.abc import Sequence
from contextlib import ExitStack
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedIOBase, BytesIO
from itertools import accumulate
from typing import Final

import aiohttp
from typing_extensions import override

from bot.domain.pictures import Content

_READ_AT_ONCE: Final = 1024 * 1024


class Span(Content):
    """A part of some content, from `start` to before `stop`."""

    def __init__(self, whole: Content, start: int, stop: int) -> None:
        self.whole, self.start, self.stop = whole, start, stop

    @property
    @override
    def size(self) -> int:
        return self.stop - self.start

    @override
    def reader(self) -> BufferedIOBase:
        return JoinedReader([self])


class Joined(Content):
    def __init__(self, pieces: Sequence[bytes | Span]) -> None:
        self._pieces = [piece for piece in pieces if _length(piece)]

    @property
    @override
    def size(self) -> int:
        return sum(map(_length, self._pieces))

    @override
    def reader(self) -> BufferedIOBase:
        return JoinedReader(self._pieces)


class JoinedReader(BufferedIOBase):
    """Only `read` waits, as the readers of its pieces do."""

    def __init__(self, pieces: Sequence[bytes | Span]) -> None:
        self._opened = ExitStack()
        self._sources = [
            (self._opened.enter_context(BytesIO(it) if isinstance(it, bytes) else it.whole.reader()), _start(it))
            for it in pieces
        ]
        self._ends = list(accumulate(map(_length, pieces)))
        self._at = 0

    @property
    def size(self) -> int:
        return self._ends[-1] if self._ends else 0

    @override
    def readable(self) -> bool:
        return True

    @override
    def seekable(self) -> bool:
        return True

    @override
    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        self._at = max(0, {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self.size}[whence] + offset)
        return self._at

    @override
    def tell(self) -> int:
        return self._at

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self.size - self._at if size is None or size < 0 else size
        read = list[bytes]()
        while wanted > 0 and (piece := self._piece(min(wanted, _READ_AT_ONCE))):
            read.append(piece)
            wanted -= len(piece)
        return b"".join(read)

    @override
    def close(self) -> None:
        self._opened.close()
        super().close()

    def _piece(self, most: int) -> bytes:
        """Of one source; nothing at the end."""
        number = next((number for number, end in enumerate(self._ends) if self._at < end), None)
        if number is None:
            return b""
        begins = self._ends[number - 1] if number else 0
        source, start = self._sources[number]
        source.seek(start + self._at - begins)
        data = source.read(min(most, self._ends[number] - self._at))
        self._at += len(data)
        return data


@aiohttp.payload_type(JoinedReader)
class JoinedPayload(aiohttp.payload.IOBasePayload):
    """aiohttp learns sizes from the operating system, which knows nothing of this file."""

    _value: JoinedReader

    @property
    @override
    def size(self) -> int:
        if self._start_position is None:
            self._start_position = self._value.tell()
        return self._value.size - self._start_position


def _length(piece: bytes | Span) -> int:
    return len(piece) if isinstance(piece, bytes) else piece.size


def _start(piece: bytes | Span) -> int:
    return 0 if isinstance(piece, bytes) else piece.start
