"""The figures as a page."""

import os
import platform
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.load import Load


@dataclass(frozen=True, slots=True)
class Round:
    """One contender, once. Memory in MiB, idle and at the most."""

    name: str
    seconds_to_ready: float
    idle: float
    crowded: float
    loads: Sequence[Load]


Figure = Callable[[Round], float]


def machine() -> str:
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


def page(rounds: Sequence[Round], size: int, latency: float, arguments: Namespace) -> str:
    names = list(dict.fromkeys(it.name for it in rounds))
    lines = [
        "# Performance",
        "",
        f"Medians of {arguments.rounds} rounds in turn, on {machine()}; both stand-ins run on the same machine. Every",
        f"picture has {size:,} bytes, and the endpoint answers after {latency} s. `make bench` makes this page.",
        "",
        f"| | {' | '.join(names)} | ratio |",
        "|---|" + "---:|" * (len(names) + 1),
        *(_row(text, unit, figure, rounds, names) for text, unit, figure in _figures(rounds[0], arguments.together)),
    ]
    return "\n".join(lines) + "\n"


def _figures(example: Round, together: int) -> list[tuple[str, str, Figure]]:
    figures: list[tuple[str, str, Figure]] = [
        ("start to ready", "s", lambda it: it.seconds_to_ready),
        ("memory, idle", "MiB", lambda it: it.idle),
        (f"memory, at most with {together} in flight", "MiB", lambda it: it.crowded),
    ]
    for number, load in enumerate(example.loads):
        figures += _of_load(number, f"{load.rate} requests/s")
    return figures


def _of_load(number: int, rate: str) -> list[tuple[str, str, Figure]]:
    return [
        (f"{rate}: acknowledged, p50", "ms", lambda it: it.loads[number].acknowledged(0.5) * 1000),
        (f"{rate}: acknowledged, p99", "ms", lambda it: it.loads[number].acknowledged(0.99) * 1000),
        (f"{rate}: endpoint's answer to picture, p50", "ms", lambda it: it.loads[number].shown() * 1000),
        (f"{rate}: CPU per request", "ms", lambda it: it.loads[number].cpu_each() * 1000),
    ]


def _row(text: str, unit: str, figure: Figure, rounds: Sequence[Round], names: Sequence[str]) -> str:
    values = [median(figure(it) for it in rounds if it.name == name) for name in names]
    ratio = f"{values[0] / values[1]:.2f}" if values[1:] else ""
    return f"| {text} | {' | '.join(f'{value:.1f} {unit}' for value in values)} | {ratio} |"
