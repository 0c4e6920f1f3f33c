from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.credits import PeriodKind, Plan, Pool, Split, next_day

DAYS = st.dates(date(2000, 1, 1), date(2200, 1, 1))
MOMENTS = st.datetimes(
    datetime(2000, 1, 2),  # noqa: DTZ001 - the strategy adds the time zone
    datetime(2200, 1, 1),  # noqa: DTZ001 - likewise
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
KINDS = st.sampled_from(PeriodKind)
AMOUNTS = st.integers(0, 10**9)


def pools(allowance: st.SearchStrategy[int | None] = AMOUNTS) -> st.SearchStrategy[Pool]:
    return st.builds(
        Pool,
        st.builds(Plan, allowance, KINDS),
        number=st.integers(1, 1000),
        start=DAYS,
        spent=AMOUNTS,
        held=AMOUNTS,
        bonus=AMOUNTS,
        bonus_held=AMOUNTS,
    )


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("kind", "now", "start", "ends"),
    [
        (PeriodKind.DAY, "2028-02-28T23:59:59+00:00", "2028-02-28", "2028-02-29"),
        (PeriodKind.DAY, "2028-02-29T00:00:00+00:00", "2028-02-29", "2028-03-01"),
        (PeriodKind.DAY, "2026-03-01T01:30:00+02:00", "2026-02-28", "2026-03-01"),
        (PeriodKind.DAY, "2026-12-31T22:00:00-05:00", "2027-01-01", "2027-01-02"),
        (PeriodKind.WEEK, "2026-03-02T00:00:00+00:00", "2026-03-02", "2026-03-09"),
        (PeriodKind.WEEK, "2026-03-08T23:59:59+00:00", "2026-03-02", "2026-03-09"),
        (PeriodKind.WEEK, "2027-01-01T12:00:00+00:00", "2026-12-28", "2027-01-04"),
        (PeriodKind.WEEK, "2028-03-01T12:00:00+00:00", "2028-02-28", "2028-03-06"),
        (PeriodKind.MONTH, "2026-02-28T23:59:59+00:00", "2026-02-01", "2026-03-01"),
        (PeriodKind.MONTH, "2028-02-29T12:00:00+00:00", "2028-02-01", "2028-03-01"),
        (PeriodKind.MONTH, "2026-04-30T12:00:00+00:00", "2026-04-01", "2026-05-01"),
        (PeriodKind.MONTH, "2026-12-31T23:59:59+00:00", "2026-12-01", "2027-01-01"),
        (PeriodKind.MONTH, "2026-12-31T23:59:59-01:00", "2027-01-01", "2027-02-01"),
    ],
)
def test_a_period_begins_and_ends_at_midnight_utc(kind: PeriodKind, now: str, start: str, ends: str) -> None:
    began = kind.start(at(now))
    assert began == date.fromisoformat(start)
    assert kind.next_start(began) == at(f"{ends}T00:00:00+00:00")


@given(KINDS, MOMENTS)
def test_every_moment_lies_in_its_period(kind: PeriodKind, now: datetime) -> None:
    start = kind.start(now)
    assert datetime.combine(start, time.min, tzinfo=UTC) <= now < kind.next_start(start)


@given(KINDS, MOMENTS)
def test_periods_follow_each_other_without_gap(kind: PeriodKind, now: datetime) -> None:
    ends = kind.next_start(kind.start(now))
    assert kind.start(ends) == ends.date()
    assert kind.start(ends - timedelta(microseconds=1)) == kind.start(now)


@given(MOMENTS)
def test_a_week_begins_on_monday_and_a_month_has_its_own_length(now: datetime) -> None:
    monday, first = PeriodKind.WEEK.start(now), PeriodKind.MONTH.start(now)
    assert monday.weekday() == 0
    assert (PeriodKind.MONTH.next_start(first).date() - first).days == monthrange(first.year, first.month)[1]


@given(MOMENTS)
def test_the_count_of_calls_begins_anew_at_the_next_midnight(now: datetime) -> None:
    assert timedelta(0) < next_day(now) - now <= timedelta(days=1)
    assert next_day(now).astimezone(UTC).time() == time.min


@given(pools(), AMOUNTS)
def test_a_price_is_paid_by_the_allowance_first_and_never_overdraws(pool: Pool, price: int) -> None:
    split, left = pool.split(price), pool.allowance_left
    assert left is not None
    if split is None:
        assert price > left + pool.bonus
        return
    assert split.price == price
    assert 0 <= split.allowance <= left
    assert 0 <= split.bonus <= pool.bonus
    assert split.bonus == 0 or split.allowance == left


@given(pools(st.none()), AMOUNTS)
def test_an_unlimited_guild_pays_from_its_allowance_and_keeps_its_bonus(pool: Pool, price: int) -> None:
    assert pool.split(price) == Split(price, 0)
    assert pool.allowance_left is None
    assert pool.available is None


@given(pools())
def test_what_is_available_is_never_negative_and_can_be_spent_to_the_last_credit(pool: Pool) -> None:
    available = pool.available
    assert available is not None
    assert available >= pool.bonus
    assert pool.split(available) is not None
    assert pool.split(available + 1) is None


def test_a_plan_that_shrinks_below_what_is_held_leaves_the_bonus_alone() -> None:
    pool = Pool(Plan(5, PeriodKind.MONTH), 1, date(2026, 3, 1), spent=4, held=4, bonus=3, bonus_held=2)
    assert (pool.allowance_left, pool.available, pool.all_held) == (0, 3, 6)
    assert pool.split(3) == Split(0, 3)


@given(pools(), MOMENTS)
def test_a_period_of_the_same_plan_begins_once_and_never_goes_back(pool: Pool, now: datetime) -> None:
    start = pool.due(pool.plan, now)
    assert (start is not None) == (pool.plan.period.start(now) > pool.start)
    if start is not None:
        assert start > pool.start
        begun = Pool(pool.plan, pool.number + 1, start)
        assert begun.due(pool.plan, now) is None
        assert begun.due(pool.plan, now - timedelta(days=400)) is None
        assert begun.due(pool.plan, begun.refills_at) == begun.refills_at.date()


@given(KINDS, KINDS, MOMENTS)
def test_another_kind_of_period_begins_at_once_and_once_only(old: PeriodKind, new: PeriodKind, now: datetime) -> None:
    pool, plan = Pool(Plan(5, old), 1, old.start(now)), Plan(5, new)
    assert pool.due(plan, now) == (None if old is new else new.start(now))
    assert Pool(plan, 2, new.start(now)).due(plan, now) is None


def test_another_allowance_begins_no_new_period() -> None:
    pool = Pool(Plan(5, PeriodKind.DAY), 1, date(2026, 3, 4))
    assert pool.due(Plan(50, PeriodKind.DAY), at("2026-03-04T23:00:00+00:00")) is None
