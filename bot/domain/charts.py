"""What is to be drawn, in words and numbers: whoever draws decides nothing but where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Bars and a line over the same labels, each with a scale of its own."""

    title: str
    labels: Sequence[str]
    bars: Sequence[int]
    line: Sequence[int]
    bars_name: str
    line_name: str


@dataclass(frozen=True, slots=True)
class Bar:
    """`amount` is what is written behind it."""

    label: str
    value: int
    amount: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """Bars below each other, the first one on top, and lines of text below them."""

    title: str
    bars: Sequence[Bar]
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """The timeline stands before one or three rankings."""

    title: str
    timeline: Timeline
    rankings: Sequence[Ranking]
