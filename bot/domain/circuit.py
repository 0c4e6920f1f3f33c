"""When to stop ordering pictures, and when to find out whether they can be ordered again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.failures import (
    AuthenticationError,
    BadReplyError,
    PaintingError,
    ProviderBusyError,
    ProviderCreditsError,
    ProviderFaultError,
    ProviderTimeoutError,
    RateLimitedError,
)

OUTAGE_AFTER: Final = 5
"""Failures in a row, none of which is any single picture's own."""
PATIENCE: Final = timedelta(minutes=10)
"""How long a job waits for an outage to end."""
_LONGEST: Final = timedelta(minutes=5)
_PASSING: Final = (RateLimitedError, ProviderBusyError, ProviderFaultError, ProviderTimeoutError)


class Trouble(StrEnum):
    """What keeps every picture from being painted. The values are codes of failures."""

    KEY = AuthenticationError.code
    CREDITS = ProviderCreditsError.code
    OUTAGE = ProviderFaultError.code

    @property
    def passes(self) -> bool:
        """By itself, so that it is worth waiting for."""
        return self is Trouble.OUTAGE


_FIRST_PROBE: Final = {
    Trouble.KEY: timedelta(minutes=1),
    Trouble.CREDITS: timedelta(minutes=1),
    Trouble.OUTAGE: timedelta(seconds=15),
}


@dataclass(frozen=True, slots=True)
class Circuit:
    """Closed while there is no `trouble`; from `probe_at` on half open: one order, or a free question, may pass."""

    trouble: Trouble | None = None
    since: datetime | None = None
    probe_at: datetime | None = None
    interval: timedelta = timedelta()
    failures: int = 0

    def lets_through(self, now: datetime) -> bool:
        # A clock that was put back must not make anybody wait for longer.
        return self.probe_at is None or not self.probe_at - self.interval <= now < self.probe_at

    def probed(self, now: datetime) -> "Circuit":
        """While the answer is out, nothing else passes; the longer it lasts, the rarer the probes."""
        if self.probe_at is None:
            return self
        interval = min(2 * self.interval, _LONGEST)
        return replace(self, probe_at=now + interval, interval=interval)

    def after(self, error: PaintingError | None, now: datetime) -> "Circuit":
        """`error` is what an order ended with, None where a picture came."""
        match error:
            case AuthenticationError():
                return self._open(Trouble.KEY, now)
            case ProviderCreditsError():
                return self._open(Trouble.CREDITS, now)
            case BadReplyError():
                return self  # says nothing of the next order
            case error if isinstance(error, _PASSING):
                failures = self.failures + 1
                opened = self._open(Trouble.OUTAGE, now) if failures >= OUTAGE_AFTER else self
                return replace(opened, failures=failures)
            case _:
                return Circuit()

    def _open(self, trouble: Trouble, now: datetime) -> "Circuit":
        if self.trouble is trouble:
            return self
        first = _FIRST_PROBE[trouble]
        return Circuit(trouble, now, now + first, first, self.failures)
