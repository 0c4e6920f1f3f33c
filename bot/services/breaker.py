import structlog

from bot.domain.alerts import Alert
from bot.domain.circuit import Circuit, Trouble
from bot.domain.failures import AuthenticationError, PaintingError
from bot.domain.refusals import ProviderAwayError
from bot.ports import Clock, ImageProvider
from bot.services.alerts import Alerts

_log = structlog.get_logger(__name__)


class Breaker:
    """Keeps orders back that could only fail, and tells the operator once when that begins and once when it ends."""

    def __init__(self, provider: ImageProvider, alerts: Alerts, clock: Clock) -> None:
        self._provider = provider
        self._alerts = alerts
        self._clock = clock
        self._circuit = Circuit()

    @property
    def trouble(self) -> Trouble | None:
        return self._circuit.trouble

    def refuse(self) -> None:
        """Raise `ProviderAwayError` while a job could only come to nothing. An outage is waited for instead."""
        trouble = self._circuit.trouble
        if trouble is not None and not trouble.passes and not self._circuit.lets_through(self._clock.now()):
            raise ProviderAwayError(trouble)

    async def lets_through(self) -> bool:
        """Whether an order may be placed now; in trouble, that one is the probe."""
        await self._ask()
        return self._circuit.lets_through(self._clock.now())

    def probing(self) -> None:
        """An order is placed: in trouble, nothing else passes until its answer is there, or does not come."""
        self._circuit = self._circuit.probed(self._clock.now())

    def note(self, error: PaintingError | None) -> None:
        """How an order ended; None where a picture came."""
        before = self._circuit.trouble
        self._circuit = self._circuit.after(error, self._clock.now())
        now = self._circuit.trouble
        if now is before and error is not None:
            return  # one failure says nothing of a trouble that a process before this one told of
        for trouble in Trouble:
            # One that gives way to another is not over: nothing can be ordered, and that is told.
            self._alerts.report(Alert(trouble.value), on=trouble is now, quiet=now is not None)

    async def _ask(self) -> None:
        """Find out for free whether the key is accepted again, where that is the trouble and it is time to."""
        if self._circuit.trouble is not Trouble.KEY or not self._circuit.lets_through(self._clock.now()):
            return
        self.probing()
        try:
            await self._provider.probe()
        except AuthenticationError:
            return
        except PaintingError as error:
            _log.info("the key could not be tried", code=error.code)
            return
        self.note(None)
