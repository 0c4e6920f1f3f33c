from dataclasses import dataclass
from math import ceil
from typing import Final

LEARNING: Final = 0.2
"""The weight of the newest duration: about the last ten count."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a picture takes lately, in seconds. It begins at the model's published median, 14 s."""

    seconds: float = 14.0

    def after(self, seconds: float) -> "Pace":
        return Pace(self.seconds + LEARNING * (seconds - self.seconds))

    def until_ready(self, place: int, at_once: int) -> float:
        """Seconds until the job in this place is painted, where so many are painted at once."""
        return self.seconds * ceil(place / at_once)
