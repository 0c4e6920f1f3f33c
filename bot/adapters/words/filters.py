"""The port `WordFilters`."""

import asyncio
from collections.abc import Sequence
from importlib.resources import files
from itertools import accumulate

from typing_extensions import override

from bot.adapters.words.folding import Folded, folded
from bot.adapters.words.matcher import Matcher
from bot.adapters.words.patterns import EntangledError, pattern
from bot.ports import WordFilter, WordFilters


class ListFilter(WordFilter):
    def __init__(self, words: Sequence[str], excepted: Sequence[str]) -> None:
        self._words, self._excepted = _matcher(words), _matcher(excepted)

    @override
    def hit(self, text: str) -> str | None:
        form = folded(text)
        try:
            return self._hit(form)
        except EntangledError as entangled:
            return entangled.entry

    def _hit(self, form: Folded) -> str | None:
        reach: list[int] | None = None
        for it, start, end in self._words.hits(form):
            if reach is None:
                reach = self._reach(form)
            if reach[start] < end:
                return it.entry
        return None

    def _reach(self, form: Folded) -> list[int]:
        """For each place, how far the exceptions go that begin there or before."""
        ends = [0] * (len(form.rough) + 1)
        for _, start, end in self._excepted.hits(form):
            ends[start] = max(ends[start], end)
        return list(accumulate(ends, max))


class ListFilters(WordFilters):
    @override
    async def compiled(self, words: Sequence[str], excepted: Sequence[str]) -> WordFilter:
        return await asyncio.to_thread(ListFilter, words, excepted)

    @override
    async def offered(self) -> bytes:
        return await asyncio.to_thread(files(__package__).joinpath("offered.txt").read_bytes)


def _matcher(entries: Sequence[str]) -> Matcher:
    return Matcher([found for entry in entries if (found := pattern(entry)) is not None])
