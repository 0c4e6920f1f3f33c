import re
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.jobs import JobId, job_id
from bot.ui.buttons import BUTTONS, JOB_BUTTONS
from bot.ui.custom_ids import (
    CONFIRM,
    HISTORY,
    KNOWN,
    REPORT_FORM,
    Kind,
    button_id,
    confirm_id,
    known,
    report_form_id,
    template,
)
from bot.ui.history import custom_id_of, spot_of
from bot.ui.searches import Spot, Topic, Wanted

JOBS = st.builds(job_id, st.integers(0, 2**64 - 1), st.integers(0, 99))
DAYS = st.none() | st.dates(date(2015, 1, 1), date(2099, 12, 31))
SPOTS = st.builds(
    Spot,
    st.builds(Wanted, st.none() | st.integers(1, 2**63 - 1), st.none() | st.sampled_from(Topic), DAYS, DAYS),
    st.integers(1, 2**63 - 1),
    st.integers(0, 99),
)

# Written on cards that are out there: whatever becomes of the versions, these stay answered.
WRITTEN = {
    "reroll:1:1234567890123456789-0": Kind.REROLL,
    "more:1:1234567890123456789-0": Kind.MORE,
    "report:1:1234567890123456789-0": Kind.REPORT,
    "retry:1:1234567890123456789-3": Kind.RETRY,
    "cancel:1:1234567890123456789-0": Kind.CANCEL,
    "cancel-anyway:1:1234567890123456789-0": Kind.CANCEL_ANYWAY,
    "fetch:1:1234567890123456789-0": Kind.FETCH,
}

TOPICS = ["pictures", "spent", "staff", "extra", "caps", "exempt", "resets", "allowance", "operator"]
"""The same holds for these, in the buttons of a history."""


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


@given(st.integers(0, 2**64 - 1))
def test_a_confirm_button_is_known_by_one_pattern_and_holds_its_key(interaction: int) -> None:
    custom_id = confirm_id(str(interaction))
    assert len(custom_id) <= 100
    assert matching(custom_id) == [CONFIRM]
    found = re.fullmatch(CONFIRM, custom_id)
    assert found is not None
    assert found["key"] == str(interaction)


@given(SPOTS)
def test_a_page_of_the_history_is_known_by_one_pattern_and_holds_the_whole_question(spot: Spot) -> None:
    custom_id = custom_id_of(spot)
    assert len(custom_id) <= 100
    assert matching(custom_id) == [HISTORY]
    found = re.fullmatch(HISTORY, custom_id)
    assert found is not None
    assert spot_of(found) == spot


@given(st.from_regex(HISTORY, fullmatch=True))
def test_a_forged_page_is_read_or_refused_but_never_breaks_anything(custom_id: str) -> None:
    found = re.fullmatch(HISTORY, custom_id)
    assert found is not None
    spot = spot_of(found)
    if spot is not None:
        spot.wanted.search(1)
        found = re.fullmatch(HISTORY, custom_id_of(spot))
        assert found is not None
        assert spot_of(found) == spot


@pytest.mark.parametrize(
    ("custom_id", "spot"),
    [
        ("history:1:::::12:0", Spot(Wanted(), 12, 0)),
        (
            "history:1:1234567890123456789:exempt:20260131:20260301:77:9",
            Spot(Wanted(1234567890123456789, Topic.EXEMPT, date(2026, 1, 31), date(2026, 3, 1)), 77, 9),
        ),
        *((f"history:1::{topic}:::5:1", Spot(Wanted(topic=Topic(topic)), 5, 1)) for topic in TOPICS),
    ],
)
def test_pages_that_were_sent_stay_known(custom_id: str, spot: Spot) -> None:
    found = re.fullmatch(HISTORY, custom_id)
    assert found is not None
    assert spot_of(found) == spot
    assert known("confirm:1:1234567890123456789")


@pytest.mark.parametrize(("custom_id", "kind"), WRITTEN.items())
def test_ids_on_old_cards_stay_known(custom_id: str, kind: Kind) -> None:
    assert known(custom_id)
    assert custom_id.startswith(f"{kind}:")


def test_a_form_that_was_opened_before_an_update_stays_known() -> None:
    assert known("report-form:1:1234567890123456789-0:0badcafe")


def test_every_kind_is_written_here_and_has_its_button() -> None:
    assert set(WRITTEN.values()) == set(Kind) == {button.kind for button in JOB_BUTTONS}
    assert len(JOB_BUTTONS) == len(Kind)
    assert set(TOPICS) == set(Topic)
    templates = [button.__discord_ui_compiled_template__.pattern for button in BUTTONS]
    assert sorted([*templates, REPORT_FORM.pattern]) == sorted(pattern.pattern for pattern in KNOWN)


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
        "confirm:1:",
        "confirm:1:x",
        "confirm:1:123456789012345678901",
        "confirm:2:1",
        "history:1:::::12",
        "history:1:::::12:100",
        "history:1:::::12:\u0661",
        "history:1::CAPS:::12:1",
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
