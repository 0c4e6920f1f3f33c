"""Gateway sessions: each outlives its connection, and remembers what it sent for a resume."""

import secrets
from collections import deque
from typing import Any, Final

from standins.discord.gateway.lines import DISPATCH, Line

_REMEMBERED: Final = 5000
_SENT_EACH_TIME: Final = frozenset({"READY", "RESUMED"})


class Session:
    def __init__(self, shard: int, shards: int, intents: int, line: Line) -> None:
        self.id = secrets.token_hex(16)
        self.shard, self.shards = shard, shards
        self.intents = intents
        self.line: Line | None = line
        self.resumes = 0
        self._number = 0
        self._forgotten = 0
        """The last event that is remembered no more."""
        self._sent: deque[tuple[int, str, Any]] = deque()

    def serves(self, guild: int) -> bool:
        return (guild >> 22) % self.shards == self.shard

    def wants(self, intent: int | None) -> bool:
        """Some events belong to no intent; everybody gets them."""
        return intent is None or bool(self.intents & intent)

    def dispatch(self, event: str, data: Any) -> None:
        self._number += 1
        if event not in _SENT_EACH_TIME:
            self._remember(event, data)
        if self.line is not None:
            self.line.put(DISPATCH, data, event=event, number=self._number)

    def replay(self, line: Line, after: int) -> bool:
        """Take over a new line and send what was missed; false where that is no longer known, or never was."""
        if not self._forgotten <= after <= self._number:
            return False
        self.line = line
        self.resumes += 1
        for number, event, data in self._sent:
            if number > after:
                line.put(DISPATCH, data, event=event, number=number)
        self.dispatch("RESUMED", {})
        return True

    def _remember(self, event: str, data: Any) -> None:
        if len(self._sent) == _REMEMBERED:
            self._forgotten, *_ = self._sent.popleft()
        self._sent.append((self._number, event, data))
