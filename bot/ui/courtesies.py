from collections import deque
from datetime import datetime, timedelta
from typing import Final

PER_MINUTE: Final = 26
"""A little below the 30 edits a minute that Discord silently allows a channel."""

_MINUTE: Final = timedelta(minutes=1)
_CHANNELS: Final = 1000
"""How many are remembered before those that have been quiet are forgotten."""


class Courtesies:
    """Whether an edit that only tells of progress may be made: not where it could delay a picture to come."""

    def __init__(self) -> None:
        self._edits: dict[int, deque[datetime]] = {}

    def edited(self, channel: int, now: datetime) -> None:
        if len(self._edits) > _CHANNELS:
            self._edits = {it: edits for it, edits in self._edits.items() if self._recent(it, now)}
        self._recent(channel, now).append(now)

    def allows(self, channel: int, now: datetime, expected: int) -> bool:
        """`expected` is how many pictures are still to come in this channel."""
        return len(self._recent(channel, now)) + expected < PER_MINUTE

    def _recent(self, channel: int, now: datetime) -> deque[datetime]:
        edits = self._edits.setdefault(channel, deque())
        while edits and edits[0] <= now - _MINUTE:
            edits.popleft()
        return edits
