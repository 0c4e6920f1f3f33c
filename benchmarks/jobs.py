"""Whole jobs on a database, as one process brings them about: held, queued, begun, painted, delivered.

`python -m benchmarks.jobs` with an address, seconds, and a number to begin with says how many there were.
"""

import asyncio
import sys
from itertools import count
from time import perf_counter
from typing import Final

from benchmarks import databases
from benchmarks.orders import order
from bot.adapters.clock import SystemClock
from bot.adapters.storage import Database, SqlStore
from bot.domain.credits import PeriodKind, Plan
from bot.domain.jobs import Job, JobState, job_id
from bot.domain.orders import Limits, Order
from bot.domain.pictures import Painted
from bot.domain.preferences import Choices

GUILDS: Final = 50
ASKERS: Final = 8
"""At once in a process: more than it has connections."""
_PLAN: Final = Plan(1_000_000_000, PeriodKind.MONTH)
_LIMITS: Final = Limits(guild_jobs=1_000_000, member_jobs=1_000_000, calls_per_day=1_000_000_000)
_PICTURE: Final = Painted("reference", "https://pictures.example/fox.png?signature=0123456789abcdef")


class Jobs:
    def __init__(self, database: Database, first: int) -> None:
        self._clock = SystemClock()
        self._store = SqlStore(database, self._clock)
        self._numbers = count(first)
        self._owner = f"process {first}"

    async def done_in(self, seconds: float) -> int:
        until = perf_counter() + seconds
        return sum(await asyncio.gather(*(self._work(until) for _ in range(ASKERS))))

    async def wait(self, number: int) -> None:
        """So many more stand in the line."""
        for _ in range(0, number, ASKERS):
            await asyncio.gather(*(self._queued() for _ in range(ASKERS)))

    async def begin(self, times: int) -> float:
        """Seconds that it takes to find out whose turn it is and to count the call."""
        began = perf_counter()
        for _ in range(times):
            await self._store.begin(self._owner, _LIMITS)
        return (perf_counter() - began) / times

    async def _work(self, until: float) -> int:
        done = 0
        while perf_counter() < until:
            await self._queued()
            job = await self._store.begin(self._owner, _LIMITS)
            if job is not None:  # another process may have been quicker
                await self._finish(job)
                done += 1
        return done

    async def _queued(self) -> None:
        number = next(self._numbers)
        await self._store.hold_for(number, None, lambda _: self._order(_, number), _PLAN, _LIMITS, self._owner)
        await self._store.queue(job_id(number), card=number)

    async def _finish(self, job: Job) -> None:
        await self._store.painted(job.held_lease, _PICTURE)
        await self._store.settle(job.held_lease, JobState.DELIVERED)

    def _order(self, _: Choices, number: int) -> Order:
        return order(number, guild=1 + number % GUILDS, member=number, at=self._clock.now())


async def _main(address: str, seconds: float, first: int) -> None:
    async with Database.open(address, patience=databases.PATIENCE) as database:
        print(await Jobs(database, first).done_in(seconds))


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3])))
