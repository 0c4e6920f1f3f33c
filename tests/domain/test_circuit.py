from datetime import timedelta

import pytest

from bot.domain.circuit import OUTAGE_AFTER, Circuit, Trouble
from bot.domain.failures import (
    AuthenticationError,
    BadReplyError,
    InvalidRequestError,
    ModeratedError,
    PaintingError,
    ProviderBusyError,
    ProviderCreditsError,
    ProviderFaultError,
    ProviderTimeoutError,
    RateLimitedError,
)
from tests.examples import NOON

PASSING = [RateLimitedError(), ProviderBusyError(), ProviderFaultError(), ProviderTimeoutError(), RateLimitedError()]
LATER = NOON + timedelta(minutes=1)


def outage() -> Circuit:
    circuit = Circuit()
    for error in PASSING:
        assert circuit.lets_through(NOON)
        circuit = circuit.after(error, NOON)
    return circuit


@pytest.mark.parametrize(
    ("error", "trouble"), [(AuthenticationError(), Trouble.KEY), (ProviderCreditsError(), Trouble.CREDITS)]
)
def test_what_fails_every_order_opens_it_at_once(error: PaintingError, trouble: Trouble) -> None:
    circuit = Circuit().after(error, NOON)
    assert (circuit.trouble, circuit.since, trouble.passes) == (trouble, NOON, False)
    assert not circuit.lets_through(LATER - timedelta(seconds=1))
    assert circuit.lets_through(LATER)


def test_failures_in_a_row_open_it_and_a_picture_between_them_does_not() -> None:
    assert len(PASSING) == OUTAGE_AFTER
    circuit = outage()
    assert circuit.trouble is Trouble.OUTAGE
    assert circuit.trouble.passes
    broken = Circuit()
    for error in [*PASSING[1:], None, *PASSING[1:]]:
        broken = broken.after(error, NOON)
    assert broken.trouble is None


def test_one_probe_passes_at_a_time_and_they_become_rarer() -> None:
    circuit = outage().probed(NOON)
    waits = []
    now = NOON
    for _ in range(6):
        assert not circuit.lets_through(now)
        assert circuit.probe_at is not None
        waits.append((circuit.probe_at - now).total_seconds())
        now = circuit.probe_at
        assert circuit.lets_through(now)
        circuit = circuit.probed(now).after(ProviderFaultError(), now)
    assert waits == [30, 60, 120, 240, 300, 300]
    assert circuit.since == NOON
    assert Circuit().probed(NOON) == Circuit()


def test_a_clock_that_jumps_back_makes_nobody_wait_for_it() -> None:
    for circuit in (outage(), outage().probed(NOON), Circuit().after(AuthenticationError(), NOON)):
        assert not circuit.lets_through(NOON)
        assert circuit.lets_through(NOON - timedelta(hours=1))


@pytest.mark.parametrize("error", [None, ModeratedError(), InvalidRequestError()], ids=repr)
def test_whatever_shows_that_orders_are_taken_closes_it(error: PaintingError | None) -> None:
    for circuit in (outage(), Circuit().after(AuthenticationError(), NOON)):
        assert circuit.after(error, LATER) == Circuit()


def test_an_answer_that_says_nothing_changes_nothing() -> None:
    assert outage().after(BadReplyError(), LATER) == outage()


def test_the_trouble_that_came_last_is_the_one_told() -> None:
    circuit = outage().after(AuthenticationError(), LATER)
    assert (circuit.trouble, circuit.since) == (Trouble.KEY, LATER)
    assert circuit.after(AuthenticationError(), LATER + timedelta(hours=1)) == circuit
