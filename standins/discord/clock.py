import time


class Clock:
    """The platform's own time: it runs by itself, and a test may put it forward."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def seconds(self) -> float:
        """For spans: never runs backwards."""
        return time.monotonic() + self._ahead

    def timestamp(self) -> float:
        return time.time() + self._ahead

    def advance(self, seconds: float) -> None:
        self._ahead += seconds
