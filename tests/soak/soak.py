"""The whole run, and what is held against it."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.soak.rest import Rest
from tests.soak.town import Town

LATE = 0.02
"""How many answers may be too late, of all: this measures the machine, which has the whole world to play beside."""
REPEATED = frozenset({429, 503})
"""Answers after which the same order may go out again: nothing was ordered."""


@dataclass(frozen=True, slots=True)
class Result:
    jobs: int
    seed: int
    seconds: float
    deeds: Mapping[str, int]
    figures: Mapping[str, int]
    middle: Rest
    end: Rest
    complaints: tuple[str, ...]


async def soak(folder: Path, jobs: int, seed: int) -> Result:
    """Half of the jobs with deaths among them; the other half by the last of those processes, which may not leak."""
    began = time.monotonic()
    async with Town.open(folder) as town:
        await town.start()
        await town.live(jobs // 2, seed, deaths=True)
        middle = await town.rest()
        await town.live(jobs - jobs // 2, seed + 1, deaths=False)
        async with town.later():
            unanswered = await town.unanswered()
        end = await town.rest()
        complaints = [
            f"{it.interaction.id} was answered {it.ends} times ({town.states(it)}): {it.told}" for it in unanswered
        ]
        complaints += [*end.beyond(middle), *_of_the_house(town), *await _of_the_books(town)]
        late = sum(it.late for it in town.asked)
        if late > LATE * jobs:
            complaints.append(f"{late} answers came too late")
        figures, deeds = dict(town.figures()), dict(town.deeds) | {"answers too late": late}
    return Result(jobs, seed, time.monotonic() - began, deeds, figures, middle, end, tuple(complaints))


async def _of_the_books(town: Town) -> list[str]:
    code, told = await town.check()
    return [] if (code, told) == (0, "The books are right.") else [told]


def _of_the_house(town: Town) -> Iterator[str]:
    yield from (str(it) for it in town.discord.violations)
    yield from (str(it) for it in town.complaints() if it["event"] == "job stopped")
    yield from (f"{it} was ordered {times} times" for it, times in _orders(town).items() if times > 1)
    figures = dict(town.figures())
    if figures["calls paid"] > figures["calls counted"]:
        yield f"{figures['calls paid']} calls were paid, and {figures['calls counted']} counted"
    shown = sum(bool(it.ends_shown) for it in town.asked)
    if shown != figures.get("delivered", 0):
        yield f"{shown} pictures are shown, and {figures.get('delivered', 0)} were paid"


def _orders(town: Town) -> Counter[tuple[object, object]]:
    """Each job has a prompt and a seed that no other has."""
    # One that broke off before its end ordered nothing.
    sent = (it for it in town.endpoint.posts if it.prompt_object and it.status not in REPEATED)
    return Counter((it.prompt_object.get("prompt"), it.prompt_object.get("seed")) for it in sent)
