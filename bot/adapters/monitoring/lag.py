import asyncio
from time import monotonic
from typing import Final

from prometheus_client import Histogram

PAUSE_SECONDS: Final = 0.5


async def watch_lag(lag: Histogram) -> None:
    """Measure until cancelled how late the loop is: whatever blocks it keeps every door closed."""
    while True:
        asleep = monotonic()
        await asyncio.sleep(PAUSE_SECONDS)
        lag.observe(max(0.0, monotonic() - asleep - PAUSE_SECONDS))
