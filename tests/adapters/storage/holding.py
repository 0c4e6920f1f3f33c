"""A process of its own that holds credits and settles jobs; `python -m` with address, number of jobs, first number."""

import asyncio
import sys
from itertools import count
from typing import Final

from bot.adapters.clock import SystemClock
from bot.adapters.storage import Database, SqlStore
from bot.domain.credits import PeriodKind, Plan
from bot.domain.jobs import JobState
from bot.domain.refusals import CapReachedError, OutOfCreditsError
from tests.adapters.storage.scenes import LIMITS, PICTURE, order

PLAN: Final = Plan(25, PeriodKind.MONTH)
PLENTY: Final = Plan(1_000_000, PeriodKind.MONTH)


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


async def hold(url: str, number: int, first: int) -> int:
    """How many of so many holds were granted."""
    async with Database.open(url, patience=20) as database:
        store = SqlStore(database, SystemClock())
        holds = (store.hold(order(first + n), PLAN, LIMITS, "process") for n in range(number))
        results = await asyncio.gather(*holds, return_exceptions=True)
    assert all(isinstance(it, OutOfCreditsError | CapReachedError) for it in results if isinstance(it, Exception))
    return sum(not isinstance(it, Exception) for it in results)


async def work_until_killed(url: str, first: int) -> None:
    async with Database.open(url) as database:
        store = SqlStore(database, SystemClock())
        for number in count(first):
            held = await store.hold(order(number, at=SystemClock().now()), PLENTY, LIMITS, "process")
            say(number)
            await store.queue(held.job.id, card=1)
            job = await store.begin("process", LIMITS)
            if job is not None and await store.painted(job.held_lease, PICTURE) is not None:
                await store.settle(job.held_lease, JobState.DELIVERED if number % 2 else JobState.FAILED)


if __name__ == "__main__":
    address, jobs, start = sys.argv[1:]
    if int(jobs):
        say(asyncio.run(hold(address, int(jobs), int(start))))
    else:
        asyncio.run(work_until_killed(address, int(start)))
