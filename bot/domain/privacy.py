"""What is stored about one person, and what becomes of it when they want it erased."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

SETTLES: Final = timedelta(days=1)
"""How long an ended picture stays a member's: the longest cooldown, and what the safety filter counts."""
REPORT_COUNTS: Final = timedelta(days=30)
"""How long it matters that a member's reports are not counted twice."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many pictures were forgotten, and what stays until it is over: then it is erased by itself.

    `running` is what the running period, a day's cooldowns and reports need, `unfinished` counts pictures under way or
    kept, `blocked` and `capped` are decisions of staff that stand.
    """

    pictures: int = 0
    unfinished: int = 0
    running: bool = False
    blocked: bool = False
    capped: bool = False

    @property
    def complete(self) -> bool:
        return not (self.unfinished or self.running or self.blocked or self.capped)

    def __add__(self, other: "Erased") -> "Erased":
        return Erased(
            self.pictures + other.pictures,
            self.unfinished + other.unfinished,
            self.running or other.running,
            self.blocked or other.blocked,
            self.capped or other.capped,
        )
