"""The allowance of requests in a minute."""

import time
from collections import deque
from collections.abc import Callable

from standins.endpoint.replies import RefusedError, too_many_requests

_MINUTE = 60.0


class Allowance:
    def __init__(self, requests_per_minute: int | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = requests_per_minute
        self._clock = clock
        self._spent: deque[float] = deque()

    def spend(self) -> None:
        if self._limit is None:
            return
        now = self._clock()
        while self._spent and self._spent[0] <= now - _MINUTE:
            self._spent.popleft()
        if len(self._spent) >= self._limit:
            raise RefusedError(too_many_requests(round(self._spent[0] + _MINUTE - now, 2)))
        self._spent.append(now)
