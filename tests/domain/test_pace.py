from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pace import Pace

SECONDS = st.floats(0, 10_000)


@given(SECONDS, st.lists(SECONDS, max_size=20))
def test_the_pace_stays_within_what_was_seen(first: float, seen: list[float]) -> None:
    pace = Pace(first)
    for seconds in seen:
        pace = pace.after(seconds)
    assert min([first, *seen]) - 1e-6 <= pace.seconds <= max([first, *seen]) + 1e-6


@given(SECONDS, SECONDS)
def test_the_pace_follows_a_lasting_change(before: float, now: float) -> None:
    pace = Pace(before)
    for _ in range(30):
        pace = pace.after(now)
    assert abs(pace.seconds - now) <= abs(before - now) / 100 + 1e-6


@given(st.builds(Pace, SECONDS), st.integers(1, 10_000), st.integers(1, 256))
def test_a_later_place_is_never_ready_sooner(pace: Pace, place: int, at_once: int) -> None:
    assert pace.seconds <= pace.until_ready(place, at_once) <= pace.until_ready(place + 1, at_once)


def test_as_many_as_are_painted_at_once_are_ready_together() -> None:
    assert [Pace(10).until_ready(place, 4) for place in (1, 4, 5, 8, 9)] == [10, 10, 20, 20, 30]
