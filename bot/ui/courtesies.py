from collections import deque
from typing import Final

MOST: Final = 30
"""Edits a minute that Discord silently allows a channel."""
PER_MINUTE: Final = 10
"""Beyond it, there is room for pictures alone: nobody knows how many more will be asked for in the same minute."""

_MINUTE: Final = 60.0
_CHANNELS: Final = 1000
"""How many are remembered before those that have been quiet are forgotten."""


class Courtesies:
    """The edits of each channel in the last minute, and who may make another one: pictures before words.

    `now` is in seconds and never runs backwards: with a wall clock, pictures would wait where it is put back.
    """

    def __init__(self) -> None:
        self._edits: dict[int, deque[float]] = {}

    def edited(self, channel: int, now: float) -> None:
        if len(self._edits) > _CHANNELS:
            self._edits = {it: edits for it, edits in self._edits.items() if self._recent(it, now)}
        self._recent(channel, now).append(now)

    def allows(self, channel: int, now: float, expected: int) -> bool:
        """For an edit that only tells of progress; `expected` is how many pictures are still to come there."""
        return len(self._recent(channel, now)) + expected < PER_MINUTE

    def wait(self, channel: int, now: float) -> float:
        """Seconds until there is room for a picture; 0 where there is."""
        edits = self._recent(channel, now)
        return 0.0 if len(edits) < MOST else edits[-MOST] + _MINUTE - now

    def _recent(self, channel: int, now: float) -> deque[float]:
        edits = self._edits.setdefault(channel, deque())
        while edits and edits[0] <= now - _MINUTE:
            edits.popleft()
        return edits
