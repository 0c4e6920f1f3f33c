"""Orders, and jobs brought as far as a test needs them."""

from datetime import UTC, datetime
from itertools import count
from typing import Any, Final

from sqlalchemy import Connection, Row, text
from typing_extensions import override

from bot.adapters.storage import Database, SqlBooks, SqlStore
from bot.domain.acts import Act, Change, Grant, Target, TargetKind, Verb
from bot.domain.caps import Room
from bot.domain.credits import PeriodKind, Plan, Pool
from bot.domain.jobs import Job, JobId, JobState, Origin, job_id
from bot.domain.orders import Caller, Limits, Order, Standing
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Painted
from bot.ports import Clock

START: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
PLAN: Final = Plan(20, PeriodKind.MONTH)
LIMITS: Final = Limits(guild_jobs=1000, member_jobs=1000, calls_per_day=1000)
GUILD: Final = 11
MEMBER: Final = 33
STAFF: Final = 44
ROLE: Final = 55
ME: Final = Target(TargetKind.MEMBER, MEMBER)
MY_ROLE: Final = Target(TargetKind.ROLE, ROLE)
EVERYBODY: Final = Target(TargetKind.EVERYBODY)
PICTURE: Final = Painted("ref-1", "https://pictures.test/fox.png?signature=secret")


class SetClock(Clock):
    def __init__(self) -> None:
        self.moment = START

    @override
    def now(self) -> datetime:
        return self.moment


def caller(number: int = 1, *, guild: int = GUILD, member: int = MEMBER, roles: frozenset[int] = frozenset()) -> Caller:
    return Caller(
        interaction=number,
        guild=guild,
        channel=22,
        places=frozenset(),
        age_restricted=False,
        member=member,
        roles=roles,
        manages=False,
        missing_rights=(),
        upload_limit=10_000_000,
    )


def act(
    key: int | str, verb: Verb, target: Target, amount: int | None = None, *, at: datetime = START, guild: int = GUILD
) -> Act:
    return Act(key=str(key), guild=guild, actor=STAFF, verb=verb, target=target, amount=amount, at=at)


def order(
    number: int,
    *,
    guild: int = GUILD,
    member: int = MEMBER,
    roles: frozenset[int] = frozenset(),
    parent: JobId | None = None,
    price: int = 1,
    at: datetime = START,
) -> Order:
    return Order(
        id=job_id(number),
        caller=caller(number, guild=guild, member=member, roles=roles),
        origin=Origin.IMAGINE if parent is None else Origin.REROLL,
        parent=parent,
        parameters=ImageParameters(prompt="a fox in the snow", seed=number),
        price=price,
        at=at,
    )


async def sql(database: Database, statement: str, **values: Any) -> list[Row[Any]]:
    def say(connection: Connection) -> list[Row[Any]]:
        result = connection.execute(text(statement), values)
        return list(result.all()) if result.returns_rows else []

    return await database.run(say)


class Scene:
    """What a test changes of the rules, it sets here."""

    def __init__(self, database: Database, clock: SetClock, *, owner: str = "this-worker") -> None:
        self.database = database
        self.clock = clock
        self.store = SqlStore(database, clock)
        self.books = SqlBooks(database, clock)
        self.plan = PLAN
        self.limits = LIMITS
        self.owner = owner
        self._numbers = count(1000)

    async def hold(self, number: int | None = None, **details: Any) -> Standing:
        asked = order(number or next(self._numbers), at=self.clock.now(), **details)
        return await self.store.hold(asked, self.plan, self.limits, self.owner)

    async def queued(self, **details: Any) -> Job:
        held = await self.hold(**details)
        queued = await self.store.queue(held.job.id, card=77)
        assert queued is not None
        return queued

    async def begin(self) -> Job | None:
        return await self.store.begin(self.owner, self.limits)

    async def painting(self, **details: Any) -> Job:
        queued = await self.queued(**details)
        job = await self.begin()
        assert job is not None
        assert job.id == queued.id
        return job

    async def painted(self, **details: Any) -> Job:
        job = await self.store.painted((await self.painting(**details)).held_lease, PICTURE)
        assert job is not None
        return job

    async def kept(self, **details: Any) -> Job:
        job = await self.store.keep((await self.painted(**details)).held_lease)
        assert job is not None
        return job

    async def in_state(self, state: JobState, **details: Any) -> Job:
        """A job that got there by the usual way."""
        match state:
            case JobState.ACCEPTED:
                return (await self.hold(**details)).job
            case JobState.QUEUED:
                return await self.queued(**details)
            case JobState.PAINTING:
                return await self.painting(**details)
            case JobState.PAINTED:
                return await self.painted(**details)
            case JobState.KEPT:
                return await self.kept(**details)
            case _:
                return await self._settled(await self._last_before(state, **details), state)

    async def _last_before(self, end: JobState, **details: Any) -> Job:
        match end:
            case JobState.DELIVERED:
                return await self.painted(**details)
            case JobState.EXPIRED:
                return await self.kept(**details)
            case _:
                return await self.painting(**details)

    async def _settled(self, job: Job, end: JobState) -> Job:
        ended = await self.store.settle(job.held_lease, end)
        assert ended is not None
        return ended

    async def pool(self, guild: int = GUILD) -> Pool:
        return await self.books.pool(guild, self.plan)

    async def room(self, member: int = MEMBER, roles: frozenset[int] = frozenset(), guild: int = GUILD) -> Room:
        """What a member with these roles may still spend."""
        asked = caller(next(self._numbers), guild=guild, member=member, roles=roles)
        return (await self.books.standing(asked, self.plan))[1]

    async def decide(
        self, verb: Verb, target: Target, amount: int | None = None, *, key: int | None = None, guild: int = GUILD
    ) -> Change:
        asked = act(key or next(self._numbers), verb, target, amount, at=self.clock.now(), guild=guild)
        return await self.books.act(asked, self.plan)

    async def grant(self, amount: int, *, key: int | None = None) -> Pool:
        asked = Grant(
            key=str(key or next(self._numbers)),
            guild=GUILD,
            actor=STAFF,
            amount=amount,
            reason=None,
            at=self.clock.now(),
        )
        return await self.books.grant(asked, self.plan)

    async def kinds(self, job: JobId) -> list[str]:
        """The ledger's entries of a job, oldest first."""
        rows = await sql(self.database, "SELECT kind FROM ledger WHERE job = :job ORDER BY id", job=job)
        return [row.kind for row in rows]
