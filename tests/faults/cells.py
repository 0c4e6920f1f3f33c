"""Which cells of the matrix are played: all of them, or few enough that each two values meet once."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final

from tests.faults.matrix import (
    DISCORD,
    MOMENTS,
    PROVIDER,
    SLOW,
    Moment,
    Order,
    Outcome,
    Provided,
    Strike,
    Taken,
    can_happen,
    outcome,
)

Mix = tuple[Provided, Taken, Moment]

WHOLE: Final = os.environ.get("SOAK") == "1"


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the variants each."""

    provided: Provided
    taken: Taken
    moment: Moment
    orders: tuple[Order, ...]
    strikes: tuple[Strike, ...]

    @property
    def expected(self) -> Outcome:
        return outcome(self.provided, self.taken, self.moment)

    @property
    def posts(self) -> int:
        return self.provided.posts

    @property
    def name(self) -> str:
        faults = "+".join(it.fault for it in self.orders)
        codes = "+".join(dict.fromkeys(str(it.code or it.status or "reset") for it in self.strikes))
        return f"{self.moment.name.lower()}, {self.provided.name} {faults}, {self.taken.name} {codes}"


def chosen() -> list[Cell]:
    return list(_every()) if WHOLE else list(_pairwise())


def _every() -> Iterator[Cell]:
    """Each mix, with each variant of either side at least once."""
    for mix in _mixes():
        turns = Turns()
        yield from (turns.cell(mix) for _ in range(max(len(mix[0].variants), len(mix[1].variants))))
    for provided in SLOW:
        yield Turns().cell((provided, DISCORD[0], Moment.PAINTING))


def _pairwise() -> Iterator[Cell]:
    turns = Turns()
    return (turns.cell(it) for it in pairwise(list(_mixes())))


class Turns:
    """Whose variants take turns."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def cell(self, mix: Mix) -> Cell:
        provided, taken, moment = mix
        orders = provided.variants[self._next(f"provider {provided.name}") % len(provided.variants)]
        strikes = taken.variants[self._next(f"discord {taken.name}") % len(taken.variants)]
        return Cell(provided, taken, moment, orders, strikes)

    def _next(self, name: str) -> int:
        self._taken[name] += 1
        return self._taken[name] - 1


def _mixes() -> Iterator[Mix]:
    return (it for it in product(PROVIDER, DISCORD, MOMENTS) if can_happen(it[0], it[2]))


def pairwise(mixes: Sequence[Mix]) -> Iterator[Mix]:
    """Again and again the mix in which most pairs meet for the first time, until none is left."""
    left = {it: _pairs(it) for it in mixes}
    while left:
        best = max(left, key=lambda it: len(left[it]))
        met = left.pop(best)
        if not met:
            return
        yield best
        left = {it: pairs - met for it, pairs in left.items()}


def _pairs(mix: Mix) -> set[tuple[tuple[int, str], ...]]:
    provided, taken, moment = mix
    return set(combinations(enumerate((provided.name, taken.name, moment.name)), 2))
