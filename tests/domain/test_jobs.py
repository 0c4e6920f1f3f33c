from datetime import timedelta
from itertools import product

import pytest

from bot.domain.credits import Split
from bot.domain.jobs import BUSY_STATES, OPEN_STATES, TRANSITIONS, JobState, Lease, captures, job_id
from tests.examples import NOON, a_job

ENDS = frozenset(state for state in JobState if state.ended)


def test_the_open_states_are_those_that_lead_on() -> None:
    assert set(TRANSITIONS) == OPEN_STATES == set(JobState) - ENDS
    assert set(JobState) - ENDS - BUSY_STATES == {JobState.KEPT}
    assert {it.value for it in ENDS} == {"delivered", "moderated", "failed", "cancelled", "lost", "expired"}


def test_every_state_is_reached_from_the_first() -> None:
    reached = {JobState.ACCEPTED}
    for _ in JobState:
        reached |= {after for before in reached & OPEN_STATES for after in TRANSITIONS[before]}
    assert reached == set(JobState)


def test_no_job_goes_back_or_stays() -> None:
    order = list(JobState)
    assert all(order.index(before) < order.index(after) for before in TRANSITIONS for after in TRANSITIONS[before])


@pytest.mark.parametrize("state", sorted(BUSY_STATES))
def test_from_every_busy_state_a_job_can_fail_or_be_cancelled(state: JobState) -> None:
    assert {JobState.FAILED, JobState.CANCELLED} <= TRANSITIONS[state]


def test_a_paid_call_of_unknown_outcome_is_lost_and_nothing_else_is() -> None:
    assert [state for state in TRANSITIONS if JobState.LOST in TRANSITIONS[state]] == [JobState.PAINTING]


def test_only_a_shown_picture_or_one_made_for_a_late_cancel_keeps_its_price() -> None:
    kept = {(before, end) for before, end in product(OPEN_STATES, ENDS) if captures(before, end)}
    possible = {(before, end) for before, end in kept if end in TRANSITIONS[before]}
    assert possible == {
        (JobState.PAINTED, JobState.DELIVERED),
        (JobState.PAINTED, JobState.CANCELLED),
        (JobState.KEPT, JobState.DELIVERED),
    }


def test_what_is_kept_is_shown_or_expires() -> None:
    assert TRANSITIONS[JobState.KEPT] == {JobState.DELIVERED, JobState.EXPIRED}


def test_a_job_is_named_after_its_interaction() -> None:
    assert (job_id(5), job_id(5, 3)) == ("5-0", "5-3")


def test_a_job_knows_its_price_and_its_lease() -> None:
    job = a_job(split=Split(2, 3), owner="worker", lease=4)
    assert job.price == 5
    assert job.held_lease == Lease(job.id, "worker", 4)
    assert a_job().held_lease.owner == ""


def test_a_job_knows_how_long_the_provider_took_once_it_answered() -> None:
    assert a_job().seconds is None
    assert a_job(painting_at=NOON).seconds is None
    assert a_job(painting_at=NOON, painted_at=NOON + timedelta(seconds=12.5)).seconds == 12.5


def test_the_repr_of_a_job_does_not_tell_the_prompt() -> None:
    assert "fox" not in repr(a_job())
    assert "fox" not in str(a_job().parameters)
