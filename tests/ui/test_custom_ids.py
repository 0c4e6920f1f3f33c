from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.jobs import JobId, job_id
from bot.ui.buttons import BUTTONS
from bot.ui.custom_ids import KNOWN, REPORT_FORM, Kind, button_id, known, report_form_id, template

JOBS = st.builds(job_id, st.integers(0, 2**64 - 1), st.integers(0, 99))

# Written on cards that are out there: whatever becomes of the versions, these stay answered.
WRITTEN = {
    "reroll:1:1234567890123456789-0": Kind.REROLL,
    "more:1:1234567890123456789-0": Kind.MORE,
    "report:1:1234567890123456789-0": Kind.REPORT,
    "retry:1:1234567890123456789-3": Kind.RETRY,
    "cancel:1:1234567890123456789-0": Kind.CANCEL,
    "cancel-anyway:1:1234567890123456789-0": Kind.CANCEL_ANYWAY,
}


def matching(custom_id: str) -> list[str]:
    return [pattern.pattern for pattern in KNOWN if pattern.fullmatch(custom_id)]


@given(st.sampled_from(Kind), JOBS)
def test_a_button_is_known_by_one_pattern_and_holds_its_job(kind: Kind, job: JobId) -> None:
    custom_id = button_id(kind, job)
    assert len(custom_id) <= 100
    assert matching(custom_id) == [template(kind)]
    (pattern,) = (pattern for pattern in KNOWN if pattern.pattern == template(kind))
    found = pattern.fullmatch(custom_id)
    assert found is not None
    assert found["job"] == job


@given(JOBS)
def test_a_form_is_known_by_one_pattern_and_new_at_each_opening(job: JobId) -> None:
    custom_id = report_form_id(job)
    assert len(custom_id) <= 100
    assert custom_id != report_form_id(job)
    assert matching(custom_id) == [REPORT_FORM.pattern]
    found = REPORT_FORM.fullmatch(custom_id)
    assert found is not None
    assert found["job"] == job


@pytest.mark.parametrize(("custom_id", "kind"), WRITTEN.items())
def test_ids_on_old_cards_stay_known(custom_id: str, kind: Kind) -> None:
    assert known(custom_id)
    assert custom_id.startswith(f"{kind}:")


def test_a_form_that_was_opened_before_an_update_stays_known() -> None:
    assert known("report-form:1:1234567890123456789-0:0badcafe")


def test_every_kind_is_written_here_and_has_its_button() -> None:
    assert set(WRITTEN.values()) == set(Kind) == {button.kind for button in BUTTONS}
    assert len(BUTTONS) == len(Kind)


@pytest.mark.parametrize(
    "custom_id",
    [
        "",
        "reroll",
        "reroll:1:",
        "reroll:1:12",
        "reroll:1:12-",
        "reroll:1:12-0:x",
        "reroll:2:12-0",
        "reroll:1:12-0\n",
        " reroll:1:12-0",
        "REROLL:1:12-0",
        "reroll:1:\u0661\u0662-\u0660",
        "reroll:1:123456789012345678901-0",
        "reroll:1:12-100",
        "cancel-anyhow:1:12-0",
        "report-form:1:12-0",
        "report-form:1:12-0:",
        "report-form:1:12-0:XYZ",
        "0badcafe0badcafe0badcafe0badcafe",
    ],
)
def test_what_no_version_wrote_is_unknown(custom_id: str) -> None:
    assert not known(custom_id)


@given(st.text(max_size=100))
def test_no_id_means_two_things(custom_id: str) -> None:
    assert len(matching(custom_id)) <= 1


def test_no_kind_is_taken_for_another() -> None:
    for one, other in product(Kind, Kind):
        assert (template(other) in matching(button_id(one, job_id(5)))) == (one is other)
