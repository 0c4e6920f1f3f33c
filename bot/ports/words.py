from collections.abc import Sequence
from typing import Protocol


class WordFilter(Protocol):
    def hit(self, text: str) -> str | None:
        """The entry that speaks against the text, or None; quick enough for the loop."""
        ...


class WordFilters(Protocol):
    async def compiled(self, words: Sequence[str], excepted: Sequence[str]) -> WordFilter:
        """A filter for these entries, made without blocking the loop."""
        ...

    async def offered(self) -> bytes:
        """A small list to begin with, as a file of the kind that staff import."""
        ...
