import pytest

from bot.adapters.monitoring import Pulse, pulse

LIMIT = 60.0


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    stopwatch = Stopwatch()
    monkeypatch.setattr(pulse, "monotonic", stopwatch)
    return stopwatch


def test_what_has_not_begun_is_not_missed(stopwatch: Stopwatch) -> None:
    pulse = Pulse(LIMIT)
    stopwatch.seconds += 2 * LIMIT
    assert pulse.is_steady()


def test_what_goes_on_is_steady_and_what_stays_away_is_not(stopwatch: Stopwatch) -> None:
    pulse = Pulse(LIMIT)
    for _ in range(3):
        pulse.beat()
        stopwatch.seconds += LIMIT - 1
        assert pulse.is_steady()
    stopwatch.seconds += 1
    assert not pulse.is_steady()
    pulse.beat()
    assert pulse.is_steady()
