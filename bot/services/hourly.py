from collections import OrderedDict, deque
from datetime import datetime, timedelta
from typing import Final

from bot.ports import Clock

HOUR: Final = timedelta(hours=1)


class Hourly:
    """How often each member of a guild did something within an hour; of this process alone, which serves the guild."""

    def __init__(self, most: int, clock: Clock) -> None:
        self._most = most
        self._clock = clock
        self._times: OrderedDict[tuple[int, int], deque[datetime]] = OrderedDict()

    def count(self, guild: int, member: int) -> datetime | None:
        """Once more; else when it may be once more."""
        now = self._clock.now()
        self._forget(now)
        times = self._times.setdefault((guild, member), deque(maxlen=self._most))
        if len(times) == self._most and times[0] + HOUR > now:
            return times[0] + HOUR
        times.append(now)
        self._times.move_to_end((guild, member))
        return None

    def _forget(self, now: datetime) -> None:
        while self._times and next(iter(self._times.values()))[-1] + HOUR <= now:
            self._times.popitem(last=False)
