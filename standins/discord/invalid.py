"""Requests that nobody should have made: too many of them, and the edge in front of the platform shuts one out."""

from typing import Final

from standins.discord.clock import Clock
from standins.discord.rate import Window
from standins.discord.replies import Reply

_STATUSES: Final = frozenset({401, 403, 429})
_SECONDS: Final = 10 * 60.0


class InvalidRequests:
    def __init__(self, clock: Clock) -> None:
        self.allowed = 10_000
        self._clock = clock
        self._window = Window((self.allowed, _SECONDS))

    @property
    def number(self) -> int:
        """In the last ten minutes."""
        self._window.wait(self._clock.seconds())
        return len(self._window.spent)

    @property
    def banned(self) -> bool:
        return self.number >= self.allowed

    def count(self, reply: Reply) -> None:
        if reply.status in _STATUSES and reply.headers.get("X-RateLimit-Scope") != "shared":
            self._window.spent.append(self._clock.seconds())
