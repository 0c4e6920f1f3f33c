"""Everything that may happen to a guild's credits and jobs, in any order, against a plain model of the balances."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Connection, update
from typing_extensions import override

from bot.adapters.storage import admission, audit, endings, leasing, money, queue, rows
from bot.adapters.storage.tables import jobs
from bot.domain.credits import PeriodKind, Plan, Split
from bot.domain.jobs import TRANSITIONS, Job, JobId, JobState, Lease, captures, job_id
from bot.domain.orders import Limits, Order, Standing
from bot.domain.refusals import OutOfCreditsError, UnderWayError
from tests.adapters.storage.effort import effort
from tests.adapters.storage.scenes import GUILD, PICTURE, give_bonus, order
from tests.adapters.storage.schema import connected

LIMITS = Limits(guild_jobs=1000, member_jobs=1000, calls_per_day=1000)
KINDS = st.sampled_from(PeriodKind)
ENDS = st.sampled_from([state for state in JobState if state.ended])


@dataclass
class Model:
    """Two heaps of credits: one that is made anew for each period, one that stays."""

    allowance: int
    kind: PeriodKind
    start: date
    period: int = 1
    used: int = 0
    bonus: int = 0

    def move_to(self, plan: Plan, now: datetime) -> None:
        self.allowance, start = plan.allowance or 0, plan.period.start(now)
        if plan.period is not self.kind or start > self.start:
            self.kind, self.start, self.used = plan.period, start, 0
            self.period += 1

    @property
    def left(self) -> int:
        return max(0, self.allowance - self.used)


class Ledger(RuleBasedStateMachine):
    """One transaction of which nothing stays; each step is a savepoint in it, undone where the step is refused."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self._resources = ExitStack()
        self.connection = self._resources.enter_context(connected(f"sqlite:///{self.template}"))
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)
        self.plan = Plan(10, PeriodKind.DAY)
        self.model: Model | None = None
        self.states: dict[JobId, JobState] = {}
        self.leases: dict[JobId, Lease] = {}
        self.paid: dict[JobId, tuple[int, Split]] = {}  # in which period, from which heaps
        self.workers = self.grants = 0

    @override
    def teardown(self) -> None:
        self.connection.rollback()
        self._resources.close()

    @contextmanager
    def step(self) -> Iterator[Connection]:
        with self.connection.begin_nested():
            yield self.connection

    def known(self, job: Job | None, state: JobState) -> None:
        assert job is not None
        assert job.state is state
        self.states[job.id], self.leases[job.id] = state, job.held_lease

    def up_to_date(self) -> Model:
        if self.model is None:
            self.model = Model(self.plan.allowance or 0, self.plan.period, self.plan.period.start(self.now))
        self.model.move_to(self.plan, self.now)
        return self.model

    def give_back(self, job: JobId) -> None:
        period, split = self.paid[job]
        assert self.model is not None
        self.model.bonus += split.bonus
        if period == self.model.period:
            self.model.used -= split.allowance

    @rule(number=st.integers(1, 30), price=st.integers(1, 6), parent=st.sampled_from([None, job_id(900)]))
    def hold(self, number: int, price: int, parent: JobId | None) -> None:
        model, asked = self.up_to_date(), order(number, price=price, parent=parent, at=self.now)
        unlimited = self.plan.allowance is None
        standing = self.attempt(asked)
        if standing is None:
            assert asked.id not in self.states
            assert parent is not None or (not unlimited and price > model.left + model.bonus)
        elif standing.fresh:
            split = Split(price if unlimited else min(price, model.left), 0)
            split = replace(split, bonus=price - split.allowance)
            assert asked.id not in self.states
            assert standing.job.split == split
            model.used += split.allowance
            model.bonus -= split.bonus
            self.paid[asked.id] = (model.period, split)
            self.known(standing.job, JobState.ACCEPTED)
        else:
            assert asked.id in self.states

    def attempt(self, asked: Order) -> Standing | None:
        try:
            with self.step() as connection:
                return admission.hold(connection, asked, self.plan, LIMITS, "worker-0")
        except (OutOfCreditsError, UnderWayError):
            money.lock_pool(self.connection, GUILD, self.plan, self.now)  # the refill went with the refusal
            return None

    @rule(amount=st.integers(1, 5))
    def grant(self, amount: int) -> None:
        self.up_to_date().bonus += amount
        self.grants += 1
        with self.step() as connection:
            money.lock_pool(connection, GUILD, self.plan, self.now)
            give_bonus(connection, GUILD, amount, f"grant:{self.grants}", self.now)

    @precondition(lambda self: self.states)
    @rule(data=st.data())
    def queue(self, data: st.DataObject) -> None:
        job = data.draw(st.sampled_from(sorted(self.states)))
        with self.step() as connection:
            moved = rows.move(
                connection, job, JobState.ACCEPTED, state=JobState.QUEUED.value, card=1, queued_at=self.now
            )
        if self.states[job] is JobState.ACCEPTED:
            self.known(moved, JobState.QUEUED)
        else:
            assert moved is None

    @rule()
    def begin(self) -> None:
        with self.step() as connection:
            job = queue.begin(connection, f"worker-{self.workers}", LIMITS, self.now)
        if JobState.QUEUED in self.states.values():
            assert job is not None
            assert self.states[job.id] is JobState.QUEUED
            self.known(job, JobState.PAINTING)
        else:
            assert job is None

    @precondition(lambda self: self.states)
    @rule(data=st.data())
    def painted(self, data: st.DataObject) -> None:
        job = data.draw(st.sampled_from(sorted(self.states)))
        with self.step() as connection:
            moved = rows.move(
                connection,
                job,
                JobState.PAINTING,
                self.leases[job],
                state=JobState.PAINTED.value,
                reference=PICTURE.reference,
                url=PICTURE.url,
                painted_at=self.now,
            )
        if self.states[job] is JobState.PAINTING:
            self.known(moved, JobState.PAINTED)
        else:
            assert moved is None

    @precondition(lambda self: self.states)
    @rule(data=st.data(), end=ENDS, stale=st.integers(0, 4))
    def settle(self, data: st.DataObject, end: JobState, stale: int) -> None:
        job = data.draw(st.sampled_from(sorted(self.states)))
        lease = self.leases[job]
        if stale == 0:
            lease = Lease(job, lease.owner, lease.number + 1)
        with self.step() as connection:
            settled = endings.settle(connection, lease, end, None, self.now)
        if stale and end in TRANSITIONS.get(self.states[job], ()):
            if not captures(self.states[job], end):
                self.give_back(job)
            self.known(settled, end)
        else:
            assert settled is None

    @precondition(lambda self: self.states)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        job = data.draw(st.sampled_from(sorted(self.states)))
        with self.step() as connection:
            cancelled = endings.cancel(connection, job, self.now)
        match self.states[job]:
            case JobState.ACCEPTED | JobState.QUEUED:
                self.give_back(job)
                self.known(cancelled, JobState.CANCELLED)
            case JobState.PAINTING:
                self.known(cancelled, JobState.PAINTING)
            case _:
                assert cancelled is None

    @precondition(lambda self: self.states)
    @rule(data=st.data())
    def abandon(self, data: st.DataObject) -> None:
        job = data.draw(st.sampled_from(sorted(self.states)))
        with self.step() as connection:
            abandoned = endings.abandon(connection, job, self.now)
        if self.states[job] is JobState.ACCEPTED:
            self.give_back(job)
            self.known(abandoned, JobState.FAILED)
        else:
            assert abandoned is None

    @rule()
    def turn_away(self) -> None:
        with self.step() as connection:
            turned = endings.turn_away(connection, "daily_bound", self.now)
        assert {job.id for job in turned} == {job for job, state in self.states.items() if state is JobState.QUEUED}
        for job in turned:
            self.give_back(job.id)
            self.known(job, JobState.FAILED)

    @rule(hours=st.integers(-48, 24 * 40))
    def time_moves(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(allowance=st.none() | st.integers(0, 15), kind=KINDS)
    def the_plan_changes(self, allowance: int | None, kind: PeriodKind) -> None:
        self.plan = Plan(allowance, kind)

    @rule()
    def a_worker_dies(self) -> None:
        self.workers += 1
        self.connection.execute(update(jobs).values(lease_until=0))
        with self.step() as connection:
            taken = leasing.take_over(connection, f"worker-{self.workers}", sole=False)
        under_way = {JobState.ACCEPTED, JobState.PAINTING, JobState.PAINTED}
        assert {job.id for job in taken} == {job for job, state in self.states.items() if state in under_way}
        for job in taken:
            self.known(job, self.states[job.id])

    @invariant()
    def the_books_are_right(self) -> None:
        assert audit(self.connection) == []

    @invariant()
    def the_balance_is_the_models(self) -> None:
        if self.model is not None:
            model = self.up_to_date()
            pool = money.lock_pool(self.connection, GUILD, self.plan, self.now)
            assert pool.number == model.period
            assert pool.allowance_left == (None if self.plan.allowance is None else model.left)
            assert pool.bonus == model.bonus


def test_credits_and_jobs_agree_whatever_happens(migrated_file: Path) -> None:
    Ledger.template = migrated_file
    run_state_machine_as_test(Ledger, settings=effort(15, steps=30))
