"""Thousands of patterns looked for at once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ahocorasick_rs import AhoCorasick

from bot.adapters.words.folding import Folded
from bot.adapters.words.patterns import Looks, Pattern, is_edge

_STEM: Final = 8
"""Characters that an automaton looks for. What follows is looked up: long entries would make it large."""
_STEMS: Final = 2_000
"""In one automaton. Making one holds Python's lock, and so the loop, for some milliseconds."""
_MOST_LOOKS: Final = 50_000
"""For one text: some ten times as many as a list of ten thousand common words takes."""
_TWINS: Final = 8
"""Entries that differ in nothing but i and l; where there are more, these are one letter."""


class Matcher:
    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._by_start = _by_start(patterns)
        lengths: dict[str, set[int]] = defaultdict(set)
        for start in self._by_start:
            lengths[start[:_STEM]].add(len(start))
        self._lengths = [tuple(sorted(it)) for it in lengths.values()]
        opening = {start[:_STEM] for start, group in self._by_start.items() if any(it.opens for it in group)}
        self._opens = [stem in opening for stem in lengths]
        stems = list(lengths)
        self._automata = [
            AhoCorasick(stems[at : at + _STEMS], store_patterns=False) for at in range(0, len(stems), _STEMS)
        ]

    def hits(self, text: Folded) -> Iterator[tuple[Pattern, int, int]]:
        """Which pattern, from where, to where. Raises `EntangledError`."""
        looks = Looks(_MOST_LOOKS)
        for pattern, start in self._candidates(text):
            end = pattern.end(text, start, looks)
            if end is not None:
                yield pattern, start, end

    def _candidates(self, text: Folded) -> Iterator[tuple[Pattern, int]]:
        for number, automaton in enumerate(self._automata):
            for stem, start, _ in automaton.find_matches_as_indexes(text.rough, overlapping=True):
                place = number * _STEMS + stem
                if not self._opens[place] and not is_edge(text, start - 1):
                    continue
                for length in self._lengths[place]:
                    for pattern in self._by_start.get(text.rough[start : start + length], ()):
                        yield pattern, start


def _by_start(patterns: Sequence[Pattern]) -> dict[str, list[Pattern]]:
    groups: dict[str, list[Pattern]] = defaultdict(list)
    for pattern in patterns:
        groups[pattern.parts[0].rough].append(pattern)
    return {start: group if len(group) <= _TWINS else _merged(group) for start, group in groups.items()}


def _merged(group: Sequence[Pattern]) -> list[Pattern]:
    merged: dict[object, Pattern] = {}
    for it in group:
        first = it.parts[0]
        if len(it.parts) > 1 or it.is_number:
            merged[it] = it
        else:
            either = replace(first, plain=first.rough.replace("i", "!"))
            merged.setdefault((it.opens, it.closes), replace(it, parts=(either,)))
    return list(merged.values())
