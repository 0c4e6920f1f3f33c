"""How many requests in what time. All windows run by the platform's own clock."""

from collections import deque
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from standins.discord.clock import Clock
from standins.discord.replies import Reply, too_many_requests

Rate = tuple[int, float]

GLOBAL: Final[Rate] = (50, 1.0)
INTERACTION: Final[Rate] = (5, 2.0)
HIDDEN_IN_CHANNEL: Final[Rate] = (30, 60.0)
WRITING: Final[Rate] = (5, 5.0)
OTHER: Final[Rate] = (50, 1.0)


@dataclass(slots=True)
class Window:
    rate: Rate
    spent: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Seconds until there is room; 0 where there is."""
        limit, seconds = self.rate
        while self.spent and self.spent[0] <= now - seconds:
            self.spent.popleft()
        return 0.0 if len(self.spent) < limit else self.spent[0] + seconds - now

    def headers(self, clock: Clock, name: str) -> dict[str, str]:
        now, (limit, seconds) = clock.seconds(), self.rate
        after = max(0.0, self.spent[0] + seconds - now) if self.spent else 0.0
        return {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(0, limit - len(self.spent))),
            "X-RateLimit-Reset": f"{clock.timestamp() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": sha256(name.encode()).hexdigest()[:32],
        }


class Limits:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._windows: dict[tuple[str, str], Window] = {}

    def spend(self, bucket: str, subject: str, rate: Rate, *, hidden: Window | None, everywhere: bool) -> Reply | None:
        """The refusal, or None where the request may pass, and then it counts."""
        now, own = self._clock.seconds(), self.window(bucket, subject, rate)
        whole = self.window("global", "", GLOBAL) if everywhere else None
        for window, scope in ((own, "user"), (hidden, "shared"), (whole, "global")):
            if window is not None and (wait := window.wait(now)):
                return too_many_requests(wait, everywhere=scope == "global", scope=scope)
        for window in filter(None, (own, hidden, whole)):
            window.spent.append(now)
        return None

    def window(self, bucket: str, subject: str, rate: Rate) -> Window:
        return self._windows.setdefault((bucket, subject), Window(rate))

    def headers(self, bucket: str, subject: str, rate: Rate) -> dict[str, str]:
        return self.window(bucket, subject, rate).headers(self._clock, bucket)
