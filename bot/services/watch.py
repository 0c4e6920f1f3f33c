import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import structlog

from bot.domain.alerts import Alert
from bot.domain.load import Load
from bot.domain.refusals import RefusalError
from bot.ports import Loads
from bot.services.alerts import Alerts

_log = structlog.get_logger(__name__)

ROUND_SECONDS: Final = 15.0
ANSWER_SECONDS: Final = 10.0
PATIENCE_SECONDS: Final[Mapping[Alert, float]] = {Alert.DATABASE: 30.0, Alert.SHARDS: 120.0}
"""How long it has to last before it is worth an alert; the others are at once."""

Signs = Mapping[Alert, Callable[[], Awaitable[bool]]]


class Watch:
    """Looks again and again at what nobody would notice otherwise. `signs` tell what is wrong, if it is."""

    def __init__(self, alerts: Alerts, loads: Loads, signs: Signs, calls_bound: int) -> None:
        self._alerts = alerts
        self._loads = loads
        self._signs = signs
        self._bound = calls_bound
        self._wrong_since: dict[Alert, float] = {}

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.look()
            except Exception:  # noqa: BLE001 - a boundary
                _log.exception("nobody could look whether all is well")
            await asyncio.sleep(ROUND_SECONDS)

    async def look(self) -> None:
        load = await self._load()
        self._weigh(Alert.DATABASE, wrong=load is None)
        if load is not None:
            # A bound of nothing is no incident but what the operator wants.
            self._weigh(Alert.BOUND, wrong=load.calls >= self._bound > 0)
        for alert, sign in self._signs.items():
            self._weigh(alert, wrong=await sign())

    async def _load(self) -> Load | None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._loads.load()
        except (RefusalError, TimeoutError):
            return None

    def _weigh(self, alert: Alert, *, wrong: bool) -> None:
        now = asyncio.get_running_loop().time()
        if not wrong:
            self._wrong_since.pop(alert, None)
            self._alerts.report(alert, on=False)
        elif now - self._wrong_since.setdefault(alert, now) >= PATIENCE_SECONDS.get(alert, 0):
            self._alerts.report(alert, on=True)
