"""The guild's pool: an allowance per period, spent first, and bonus credits that stay."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.caps import CapRules


class PeriodKind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def start(self, now: datetime) -> date:
        """The first UTC day of the period that `now` lies in; weeks begin on Monday."""
        today = now.astimezone(UTC).date()
        if self is PeriodKind.DAY:
            return today
        if self is PeriodKind.WEEK:
            return today - timedelta(days=today.weekday())
        return today.replace(day=1)

    def next_start(self, start: date) -> datetime:
        """When the period that began at `start` ends and the allowance returns."""
        if self is PeriodKind.DAY:
            return _midnight(start + timedelta(days=1))
        if self is PeriodKind.WEEK:
            return _midnight(start + timedelta(days=7))
        return _midnight((start + timedelta(days=31)).replace(day=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def next_day(now: datetime) -> datetime:
    """When the count of the provider's calls begins anew."""
    return PeriodKind.DAY.next_start(PeriodKind.DAY.start(now))


@dataclass(frozen=True, slots=True)
class Plan:
    """What the operator gives a guild: `allowance` credits per period, None for unlimited."""

    allowance: int | None
    period: PeriodKind


@dataclass(frozen=True, slots=True)
class Split:
    """A price, parted into what the allowance pays and what the bonus pays."""

    allowance: int
    bonus: int

    @property
    def price(self) -> int:
        return self.allowance + self.bonus


@dataclass(frozen=True, slots=True)
class Pool:
    """A guild's credits in its period `number`, which began on `start`.

    The number only grows, also where a change of plan begins a period anew on the same day. `spent` and
    `held` count the allowance alone; `bonus` is what is free of it, `bonus_held` what jobs hold. A plan of its
    own does not follow the installation's.
    """

    plan: Plan
    number: int
    start: date
    spent: int = 0
    held: int = 0
    bonus: int = 0
    bonus_held: int = 0
    rules: CapRules = field(default_factory=CapRules)
    own_plan: bool = False
    paused: bool = False

    @property
    def allowance_left(self) -> int | None:
        """None is unlimited. Never negative: a plan may shrink below what is held already."""
        if self.plan.allowance is None:
            return None
        return max(0, self.plan.allowance - self.spent - self.held)

    @property
    def available(self) -> int | None:
        left = self.allowance_left
        return None if left is None else left + self.bonus

    @property
    def all_held(self) -> int:
        return self.held + self.bonus_held

    @property
    def refills_at(self) -> datetime:
        return self.plan.period.next_start(self.start)

    def plan_under(self, house: Plan) -> Plan:
        return self.plan if self.own_plan else house

    def due(self, plan: Plan, now: datetime) -> date | None:
        """The start of the period to begin under `plan`, or None while the running one lasts.

        A clock that jumps back begins none.
        """
        start = plan.period.start(now)
        return start if plan.period is not self.plan.period or start > self.start else None

    def split(self, price: int) -> Split | None:
        """How a price would be paid, or None where the credits do not suffice."""
        left = self.allowance_left
        if left is None:
            return Split(price, 0)
        if price > left + self.bonus:
            return None
        return Split(min(price, left), max(0, price - left))


def balance(pool: Pool) -> int:
    """The allowance as the ledger keeps it: below zero where more is used than was given."""
    return (pool.plan.allowance or 0) - pool.spent - pool.held
