import re
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.jobs import JobId, job_id
from bot.ui import custom_ids as ids
from bot.ui.buttons import BUTTONS, JOB_BUTTONS
from bot.ui.custom_ids import (
    CONFIRM,
    FORMS,
    HISTORY,
    KNOWN,
    REPORT_FORM,
    Kind,
    button_id,
    confirm_id,
    known,
    report_form_id,
    template,
    words_form_id,
    words_id,
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
    "dismiss:1:1234567890123456789-0": Kind.DISMISS,
    "remove:1:1234567890123456789-0": Kind.REMOVE,
    "block-asker:1:1234567890123456789-0": Kind.BLOCK_ASKER,
    "favourite:1:1234567890123456789-0": Kind.FAVOURITE,
    "unfavourite:1:1234567890123456789-0": Kind.UNFAVOURITE,
    "delete:1:1234567890123456789-0": Kind.DELETE,
    "delete-anyway:1:1234567890123456789-0": Kind.DELETE_ANYWAY,
    "show-again:1:1234567890123456789-0": Kind.SHOW_AGAIN,
    "remix:1:1234567890123456789-0": Kind.REMIX,
    "variations:1:1234567890123456789-3": Kind.VARIATIONS,
    "edit:1:1234567890123456789-0": Kind.EDIT,
}

TOPICS = ["pictures", "spent", "staff", "extra", "caps", "exempt", "resets", "allowance", "operator"]
"""The same holds for these, in the buttons of a history."""


PANELS = {
    "panel:1:pages": "panel",
    "panel-turn:1:blocked:12": "panel-turn",
    "set:1:channels:0": "set",
    "set:1:defaults.aspect_ratio:999999999999999999": "set",
    "set-edit:1:cooldown:17": "set-edit",
    "set-tidy:1:log.made:17": "set-tidy",
    "set-undo:1:17:places": "set-undo",
    "set-form:1:defaults.steps:17:0badcafe": "set-form",
    "block:1:member": "block",
    "block-form:1:member:0badcafe": "block-form",
    "unblock:1:1234567890123456789": "unblock",
    "cap-of:1:everybody": "cap-of",
    "cap-of:1:role": "cap-of",
    "cap-of:1:exempt": "cap-of",
    "cap-form:1:1234567890123456789:0badcafe": "cap-form",
    "cap-confirm:1:1234567890123456789": "cap-confirm",
    "deeds:1:setting:1234567890123456789:17:3": "deeds",
    "deeds:1:::0:0": "deeds",
    "deeds-of:1:event::": "deeds-of",
    "deeds-of:1:actor:block:1234567890123456789": "deeds-of",
}
"""Written in the moderators' panels that are open while the bot is updated."""
MEMBERS = {
    "remix-form:1:1234567890123456789-0:0badcafe": "remix-form",
    "vary:1:1234567890123456789-12:4:1": "vary",
    "own:1:aspect_ratio": "own",
    "own-edit:1:steps": "own-edit",
    "own-clear:1:all": "own-clear",
    "own-form:1:output_quality:0badcafe": "own-form",
}
"""The same in what members have open."""


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


@pytest.mark.parametrize(("custom_id", "kind"), (PANELS | MEMBERS).items())
def test_ids_in_open_panels_stay_known_and_mean_one_thing(custom_id: str, kind: str) -> None:
    (pattern,) = matching(custom_id)
    assert pattern.startswith(f"{kind}:1:")


def test_what_a_panel_writes_today_is_known() -> None:
    written = [
        ids.panel_id(),
        ids.panel_turn_id("blocked", 999),
        *(make("defaults.prompt_upsampling", 10**18 - 1) for make in (ids.set_id, ids.set_edit_id, ids.set_tidy_id)),
        ids.set_undo_id(10**18 - 1, "places"),
        ids.set_form_id("defaults.prompt_upsampling", 10**18 - 1),
        ids.block_id(),
        ids.block_form_id(),
        ids.unblock_id(2**63 - 1),
        ids.cap_of_id("everybody"),
        ids.cap_form_id(2**63 - 1),
        ids.cap_confirm_id("9" * 20),
        ids.deeds_id("setting", str(2**63 - 1), 10**18 - 1, 99),
        ids.deeds_of_id("actor", "setting", str(2**63 - 1)),
        ids.remix_form_id(job_id(2**64 - 1, 99)),
        ids.vary_id(job_id(2**64 - 1, 99), 4, 10**17),
        *(make("prompt_upsampling") for make in (ids.own_id, ids.own_edit_id, ids.own_form_id)),
        ids.own_clear_id(),
    ]
    assert [len(matching(custom_id)) for custom_id in written] == [1] * len(written)
    assert max(map(len, written)) <= 100
    assert ids.own_form_id("steps") != ids.own_form_id("steps")
    assert ids.remix_form_id(job_id(1)) != ids.remix_form_id(job_id(1))
    assert ids.set_form_id("cooldown", 1) != ids.set_form_id("cooldown", 1), "Discord keeps what was typed into a form"


def test_a_form_that_was_opened_before_an_update_stays_known() -> None:
    assert known("report-form:1:1234567890123456789-0:0badcafe")


def test_every_kind_is_written_here_and_has_its_button() -> None:
    assert set(WRITTEN.values()) == set(Kind) == {button.kind for button in JOB_BUTTONS}
    assert len(JOB_BUTTONS) == len(Kind)
    assert set(TOPICS) == set(Topic)
    templates = [button.__discord_ui_compiled_template__.pattern for button in BUTTONS]
    assert sorted([*templates, *(form.pattern for form in FORMS)]) == sorted(pattern.pattern for pattern in KNOWN)


@pytest.mark.parametrize("act", ["edit", "exceptions", "test", "import", "offered", "export"])
def test_the_buttons_about_words_stay_known_and_mean_one_thing(act: str) -> None:
    assert words_id(act) == f"words:1:{act}"
    assert len(matching(f"words:1:{act}")) == 1


@pytest.mark.parametrize("act", ["edit", "exceptions", "test", "import"])
def test_the_forms_about_words_stay_known_and_mean_one_thing(act: str) -> None:
    assert len(matching(f"words-form:1:{act}:0:17:0badcafe")) == 1
    written = words_form_id(act, 10**18 - 1, 10**18 - 1)
    assert len(written) <= 100
    assert len(matching(written)) == 1
    assert words_form_id(act, 1, 1) != words_form_id(act, 1, 1)


@pytest.mark.parametrize(
    "custom_id",
    [
        "",
        "words:1:",
        "words:1:remove",
        "words-form:1:offered:0:0:0badcafe",
        "words-form:1:edit:0:0badcafe",
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
        "vary:1:12-0:0:1",
        "vary:1:12-0:4:01",
        "vary:1:12-0:4",
        "own:1:",
        "own-clear:1:one",
        "own-form:1:steps:",
        "remix-form:1:12-0",
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
