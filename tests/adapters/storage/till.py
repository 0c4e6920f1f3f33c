"""What the storage does, step by step in one transaction, without threads and event loop."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.adapters.storage import admission, decisions, endings, funds, kept, members, pools, queue, rows
from bot.domain.acts import Act, Change, Grant, PauseChange, PlanChange
from bot.domain.caps import Room, room
from bot.domain.credits import Plan, Pool
from bot.domain.jobs import Job, JobId, JobState, Lease
from bot.domain.orders import Order, Standing
from tests.adapters.storage.scenes import GUILD, LIMITS, PICTURE, PLAN, STAFF, START, caller, order


class Till:
    def __init__(self, connection: Connection, *, plan: Plan = PLAN, now: datetime = START) -> None:
        self.connection = connection
        self.plan = plan
        self.now = now
        self.owner = "worker-0"

    def hold(self, asked: Order) -> Standing:
        return admission.hold(self.connection, asked, self.plan, LIMITS, self.owner)

    def queue(self, job: JobId) -> Job | None:
        return rows.move(
            self.connection, job, JobState.ACCEPTED, state=JobState.QUEUED.value, card=1, queued_at=self.now
        )

    def begin(self) -> Job | None:
        return queue.begin(self.connection, self.owner, LIMITS, self.now)

    def painted(self, lease: Lease) -> Job | None:
        return rows.move(
            self.connection,
            lease.job,
            JobState.PAINTING,
            lease,
            state=JobState.PAINTED.value,
            reference=PICTURE.reference,
            url=PICTURE.url,
            painted_at=self.now,
        )

    def settle(self, lease: Lease, end: JobState) -> Job | None:
        return endings.settle(self.connection, lease, end, None, None, self.now)

    def keep(self, lease: Lease) -> Job | None:
        return kept.keep(self.connection, lease, self.now)

    def bring(self, number: int, state: JobState, **details: Any) -> Job:
        """A job to `accepted`, `queued`, `painted`, or by way of that to an end."""
        job = self.hold(order(number, at=self.now, **details)).job
        if state is JobState.ACCEPTED:
            return job
        self.queue(job.id)
        if state is JobState.QUEUED:
            return job
        begun = self.begin()
        assert begun is not None
        assert begun.id == job.id
        painted = self.painted(begun.held_lease)
        assert painted is not None
        if state is not JobState.PAINTED:
            self.settle(painted.held_lease, state)
        return painted

    def act(self, asked: Act) -> Change:
        return decisions.act(self.connection, asked, self.plan)

    def grant(self, key: int, amount: int) -> Pool:
        asked = Grant(key=str(key), guild=GUILD, actor=STAFF, amount=amount, reason=None, at=self.now)
        return funds.grant(self.connection, asked, self.plan)

    def set_plan(self, key: int, plan: Plan | None) -> None:
        asked = PlanChange(key=str(key), guild=GUILD, actor=STAFF, plan=plan, reason=None, at=self.now)
        funds.set_plan(self.connection, asked, self.plan)

    def pause(self, key: int, *, paused: bool) -> bool:
        asked = PauseChange(key=str(key), guild=GUILD, actor=STAFF, paused=paused, reason=None, at=self.now)
        return funds.pause(self.connection, asked, self.plan)

    def pool(self) -> Pool:
        return pools.lock(self.connection, GUILD, self.plan, self.now)

    def room(self, member: int, roles: frozenset[int]) -> Room:
        pool, asked = self.pool(), caller(member=member, roles=roles)
        return room(pool.rules, members.current(self.connection, asked, pool), roles)
