"""The ports `Jobs`, `Facts` and `Loads` on one database."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from typing_extensions import override

from bot.adapters.storage import admission, endings, kept, leasing, load, moderation, pools, queue, rows, signals
from bot.adapters.storage.database import Database
from bot.adapters.storage.tables import facts
from bot.domain.credits import Plan
from bot.domain.jobs import Job, JobId, JobState, Lease, Veil
from bot.domain.load import Load
from bot.domain.orders import Limits, Offer, Order, Standing
from bot.domain.pictures import Hung, Painted
from bot.domain.preferences import Choices
from bot.domain.records import Deed, Record
from bot.domain.turns import Line
from bot.ports import Clock, Facts, Jobs, Loads


class SqlStore(Jobs, Facts, Loads):
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._started = clock.now()

    @override
    async def hold(self, order: Order, plan: Plan, limits: Limits, owner: str) -> Standing:
        return await self._database.run(admission.hold, order, plan, limits, owner)

    @override
    async def hold_for(
        self,
        member: int,
        preset: str | None,
        make: Callable[[Choices], Order],
        plan: Plan,
        limits: Limits,
        owner: str,
    ) -> Standing:
        return await self._database.run(admission.hold_for, member, preset, make, plan, limits, owner)

    @override
    async def rehearse_for(
        self,
        member: int,
        preset: str | None,
        make: Callable[[Choices], Order],
        plan: Plan,
        limits: Limits,
        owner: str,
    ) -> Standing:
        return await self._database.run(admission.rehearse_for, member, preset, make, plan, limits, owner)

    @override
    async def repeat(
        self, source: JobId, make: Callable[[Job | None], Order], plan: Plan, limits: Limits, owner: str
    ) -> Standing:
        return await self._database.run(admission.repeat, source, make, plan, limits, owner)

    @override
    async def repeat_all(
        self, source: JobId, make: Callable[[Job | None], Sequence[Order]], plan: Plan, limits: Limits, owner: str
    ) -> Sequence[Standing]:
        return await self._database.run(admission.repeat_all, source, make, plan, limits, owner)

    @override
    async def rehearse_all(
        self, source: JobId, make: Callable[[Job | None], Sequence[Order]], plan: Plan, limits: Limits, owner: str
    ) -> Offer:
        return await self._database.run(admission.rehearse_all, source, make, plan, limits, owner)

    @override
    async def queue(self, job: JobId, card: int) -> Job | None:
        now = self._clock.now()
        return await self._database.run(_queue, job, card, now)

    @override
    async def begin(self, owner: str, limits: Limits) -> Job | None:
        return await self._database.run(queue.begin, owner, limits, self._clock.now())

    @override
    async def pending(self, lease: Lease, reference: str) -> Job | None:
        return await self._database.run(rows.move, lease.job, JobState.PAINTING, lease, reference=reference)

    @override
    async def painted(self, lease: Lease, painted: Painted) -> Job | None:
        return await self._database.run(
            rows.move,
            lease.job,
            JobState.PAINTING,
            lease,
            state=JobState.PAINTED.value,
            reference=painted.reference,
            url=painted.url,
            painted_at=self._clock.now(),
        )

    @override
    async def settle(
        self, lease: Lease, end: JobState, failure: str | None = None, hung: Hung | None = None
    ) -> Job | None:
        return await self._database.run(endings.settle, lease, end, failure, hung, self._clock.now())

    @override
    async def abandon(self, job: JobId, card: int | None = None) -> Job | None:
        return await self._database.run(endings.abandon, job, card, self._clock.now())

    @override
    async def cancel(self, job: JobId) -> Job | None:
        return await self._database.run(endings.cancel, job, self._clock.now())

    @override
    async def turn_away(self, failure: str, since: datetime | None = None) -> Sequence[Job]:
        return await self._database.run(endings.turn_away, failure, since, self._clock.now())

    @override
    async def keep(self, lease: Lease) -> Job | None:
        return await self._database.run(kept.keep, lease, self._clock.now())

    @override
    async def claim_kept(self, job: JobId, channel: int, upload_limit: int) -> Job | None:
        return await self._database.run(kept.claim, job, channel, upload_limit, self._clock.now())

    @override
    async def fetching(self, job: JobId, card: int) -> None:
        await self._database.run(rows.note, job, card=card)

    @override
    async def shown_kept(self, job: JobId, hung: Hung) -> Job | None:
        return await self._database.run(kept.shown, job, hung)

    @override
    async def report(self, job: JobId, reporter: int, reason: str) -> tuple[int, bool]:
        return await self._database.run(moderation.report, job, reporter, reason, self._clock.now())

    @override
    async def veil(self, job: JobId, veil: Veil | None) -> Job | None:
        return await self._database.run(moderation.veil, job, veil)

    @override
    async def decide(self, job: JobId, veil: Veil | None, deed: Deed) -> tuple[Job | None, Record | None]:
        return await self._database.run(moderation.decide, job, veil, deed)

    @override
    async def shown_of(self, guild: int, member: int, since: datetime) -> Sequence[Job]:
        return await self._database.run(moderation.shown_of, guild, member, since)

    @override
    async def shown_in(self, guild: int, card: int) -> Job | None:
        return await self._database.run(moderation.shown_in, guild, card)

    @override
    async def put_back(self, job: JobId) -> Job | None:
        return await self._database.run(kept.put_back, job)

    @override
    async def told(self, job: JobId, state: JobState) -> None:
        await self._database.run(rows.move, job, state, None, untold_since=None)

    @override
    async def untold(self) -> Sequence[Job]:
        started = self._started if self._database.sole else None
        return await self._database.run(leasing.untold, self._clock.now(), started)

    @override
    async def expire(self) -> Sequence[Job]:
        return await self._database.run(kept.expire, self._clock.now())

    @override
    async def kept_for(self, guild: int, member: int) -> Sequence[Job]:
        return await self._database.run(kept.of, guild, member, self._clock.now())

    @override
    async def line(self, guild: int) -> tuple[Sequence[Job], Sequence[Line]]:
        return await self._database.run(queue.waiting_in, guild)

    @override
    async def renew(self, leases: Sequence[Lease]) -> None:
        if leases:
            await self._database.run(leasing.renew, leases)

    @override
    async def take_over(self, owner: str) -> Sequence[Job]:
        return await self._database.run(leasing.take_over, owner, sole=self._database.sole)

    @override
    async def find(self, job: JobId) -> Job | None:
        return await self._database.run(rows.find, job)

    @override
    async def waiting(self) -> int:
        return await self._database.run(queue.waiting)

    @override
    async def load(self) -> Load:
        return await self._database.run(load.load, self._clock.now())

    @override
    async def fact(self, name: str) -> str | None:
        return await self._database.run(_fact, name)

    @override
    async def remember(self, name: str, value: str) -> None:
        await self._database.run(_remember, name, value)

    @override
    async def claim(self, name: str, value: str) -> bool:
        return await self._database.run(_claim, name, value)

    @override
    async def release(self, name: str) -> str | None:
        return await self._database.run(_release, name)


def _queue(connection: Connection, job: JobId, card: int, now: datetime) -> Job | None:
    queued = rows.move(connection, job, JobState.ACCEPTED, state=JobState.QUEUED.value, card=card, queued_at=now)
    if queued is not None:
        signals.tell_queued(connection, queued.held_lease.owner)
    return queued


def _fact(connection: Connection, name: str) -> str | None:
    value: str | None = connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar_one_or_none()
    return value


def _remember(connection: Connection, name: str, value: str) -> None:
    if not pools.insert_or_skip(connection, facts, name=name, value=value):
        connection.execute(update(facts).where(facts.c.name == name).values(value=value))


def _claim(connection: Connection, name: str, value: str) -> bool:
    return pools.insert_or_skip(connection, facts, name=name, value=value)


def _release(connection: Connection, name: str) -> str | None:
    removed = delete(facts).where(facts.c.name == name).returning(facts.c.value)
    value: str | None = connection.execute(removed).scalar_one_or_none()
    return value
