"""What the audit found, in words, and no more of it than a person reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MOST_NAMED: Final = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry that does not add up."""

    guild: int
    entry: int
    kind: str
    text: str


class Findings:
    """Entries that do not add up are told once for each guild, by the first of them."""

    def __init__(self) -> None:
        self._first: dict[int, Fault] = {}
        self._more: dict[int, int] = {}
        self._others: list[str] = []
        self._unnamed = 0

    def entry(self, fault: Fault) -> None:
        first = self._first.get(fault.guild)
        if first is None and len(self._first) == MOST_NAMED:
            self._unnamed += 1
            return
        self._more[fault.guild] = self._more.get(fault.guild, -1) + 1
        if first is None or fault.entry < first.entry:
            self._first[fault.guild] = fault

    def others(self, texts: Iterable[str]) -> None:
        for text in texts:
            if len(self._others) < MOST_NAMED:
                self._others.append(text)
            else:
                self._unnamed += 1

    def told(self) -> list[str]:
        lines = [self._of_entries(fault) for _, fault in sorted(self._first.items())] + self._others
        unnamed = self._unnamed + len(lines[MOST_NAMED:])
        return lines[:MOST_NAMED] + ([f"{unnamed} more differences are not named here"] if unnamed else [])

    def _of_entries(self, first: Fault) -> str:
        text = f"guild {first.guild}: entry {first.entry} ({first.kind}) does not add up: {first.text}"
        more = self._more[first.guild]
        return f"{text}; {more} more from there on" if more else text
