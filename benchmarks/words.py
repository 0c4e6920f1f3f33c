"""`python -m benchmarks.words`: a prompt judged by a list of words, beside a regular expression, as a page."""

import argparse
import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from benchmarks.report import machine
from bot.adapters.words import ListFilters

PROMPT = 4000
"""Characters: the longest there can be."""
_LETTERS = "eeettaaoinnsshrdlucmfwypvbgk"
_LATIN = str.maketrans("eao", "éåö")
_CYRILLIC = str.maketrans("eaotkmnhcpxyrbwilsduvfg", "еаоткмнхсрхугвшилсдувфг")


@dataclass(frozen=True, slots=True)
class Sample:
    """Of one round, in milliseconds."""

    entries: int
    script: str
    compiling: float
    judging: float
    bare: float


async def main() -> None:
    arguments = _arguments()
    samples = [
        await _sample(Random(number), entries, script, arguments.seconds)  # noqa: S311 - words are no secrets
        for number in range(arguments.rounds)
        for entries in arguments.entries
        for script in ("ASCII", "accents", "Cyrillic")
    ]
    told = page(samples, arguments)
    print(told)
    if arguments.output is not None:
        arguments.output.write_text(told)


async def _sample(chance: Random, entries: int, script: str, seconds: float) -> Sample:
    words = sorted({_word(chance, script) for _ in range(entries + 800)})
    chance.shuffle(words)
    listed, written = words[:entries], words[entries:]
    prompt = " ".join(chance.choices(written, k=PROMPT))[:PROMPT].rpartition(" ")[0]
    begin = perf_counter()
    made = await ListFilters().compiled(listed, [])
    compiling = (perf_counter() - begin) * 1000
    bare = re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b")
    if made.hit(prompt) is not None or bare.search(prompt) is not None:
        raise SystemExit("the prompt has a word of the list")
    return Sample(
        entries,
        script,
        compiling,
        _time(lambda: made.hit(prompt), seconds),
        _time(lambda: bare.search(prompt.casefold()), seconds),
    )


def _word(chance: Random, script: str) -> str:
    word = "".join(chance.choices(_LETTERS, k=chance.randint(4, 10)))
    return word.translate({"ASCII": {}, "accents": _LATIN, "Cyrillic": _CYRILLIC}[script])


def _time(judge: Callable[[], object], seconds: float) -> float:
    """The median of as many as there is time for."""
    times: list[float] = []
    while sum(times) < seconds or not times:
        begin = perf_counter()
        judge()
        times.append(perf_counter() - begin)
    return median(times) * 1000


def page(samples: Sequence[Sample], arguments: argparse.Namespace) -> str:
    cases = list(dict.fromkeys((it.entries, it.script) for it in samples))
    lines = [
        "# Refused words",
        "",
        f"What it takes to judge a prompt of {PROMPT:,} characters that has none of a server's refused words in it, so",
        "that all of it is read. Beside it stands the plainest way there is, one regular expression of the same words",
        "that knows case and nothing else: no accents, no disguises, no exceptions. Compiling happens once after a",
        "change, in a thread.",
        "",
        f"Medians of {arguments.rounds} rounds in turn, {arguments.seconds:g} s for each figure, on {machine()}.",
        "`make bench` makes this page.",
        "",
        "| entries | prompt | compiled in | judged in | regular expression | ratio |",
        "|---:|---|---:|---:|---:|---:|",
        *(_row(case, [it for it in samples if (it.entries, it.script) == case]) for case in cases),
    ]
    return "\n".join(lines) + "\n"


def _row(case: tuple[int, str], samples: Sequence[Sample]) -> str:
    compiling, judging, bare = (
        median(getattr(it, name) for it in samples) for name in ("compiling", "judging", "bare")
    )
    ratio = median(it.judging / it.bare for it in samples)
    return f"| {case[0]:,} | {case[1]} | {compiling:.1f} ms | {judging:.2f} ms | {bare:.2f} ms | {ratio:.3f} |"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.words")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.2, help="how long each figure is measured in a round")
    parser.add_argument("--entries", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--output", type=Path, help="where the page goes")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())
