"""What is stored about a person as files of JSON, each as large as Discord takes and a document of its own."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from bot.services.privacy import Chunk

_EXACT: Final = 2**53
"""Beyond it many readers round whole numbers, and Discord's ids lie there."""
_END: Final = b"]}\n"


class Part:
    """Begins with what is said about the whole, and goes on with rows by their kinds."""

    def __init__(self, number: int, person: int, at: datetime, limit: int) -> None:
        self.number = number
        head = {"part": number, "person": str(person), "made_at": at.isoformat()}
        self._data = bytearray(json.dumps(head).encode()[:-1])
        self._limit = limit
        self._kind: str | None = None
        self.rows = 0

    def add(self, chunk: Chunk) -> Sequence[Any]:
        """The rows that did not fit any more."""
        for at, row in enumerate(chunk.rows):
            line = json.dumps(_plain(row), ensure_ascii=False).encode(errors="replace")
            begun = chunk.name == self._kind
            start = b",\n" if begun else (b"]" if self._kind else b"") + f', "{chunk.name}": [\n'.encode()
            if self.rows and len(self._data) + len(start) + len(line) + len(_END) > self._limit:
                return chunk.rows[at:]
            self._data += start + line
            self._kind = chunk.name
            self.rows += 1
        return ()

    def whole(self) -> bytes:
        return bytes(self._data) + (_END if self._kind else b"}\n")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(it) for name, it in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(it) for it in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, int) and abs(value) > _EXACT:
        return str(value)
    return value
