"""Whose turn it is: guilds rotate, the one served longest ago first; in a guild, first come first served."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Line:
    """A guild's waiting jobs. `served` is the turn it last had, None if never; the lowest goes next."""

    guild: int
    length: int
    served: int | None


def place(lines: Sequence[Line], guild: int) -> int:
    """The turn that the last job of this guild's line will have, counted from 1.

    Of guilds that never had a turn, the others are taken to have waited longer.
    """
    own = next(line for line in lines if line.guild == guild)
    ahead = sum(_turns_before(line, own) for line in lines if line is not own)
    return ahead + own.length


def place_of(lines: Sequence[Line], guild: int, number: int) -> int:
    """The same for the job with this number, counted from 1, in the guild's own line."""
    return place([replace(line, length=number) if line.guild == guild else line for line in lines], guild)


def _turns_before(other: Line, own: Line) -> int:
    rounds = own.length if _goes_first(other, own) else own.length - 1
    return min(other.length, rounds)


def _goes_first(other: Line, own: Line) -> bool:
    return other.served is None or (own.served is not None and other.served < own.served)
