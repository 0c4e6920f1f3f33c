import asyncio
from datetime import timedelta
from functools import partial
from typing import Final

import structlog

from bot.domain.refusals import RefusalError
from bot.domain.retention import Batch
from bot.ports import Clock, Memory
from bot.services.patience import patiently

_log = structlog.get_logger(__name__)

BATCH: Final = 200
"""Jobs looked at in one transaction: somebody who wants a picture gets at the database in between."""
ROUND_SECONDS: Final = 3600
ROUNDS_A_SWEEP: Final = 24


class Retention:
    """Forgets what is kept for a while only. The books keep every amount."""

    def __init__(self, memory: Memory, clock: Clock, days: int) -> None:
        self._memory = memory
        self._clock = clock
        self._kept = timedelta(days=days)

    async def sweep(self) -> int:
        """How many pictures were forgotten."""
        before = self._clock.now() - self._kept
        batch = Batch(0, "")
        forgotten = 0
        while (after := batch.after) is not None:
            batch = await patiently(partial(self._memory.forget_aged, before, after, BATCH))
            forgotten += batch.forgotten
        return forgotten

    async def run(self) -> None:
        """Again and again, until cancelled: pictures once a day, the rest every hour."""
        rounds = 0
        while True:
            try:
                await patiently(self._memory.tidy)
                if rounds % ROUNDS_A_SWEEP == 0 and (forgotten := await self.sweep()):
                    _log.info("pictures forgotten because of their age", pictures=forgotten)
            except RefusalError as refusal:
                _log.warning("what is too old was left for later", reason=type(refusal).__name__)
            rounds += 1
            await asyncio.sleep(ROUND_SECONDS)
