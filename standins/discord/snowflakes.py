import time
from typing import Final

_EPOCH: Final = 1_420_070_400_000


class Snowflakes:
    """Ids whose upper bits are the wall clock's time, as clients read it from them. Each is larger than the last."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> int:
        fresh = (int(time.time() * 1000) - _EPOCH) << 22
        self._last = max(fresh, self._last + 1)
        return self._last
