from collections import Counter
from datetime import datetime
from typing import Final

PER_MINUTE: Final = 26
"""A little below the 30 edits a minute that Discord silently allows a channel."""


class Courtesies:
    """Whether an edit that only tells of progress may be made: not where it could delay a picture to come."""

    def __init__(self) -> None:
        self._minute = 0
        self._edits: Counter[int] = Counter()

    def edited(self, channel: int, now: datetime) -> None:
        self._of_minute(now)[channel] += 1

    def allows(self, channel: int, now: datetime, expected: int) -> bool:
        """`expected` is how many pictures are still to come in this channel."""
        return self._of_minute(now)[channel] + expected < PER_MINUTE

    def _of_minute(self, now: datetime) -> Counter[int]:
        minute = int(now.timestamp()) // 60
        if minute != self._minute:
            self._minute, self._edits = minute, Counter()
        return self._edits
