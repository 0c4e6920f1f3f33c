"""`python -m tests.faults.page`: the matrix as a page shows it."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.faults.matrix import DISCORD, MOMENTS, PROVIDER, Card, Moment, Outcome, Provided, can_happen, outcome
from tests.soak import report

PART: Final = "matrix"
_CARDS: Final = {
    Card.PICTURE: "picture",
    Card.WORDLESS: "picture, no words",
    Card.SMALLER: "smaller picture",
    Card.WORDS: "words",
    Card.CANCELLED: "cancelled",
    Card.KEPT: "kept, told",
}


def written() -> str:
    return "\n".join(line for moment in MOMENTS for line in _table(moment))


def _table(moment: Moment) -> Iterator[str]:
    yield f"**{moment.name.capitalize()}**: {moment.value}."
    yield ""
    yield f"| the provider | {' | '.join(it.name for it in DISCORD)} |"
    yield f"|---|{'---|' * len(DISCORD)}"
    yield from (_row(it, moment) for it in PROVIDER if can_happen(it, moment))
    yield ""


def _row(provided: Provided, moment: Moment) -> str:
    cells = (_cell(outcome(provided, taken, moment)) for taken in DISCORD)
    return f"| {provided.name} | {' | '.join(cells)} |"


def _cell(expected: Outcome) -> str:
    if expected.below is not Card.NOTHING:
        shown = f"{_CARDS[expected.below]} below"
    elif expected.card is Card.AS_IT_WAS:
        shown = "kept" if expected.waits else "gone, free" if expected.failure == "card_removed" else "untold"
    else:
        shown = _CARDS[expected.card]
    paid = f", {expected.spent} paid" if expected.spent else ""
    again = ", again" if expected.again else ""
    return f"{shown}{paid}{again}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.page")
    parser.add_argument("--output", type=Path, required=True, help="the page with the marks between which it goes")
    report.put(parser.parse_args().output, written(), PART)
    return 0


if __name__ == "__main__":
    sys.exit(main())
