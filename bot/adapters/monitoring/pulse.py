from time import monotonic


class Pulse:
    """Whether what has to happen again and again still does. Nothing is missed before the first beat."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._last: float | None = None

    def beat(self) -> None:
        self._last = monotonic()

    def is_steady(self) -> bool:
        return self._last is None or monotonic() - self._last < self._seconds
