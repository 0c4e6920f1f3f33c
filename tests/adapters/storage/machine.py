"""The half of the state machine that decides nothing: jobs, their holds and the time, against a plain model."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import func, select, update
from typing_extensions import override

from bot.adapters.storage import audit, endings, kept, leasing
from bot.adapters.storage.tables import jobs, ledger, pools
from bot.domain.credits import PeriodKind, Plan
from bot.domain.jobs import BUSY_STATES, TRANSITIONS, Job, JobId, JobState, Lease, captures, job_id
from bot.domain.orders import Order, Standing
from bot.domain.pictures import KEPT_FOR, Hung
from bot.domain.refusals import CapReachedError, OutOfCreditsError, PausedError, RefusalError, UnderWayError
from tests.adapters.storage.model import Guild
from tests.adapters.storage.scenes import GUILD, START, order
from tests.adapters.storage.schema import connected
from tests.adapters.storage.till import Till

T = TypeVar("T")

MEMBERS = (33, 34)
ROLE_SETS = (frozenset[int](), frozenset({55}), frozenset({55, 56}))
ENDS = st.sampled_from([state for state in JobState if state.ended])
ORDERS = st.fixed_dictionaries(
    {
        "number": st.integers(1, 30),
        "member": st.sampled_from(MEMBERS),
        "roles": st.sampled_from(ROLE_SETS),
        "price": st.integers(1, 6),
        "parent": st.sampled_from([None, None, job_id(900)]),
    }
)


class Holding(RuleBasedStateMachine):
    """One transaction of which nothing stays; each step is a savepoint in it, undone where the step is refused."""

    url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self._resources = ExitStack()
        self.connection = self._resources.enter_context(connected(self.url))
        self.till = Till(self.connection, plan=Plan(10, PeriodKind.DAY), now=START)
        self.till.pool()
        self.model = Guild(10, PeriodKind.DAY, START.date())
        self.states: dict[JobId, JobState] = {}
        self.leases: dict[JobId, Lease] = {}
        self.kept_since: dict[JobId, datetime] = {}
        self.keys = 0

    @override
    def teardown(self) -> None:
        self.connection.rollback()
        self._resources.close()

    def attempt(self, work: Callable[[], T]) -> T | RefusalError:
        """A transaction; the refill that a refused one had begun comes again at once."""
        savepoint = self.connection.begin_nested()
        try:
            outcome = work()
        except RefusalError as refusal:
            savepoint.rollback()
            self.till.pool()
            return refusal
        savepoint.commit()
        self.till.pool()
        return outcome

    def crash(self, work: Callable[[], Any]) -> None:
        """A transaction that fails at its end: whatever it did, nothing of it stays."""
        savepoint = self.connection.begin_nested()
        try:
            work()
        except RefusalError:
            pass
        finally:
            savepoint.rollback()

    def known(self, job: object, state: JobState) -> None:
        assert isinstance(job, Job)
        assert job.state is state
        self.states[job.id], self.leases[job.id] = state, job.held_lease

    def some_job(self, data: st.DataObject) -> JobId:
        return data.draw(st.sampled_from(sorted(self.states)))

    def key(self) -> int:
        self.keys += 1
        return self.keys

    @rule(details=ORDERS)
    def hold(self, details: dict[str, Any]) -> None:
        asked = order(at=self.till.now, **details)
        expected = self.refusal(asked)
        outcome = self.attempt(lambda: self.till.hold(asked))
        if asked.id in self.states:
            assert isinstance(outcome, Standing)
            assert not outcome.fresh
        elif expected is not None:
            assert type(outcome) is expected
        else:
            assert isinstance(outcome, Standing)
            split = self.model.split(asked.price)
            assert outcome.fresh
            assert split is not None
            assert outcome.job.split == split
            self.model.hold(asked.id, asked.caller.member, asked.caller.roles, split)
            self.known(outcome.job, JobState.ACCEPTED)

    def refusal(self, asked: Order) -> type[RefusalError] | None:
        """What a new order has to be told; the first reason counts."""
        room = self.model.room(asked.caller.member, asked.caller.roles)
        if self.model.paused:
            return PausedError
        if asked.parent is not None and self.under_way(asked):
            return UnderWayError
        if room is not None and asked.price > room:
            return CapReachedError
        return OutOfCreditsError if self.model.split(asked.price) is None else None

    def under_way(self, asked: Order) -> bool:
        same = select(jobs.c.id).where(jobs.c.parent == asked.parent, jobs.c.member == asked.caller.member)
        return any(self.states[JobId(job)] in BUSY_STATES for job in self.connection.execute(same).scalars())

    @precondition(lambda self: self.states)
    @rule(data=st.data())
    def queue(self, data: st.DataObject) -> None:
        job = self.some_job(data)
        moved = self.attempt(lambda: self.till.queue(job))
        if self.states[job] is JobState.ACCEPTED:
            self.known(moved, JobState.QUEUED)
        else:
            assert moved is None

    @rule()
    def begin(self) -> None:
        job = self.attempt(self.till.begin)
        if JobState.QUEUED in self.states.values():
            assert isinstance(job, Job)
            assert self.states[job.id] is JobState.QUEUED
            self.known(job, JobState.PAINTING)
        else:
            assert job is None

    @precondition(lambda self: self.states)
    @rule(data=st.data())
    def painted(self, data: st.DataObject) -> None:
        job = self.some_job(data)
        moved = self.attempt(lambda: self.till.painted(self.leases[job]))
        if self.states[job] is JobState.PAINTING:
            self.known(moved, JobState.PAINTED)
        else:
            assert moved is None

    @rule(details=ORDERS)
    def hold_and_paint(self, details: dict[str, Any]) -> None:
        """The long way to a capture, taken at once where nothing waits in front."""
        job = job_id(details["number"])
        if job in self.states or {JobState.QUEUED, JobState.PAINTING} & set(self.states.values()):
            return
        self.hold(details)
        if job in self.states:
            self.known(self.till.queue(job), JobState.QUEUED)
            self.begin()
            self.known(self.till.painted(self.leases[job]), JobState.PAINTED)

    @precondition(lambda self: self.states)
    @rule(data=st.data(), end=ENDS, stale=st.integers(0, 4))
    def settle(self, data: st.DataObject, end: JobState, stale: int) -> None:
        job = self.some_job(data)
        lease = self.leases[job] if stale else replace(self.leases[job], number=self.leases[job].number + 1)
        settled = self.attempt(lambda: self.till.settle(lease, end))
        if stale and end in TRANSITIONS.get(self.states[job], ()):
            self.model.settle(job, captured=captures(self.states[job], end))
            self.known(settled, end)
        else:
            assert settled is None

    @precondition(lambda self: self.states)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        job = self.some_job(data)
        cancelled = self.attempt(lambda: endings.cancel(self.connection, job, self.till.now))
        match self.states[job]:
            case JobState.ACCEPTED | JobState.QUEUED:
                self.model.settle(job, captured=False)
                self.known(cancelled, JobState.CANCELLED)
            case JobState.PAINTING:
                self.known(cancelled, JobState.PAINTING)
            case _:
                assert cancelled is None

    @precondition(lambda self: self.states)
    @rule(data=st.data())
    def abandon(self, data: st.DataObject) -> None:
        job = self.some_job(data)
        abandoned = self.attempt(lambda: endings.abandon(self.connection, job, None, self.till.now))
        if self.states[job] is JobState.ACCEPTED:
            self.model.settle(job, captured=False)
            self.known(abandoned, JobState.FAILED)
        else:
            assert abandoned is None

    @precondition(lambda self: self.states)
    @rule(data=st.data())
    def keep(self, data: st.DataObject) -> None:
        job = self.some_job(data)
        moved = self.attempt(lambda: self.till.keep(self.leases[job]))
        if self.states[job] is JobState.PAINTED:
            self.known(moved, JobState.KEPT)
            self.kept_since[job] = self.till.now
        else:
            assert moved is None

    @precondition(lambda self: self.kept_since)
    @rule(data=st.data(), again=st.booleans())
    def claim_kept(self, data: st.DataObject, again: bool) -> None:
        """Once, however often it is pressed while it is under way."""
        job = data.draw(st.sampled_from(sorted(self.kept_since)))
        claimed = self.attempt(lambda: kept.claim(self.connection, job, 23, 1000, self.till.now))
        if self.states[job] is JobState.KEPT and self.till.now < self.kept_since[job] + KEPT_FOR:
            self.model.settle(job, captured=True)
            self.known(claimed, JobState.DELIVERED)
            if again:
                assert self.attempt(lambda: kept.claim(self.connection, job, 23, 1000, self.till.now)) is None
            kept.shown(self.connection, job, Hung(99, "fox.png"))
        else:
            assert claimed is None

    @rule()
    def expire(self) -> None:
        expired = self.attempt(lambda: kept.expire(self.connection, self.till.now))
        assert isinstance(expired, list)
        over = {job for job, since in self.kept_since.items() if since + KEPT_FOR <= self.till.now}
        assert {job.id for job in expired} == {job for job in over if self.states[job] is JobState.KEPT}
        for job in expired:
            self.model.settle(job.id, captured=False)
            self.known(job, JobState.EXPIRED)

    @rule()
    def turn_away(self) -> None:
        turned = self.attempt(lambda: endings.turn_away(self.connection, "daily_bound", None, self.till.now))
        assert isinstance(turned, list)
        assert {job.id for job in turned} == {job for job, state in self.states.items() if state is JobState.QUEUED}
        for job in turned:
            self.model.settle(job.id, captured=False)
            self.known(job, JobState.FAILED)

    @rule()
    def a_worker_dies(self) -> None:
        self.till.owner = f"worker-{self.key()}"
        self.connection.execute(update(jobs).values(lease_until=0))
        taken = leasing.take_over(self.connection, self.till.owner, sole=False)
        under_way = {JobState.ACCEPTED, JobState.PAINTING, JobState.PAINTED}
        assert {job.id for job in taken} == {job for job, state in self.states.items() if state in under_way}
        for job in taken:
            self.known(job, self.states[job.id])

    @rule(details=ORDERS)
    def a_hold_crashes(self, details: dict[str, Any]) -> None:
        self.crash(lambda: self.till.hold(order(at=self.till.now, **details)))

    @precondition(lambda self: self.states)
    @rule(data=st.data(), end=ENDS)
    def a_settlement_crashes(self, data: st.DataObject, end: JobState) -> None:
        job = self.some_job(data)
        self.crash(lambda: self.till.settle(self.leases[job], end))

    @rule(hours=st.integers(-48, 24 * 40))
    def time_moves(self, hours: int) -> None:
        self.till.now += timedelta(hours=hours)
        self.up_to_date()

    def up_to_date(self) -> None:
        self.till.pool()
        self.model.move_to(self.till.plan, self.till.now)

    @invariant()
    def the_books_are_right(self) -> None:
        assert audit(self.connection) == []

    @invariant()
    def the_pool_is_the_models(self) -> None:
        pool = self.till.pool()
        assert (pool.number, pool.allowance_left, pool.bonus) == (
            self.model.period,
            self.model.left,
            self.model.bonus,
        )
        assert (pool.held, pool.bonus_held) == (self.model.held.allowance, self.model.held.bonus)
        assert set(self.model.paid) == {job for job, state in self.states.items() if not state.ended}
        assert min(pool.spent, pool.held, pool.bonus, pool.bonus_held) >= 0

    @invariant()
    def the_entries_add_up_to_the_balances(self) -> None:
        sums = select(func.sum(ledger.c.allowance_change), func.sum(ledger.c.bonus_change))
        allowance, bonus = self.connection.execute(sums.where(ledger.c.guild == GUILD)).one()
        row = self.connection.execute(select(pools)).one()
        assert (allowance or 0, bonus or 0) == (row.allowance - row.spent - row.held, row.bonus)

    @invariant()
    def every_member_has_the_models_room(self) -> None:
        for member, roles in product(MEMBERS, ROLE_SETS):
            room, cap = self.till.room(member, roles), self.model.cap(member, roles)
            assert (room.cap.limit, room.left) == (cap, self.model.room(member, roles))
            assert room.use == self.model.member(member, roles).use
            assert room.extra == self.model.extra_of(member, roles)
