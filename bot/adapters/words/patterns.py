"""An entry of a list, as it is looked for."""

from dataclasses import dataclass
from typing import Final

from bot.adapters.words.folding import OTHERWISE, Folded, folded

_OPEN: Final = frozenset(f" {OTHERWISE}")
"""What a word can stand beside: `hell!` is `hell` as well."""


class EntangledError(Exception):
    """So many entries contain each other that looking through them would hold everybody up."""

    def __init__(self, entry: str) -> None:
        super().__init__(entry)
        self.entry = entry


@dataclass(slots=True)
class Looks:
    """How often one may still look whether something stands somewhere."""

    left: int

    def take(self, entry: str) -> None:
        """Raises `EntangledError`."""
        if not self.left:
            raise EntangledError(entry)
        self.left -= 1


@dataclass(frozen=True, slots=True)
class Pattern:
    """`parts` are what stands between the `*` inside; `opens` and `closes` is whether one stands outside."""

    entry: str
    parts: tuple[Folded, ...]
    opens: bool
    closes: bool

    @property
    def is_number(self) -> bool:
        return _is_number("".join(part.plain for part in self.parts))

    def end(self, text: Folded, start: int, looks: Looks) -> int | None:
        """Where a hit ends whose first part stands at `start`, or None where there is no hit."""
        looks.take(self.entry)
        first, *others = self.parts
        end = start + len(first.rough)
        if not (self.opens or is_edge(text, start - 1)) or not _alike(first, text, start):
            return None
        for part in others:
            found = self._next(text, part, end, looks, last=part is others[-1])
            if found is None:
                return None
            end = found + len(part.rough)
        if not (self.closes or is_edge(text, end)):
            return None
        return end if _is_number(text.plain[start:end]) == self.is_number else None

    def _next(self, text: Folded, part: Folded, after: int, looks: Looks, *, last: bool) -> int | None:
        """Where a part begins that stands within the word that goes on at `after`."""
        space = text.rough.find(" ", after)
        limit = (len(text.rough) if space < 0 else space) + len(part.rough)
        at = text.rough.find(part.rough, after, limit)
        while at >= 0:
            looks.take(self.entry)
            fits = not last or self.closes or is_edge(text, at + len(part.rough))
            if fits and _alike(part, text, at):
                return at
            at = text.rough.find(part.rough, at + 1, limit)
        return None


def pattern(entry: str) -> Pattern | None:
    """None where nothing is left of the entry that could be looked for."""
    whole = folded(entry, entry=True)
    plain, rough = (form.strip("* ") for form in (whole.plain, whole.rough))
    if not plain:
        return None
    before, _, after = whole.plain.partition(plain)
    pairs = zip(plain.split("*"), rough.split("*"), strict=True)
    parts = tuple(Folded(*pair) for pair in pairs if pair[0])
    return Pattern(entry, parts, before.endswith("*"), after.startswith("*"))


def is_edge(text: Folded, at: int) -> bool:
    return not 0 <= at < len(text.plain) or text.plain[at] in _OPEN


def _alike(part: Folded, text: Folded, at: int) -> bool:
    """Whether no i stands where an l should: in the rough form they are one, because a 1 is either."""
    if "i" not in part.rough:
        return True
    there = text.plain[at : at + len(part.plain)]
    return all({one, other} != {"i", "l"} for one, other in zip(part.plain, there, strict=True))


def _is_number(text: str) -> bool:
    """455 is no word in disguise, and 1488 no disguise of one."""
    return text.replace(" ", "").isdigit()
