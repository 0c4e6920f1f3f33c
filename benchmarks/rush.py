"""Many holds at once on one guild, and the least transaction that could stand in for them."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count
from time import perf_counter
from typing import Final

from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, insert, update

from benchmarks import past
from benchmarks.orders import order
from bot.adapters.clock import SystemClock
from bot.adapters.storage import Database, SqlBooks, SqlStore, audit
from bot.domain.acts import LARGEST_AMOUNT, Act, Target, TargetKind, Verb
from bot.domain.credits import PeriodKind, Plan
from bot.domain.jobs import Job
from bot.domain.orders import Limits, Order
from bot.domain.preferences import Choices

GUILD: Final = 10
BATCH: Final = 40
"""Holds before the clock stops and their jobs are abandoned: a guild has at most 50 under way."""
A_MOMENT: Final = 1e-6
_PLAN: Final = Plan(1_000_000_000, PeriodKind.MONTH)
_LIMITS: Final = Limits(guild_jobs=50, member_jobs=50, calls_per_day=1_000_000_000)

_bare: Final = Table("bare", MetaData(), Column("id", Integer, primary_key=True), Column("left", BigInteger))
_TAKE: Final = update(_bare).where(_bare.c.id == 1, _bare.c.left >= 1).values(left=_bare.c.left - 1)

Ask = Callable[[int], Awaitable[object]]


class Rush:
    """`name` and `entries` tell the database from the others, and how many entries its ledger began with."""

    def __init__(self, database: Database, name: str, entries: int) -> None:
        self.name = name
        self.entries = entries
        self._database = database
        self._clock = SystemClock()
        self._store = SqlStore(database, self._clock)
        self._numbers = count(entries + 1)
        self._held = list[Job]()

    async def prepare(self) -> None:
        """A guild with a limit, a cap for every member, and its past; and a batch of each, which does not count."""
        books, now = SqlBooks(self._database, self._clock), self._clock.now()
        await books.pool(GUILD, _PLAN)
        await self._database.run(past.write, GUILD, self.entries // 2, now)
        everybody, most = Target(TargetKind.EVERYBODY), LARGEST_AMOUNT
        await books.act(Act(key="1", guild=GUILD, actor=1, verb=Verb.SET, target=everybody, amount=most, at=now), _PLAN)
        await self._database.run(_prepare_bare)
        for measure in (self.holds, self.bare):
            await measure(BATCH, A_MOMENT)

    async def holds(self, askers: int, seconds: float) -> float:
        """Per second."""
        return await _rate(self._hold, self._abandon, askers, seconds)

    async def bare(self, askers: int, seconds: float) -> float:
        return await _rate(lambda _asker: self._database.run(_take), _nothing, askers, seconds)

    async def differences(self) -> list[str]:
        return await self._database.run(audit)

    async def _hold(self, asker: int) -> None:
        def make(_: Choices) -> Order:
            return self._order(asker)

        standing = await self._store.hold_for(asker, None, make, _PLAN, _LIMITS, "benchmark")
        self._held.append(standing.job)

    async def _abandon(self) -> None:
        while self._held:
            await self._store.abandon(self._held.pop().id)

    def _order(self, asker: int) -> Order:
        return order(next(self._numbers), guild=GUILD, member=asker, at=self._clock.now())


async def _rate(ask: Ask, clear: Callable[[], Awaitable[None]], askers: int, seconds: float) -> float:
    done, spent = 0, 0.0
    while spent < seconds:
        began = perf_counter()
        await asyncio.gather(*(_ask(ask, asker, BATCH // askers) for asker in range(1, askers + 1)))
        spent += perf_counter() - began
        done += BATCH // askers * askers
        await clear()
    return done / spent


async def _ask(ask: Ask, asker: int, times: int) -> None:
    for _ in range(times):
        await ask(asker)


async def _nothing() -> None:
    pass


def _prepare_bare(connection: Connection) -> None:
    _bare.create(connection)
    connection.execute(insert(_bare).values(id=1, left=1_000_000_000))


def _take(connection: Connection) -> None:
    if connection.execute(_TAKE).rowcount != 1:
        raise RuntimeError("the bare transaction changed nothing")
