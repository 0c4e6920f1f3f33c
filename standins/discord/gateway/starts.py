from typing import Final

from standins.discord.clock import Clock
from standins.discord.rate import Window
from standins.discord.state import Payload

STARTS_PER_DAY: Final = 1000
CONCURRENCY_SECONDS: Final = 5.0
_DAY_SECONDS: Final = 24 * 60 * 60.0
_MILLISECONDS: Final = 1000


class Starts:
    """How often sessions may begin: so often a day, and one in five seconds for each key."""

    def __init__(self, clock: Clock) -> None:
        self.max_concurrency = 1
        """As a bot has that is not in very many guilds. A shard's key is its number modulo this."""
        self.per_day = STARTS_PER_DAY
        self._clock = clock
        self._day = Window((STARTS_PER_DAY, _DAY_SECONDS))
        self._keys: dict[int, Window] = {}

    def spend(self) -> bool:
        """Whether there was one left for today."""
        if not self._remaining():
            return False
        self._day.spent.append(self._clock.seconds())
        return True

    def too_early(self, shard: int) -> bool:
        now = self._clock.seconds()
        key = self._keys.setdefault(shard % self.max_concurrency, Window((1, CONCURRENCY_SECONDS)))
        if key.wait(now):
            return True
        key.spent.append(now)
        return False

    def limit(self) -> Payload:
        """As the API tells it."""
        remaining, now = self._remaining(), self._clock.seconds()
        reset = self._day.spent[0] + _DAY_SECONDS - now if self._day.spent else 0.0
        return {
            "total": self.per_day,
            "remaining": remaining,
            "reset_after": int(reset * _MILLISECONDS),
            "max_concurrency": self.max_concurrency,
        }

    def _remaining(self) -> int:
        self._day.wait(self._clock.seconds())
        return max(0, self.per_day - len(self._day.spent))
