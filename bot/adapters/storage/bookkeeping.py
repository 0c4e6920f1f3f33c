"""The ports `Pools`, `Decisions`, `Funds`, `Books`, `Confirmations` and `Guilds` on one database."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection
from typing_extensions import override

from bot.adapters.storage import confirmations, decisions, figures, funds, history, members, pools, residency
from bot.adapters.storage.database import Database
from bot.domain.acts import Act, Change, Grant, PauseChange, PlanChange
from bot.domain.caps import Room, room
from bot.domain.credits import Plan, Pool
from bot.domain.figures import Figures
from bot.domain.jobs import Job
from bot.domain.ledger import Entry, GuildSummary, Search, Use
from bot.domain.orders import Caller
from bot.ports import Books, Clock, Confirmations, Decisions, Funds, Guilds, Pools


class SqlBooks(Pools, Decisions, Funds, Books, Confirmations, Guilds):
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @override
    async def pool(self, guild: int, plan: Plan) -> Pool:
        return await self._database.run(pools.lock, guild, plan, self._clock.now())

    @override
    async def standing(self, caller: Caller, plan: Plan) -> tuple[Pool, Room]:
        return await self._database.run(_standing, caller, plan, self._clock.now())

    @override
    async def act(self, act: Act, plan: Plan) -> Change:
        return await self._database.run(decisions.act, act, plan)

    @override
    async def find(self, guild: int, plan: Plan) -> Pool | None:
        return await self._database.run(pools.lock_known, guild, plan, self._clock.now())

    @override
    async def grant(self, grant: Grant, plan: Plan) -> Pool:
        return await self._database.run(funds.grant, grant, plan)

    @override
    async def set_plan(self, change: PlanChange, plan: Plan) -> tuple[Pool, Pool]:
        return await self._database.run(funds.set_plan, change, plan)

    @override
    async def pause(self, change: PauseChange, plan: Plan) -> bool:
        return await self._database.run(funds.pause, change, plan)

    @override
    async def everything_paused(self) -> PauseChange | None:
        return await self._database.run(funds.everything_paused)

    @override
    async def guilds(self) -> Sequence[GuildSummary]:
        return await self._database.run(funds.guilds)

    @override
    async def calls_today(self) -> int:
        return await self._database.run(funds.calls, self._clock.now())

    @override
    async def entries(self, search: Search, before: int | None, most: int) -> Sequence[Entry]:
        return await self._database.run(history.entries, search, before, most)

    @override
    async def top(self, guild: int, period: int, most: int) -> Sequence[Use]:
        return await self._database.run(history.top, guild, period, most)

    @override
    async def figures(self, guild: int, since: datetime, until: datetime) -> Figures:
        # A transaction for each part: on SQLite, whoever wants a picture gets at the database in between.
        asked = (guild, since, until)
        return Figures(
            days=await self._database.run(figures.days, *asked),
            members=await self._database.run(figures.members, *asked),
            channels=await self._database.run(figures.channels, *asked),
            states=await self._database.run(figures.states, *asked),
            waits=await self._database.run(figures.waits, *asked),
        )

    @override
    async def leave(self, guild: int) -> Sequence[Job]:
        return await self._database.run(residency.leave, guild, self._clock.now())

    @override
    async def come_back(self, guild: int) -> bool:
        return await self._database.run(residency.come_back, guild)

    @override
    async def known(self) -> Mapping[int, bool]:
        return await self._database.run(residency.known)

    @override
    async def forget(self, before: datetime) -> Sequence[int]:
        return await self._database.run(residency.forget, before, self._clock.now())

    @override
    async def keep(self, key: str, payload: str, until: datetime) -> None:
        await self._database.run(confirmations.keep, key, payload, until, self._clock.now())

    @override
    async def kept(self, key: str) -> str | None:
        return await self._database.run(confirmations.find, key, self._clock.now())


def _standing(connection: Connection, caller: Caller, plan: Plan, now: datetime) -> tuple[Pool, Room]:
    pool = pools.lock(connection, caller.guild, plan, now)
    return pool, room(pool.rules, members.current(connection, caller, pool), caller.roles)
