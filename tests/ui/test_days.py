from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.refusals import BadParametersError
from bot.ui.days import day, span
from bot.ui.searches import Wanted
from bot.ui.words import history as words

DAYS = st.dates(date(2015, 1, 1), date(2099, 12, 31))
NAMES = [
    words.TODAY,
    words.YESTERDAY,
    words.THIS_WEEK,
    words.LAST_WEEK,
    words.THIS_MONTH,
    words.LAST_MONTH,
    words.THIS_PERIOD,
    words.LAST_7_DAYS,
    words.LAST_30_DAYS,
]


@given(DAYS)
def test_a_day_is_read_as_it_is_written(today: date) -> None:
    assert day(str(today)) == today
    assert span("since", f" {today} ", date(2026, 1, 1), date(2026, 1, 1)) == (today, today)


@pytest.mark.parametrize("text", ["2014-12-31", "2100-01-01", "2026-02-29", "2026-1-1", "20260101", "2026-W01-1", ""])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day(text) is None


@given(st.text(max_size=12).filter(lambda text: day(text.strip()) is None and text.strip().casefold() not in NAMES))
def test_anything_else_that_is_typed_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadParametersError) as refused:
        span("since", text, date(2026, 3, 4), date(2026, 3, 1))
    assert refused.value.problems == [("since", words.BAD_DAY)]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", date(2024, 3, 1), date(2024, 3, 1)),
        ("yesterday", date(2024, 2, 29), date(2024, 2, 29)),
        ("This Week", date(2024, 2, 26), date(2024, 3, 1)),
        ("last week", date(2024, 2, 19), date(2024, 2, 25)),
        ("this month", date(2024, 3, 1), date(2024, 3, 1)),
        ("last month", date(2024, 2, 1), date(2024, 2, 29)),
        ("this period", date(2024, 2, 20), date(2024, 3, 1)),
        ("last 7 days", date(2024, 2, 24), date(2024, 3, 1)),
        ("last 30 days", date(2024, 2, 1), date(2024, 3, 1)),
    ],
)
def test_stretches_have_names_also_around_a_leap_day(name: str, first: date, last: date) -> None:
    assert span("since", name, date(2024, 3, 1), date(2024, 2, 20)) == (first, last)


@given(DAYS, st.sampled_from(NAMES))
def test_a_named_stretch_ends_no_later_than_today(today: date, name: str) -> None:
    first, last = span("until", name, today, today.replace(day=1))
    assert first <= last <= today


@given(DAYS, DAYS)
def test_both_days_are_searched_whole(since: date, until: date) -> None:
    search = Wanted(since=since, until=until).search(10)
    assert search.guild == 10
    assert search.since == datetime.combine(since, time.min, tzinfo=UTC)
    assert search.until == datetime.combine(until, time.min, tzinfo=UTC) + timedelta(days=1)
