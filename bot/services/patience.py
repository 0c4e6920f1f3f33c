from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, TypeVar

from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_random_exponential

from bot.domain.refusals import StorageBusyError, StorageDownError

T = TypeVar("T")

PATIENCE_SECONDS: Final = 600
"""Longer than a lease: whoever comes back to the database first renews it, and what comes too late is refused there."""
_PASSING: Final = (StorageBusyError, StorageDownError)


async def patiently(step: Callable[[], Awaitable[T]]) -> T:
    """Take a step again while the database is busy or away. For work that nobody waits for at a door."""
    with suppress(*_PASSING):
        return await step()

    async def attempt() -> T:
        return await step()

    again = AsyncRetrying(
        retry=retry_if_exception_type(_PASSING),
        stop=stop_after_delay(PATIENCE_SECONDS),
        wait=wait_random_exponential(multiplier=0.1, max=5),
        reraise=True,
    )
    return await again(attempt)
