from collections import Counter
from datetime import datetime
from typing import Final

PER_MINUTE: Final = 15
"""Half of the 30 edits a minute that Discord silently allows a channel; pictures have the rest."""


class Courtesies:
    """How many edits a channel may see that only tell of progress. Beyond that they are left out, never queued."""

    def __init__(self) -> None:
        self._minute = 0
        self._shown: Counter[int] = Counter()

    def allows(self, channel: int, now: datetime) -> bool:
        minute = int(now.timestamp()) // 60
        if minute != self._minute:
            self._minute, self._shown = minute, Counter()
        self._shown[channel] += 1
        return self._shown[channel] <= PER_MINUTE
