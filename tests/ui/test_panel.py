"""Every page of the moderators' panel at its largest, against the limits that Discord sets."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from discord.ui import LayoutView, Modal, TextDisplay
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.acts import Act, Change, Target, TargetKind, Verb
from bot.domain.caps import CapRules, RoleRule
from bot.domain.credits import PeriodKind, Plan, Pool
from bot.domain.parameters import OPTIONS
from bot.domain.records import Block, Deed, Event, Record, Regulations
from bot.domain.rule_refusals import BadSettingError
from bot.domain.rules import Family, GuildRules, Rerollers
from bot.services.office import Page
from bot.services.steward import Proposal
from bot.ui.panel import audit, blocked, spending, widgets
from bot.ui.panel.block_form import BlockForm
from bot.ui.panel.cap_form import CapForm
from bot.ui.panel.input import chosen, coded, span, typed
from bot.ui.panel.pages import PAGES
from bot.ui.panel.presence import Presence
from bot.ui.panel.setting_form import SettingForm
from bot.ui.panel.table import BY_KEY, SETTINGS, TYPED, Control, Setting, on_page
from bot.ui.panel.view import Notice, Spot, framed
from bot.ui.panel.widgets import Part
from bot.ui.wordlists.page import words_items
from bot.ui.words import deeds, setting_values, settings, staff
from tests.discord.panel import parts
from tests.discord_description import complaints
from tests.examples import NOON
from tests.ui.test_cards import COMPONENTS_V2, components_of

LARGEST = 2**63 - 1
NUMBER = 10**18 - 1
MARKUP = "*_~`|[]()<@&1>#:" * 25
NOTHING_THERE = Presence(frozenset(), frozenset())
BY_ITSELF = [page for page in PAGES if on_page(page) and page != "spending"]


def ids(start: int = 0) -> frozenset[int]:
    return frozenset(LARGEST - start - it for it in range(25))


def rules(start: int = 0) -> GuildRules:
    """With as much in every setting as fits."""
    lists = ("channels", "users", "barred", "unhurried", "staff", "reroll_roles")
    return GuildRules(
        **{name: ids(start) for name in lists},
        member_jobs=100,
        cooldown=86399,
        spoiler_from=6,
        moderated_an_hour=100,
        reports_to_hide=100,
        defaults={
            "aspect_ratio": "16:9",
            "output_format": "jpg",
            "output_quality": 100,
            "steps": 50,
            "guidance": 2.123456,
            "safety_tolerance": 6,
            "prompt_upsampling": True,
            "seed": 2**31 - 1 - start,
        },
        locked=frozenset(OPTIONS),
        max_steps=50,
        max_quality=100,
        reroll=Rerollers.REQUESTER,
        log=dict.fromkeys(Family, LARGEST - start),
        open_stats=True,
        inscribed=False,
        paused=True,
    )


def known() -> Regulations:
    return Regulations(rules(), revisions=dict.fromkeys(GuildRules.model_fields, NUMBER))


def deed(event: Event, subject: str, **more: Any) -> Deed:
    return Deed(key="k", guild=1, actor=LARGEST, event=event, subject=subject, reason=MARKUP, at=NOON, **more)


def setting_deed(name: str) -> Deed:
    before, after = (
        json.dumps(
            it.model_dump(mode="json")[name]
            if not isinstance(getattr(it, name), frozenset)
            else list(it.model_dump(mode="json")[name])
        )
        for it in (rules(), rules(100))
    )
    return deed(Event.SETTING, name, before=before, after=after, undoes=NUMBER)


def longest_notice(page: str) -> Notice:
    told = [deeds.changes(setting_deed(name), NOTHING_THERE) for name in {it.name for it in on_page(page)}]
    told += [setting_values.refused(it) for it in on_page(page)]
    return Notice(max(told, key=len), undo=NUMBER)


def pool() -> Pool:
    rule = RoleRule(cap=1_000_000, exempt=True, extra=1_000_000, extra_period=1)
    roles = {LARGEST - it: rule for it in range(100)}
    return Pool(Plan(10**6, PeriodKind.MONTH), 1, date(2026, 1, 1), rules=CapRules(default=10**6, roles=roles))


def proposal() -> Proposal:
    act = Act(
        key="9" * 20,
        guild=1,
        actor=LARGEST,
        verb=Verb.SET,
        target=Target(TargetKind.ROLE, LARGEST),
        amount=1_000_000,
        at=NOON,
    )
    return Proposal(act, Change(1_000_000, 999_999), act.key)


def records() -> Iterator[tuple[str, list[Record]]]:
    for name in ("channels", "defaults", "locked", "log"):
        yield name, [Record(NUMBER, setting_deed(name))] * audit.SHOWN
    until = json.dumps(NOON.isoformat())
    for event in set(Event) - {Event.SETTING}:
        yield event, [Record(NUMBER, deed(event, str(LARGEST), after=until))] * audit.SHOWN


def bodies() -> Iterator[tuple[str, Spot, list[Part], Notice | None]]:
    for page in BY_ITSELF:
        body = list(widgets.settings(on_page(page), known(), NOTHING_THERE))
        yield page, Spot(page), body, longest_notice(page)
        yield f"{page}, all there", Spot(page), list(widgets.settings(on_page(page), known(), Presence())), None
    many = Regulations(
        GuildRules(
            words=tuple(f"{it}{'&' * 90}" for it in range(99)), excepted=tuple(f"{it} {'é' * 90}" for it in range(99))
        )
    )
    yield "words", Spot("words"), words_items(many), Notice(settings.UNDO * 50)
    confirm = Notice(staff.asked(proposal()), confirm="9" * 20)
    yield "spending", Spot("spending"), spending.parts(pool(), known(), Presence()), confirm
    yield "spending changed", Spot("spending"), spending.parts(pool(), known(), Presence()), longest_notice("spending")
    blocks = [(LARGEST - it, Block(NOON if it % 2 else None, MARKUP, it)) for it in range(500)]
    for number in (0, 30, 999):
        yield f"blocked {number}", Spot("blocked"), blocked.listed(blocks, number), Notice(settings.UNDO * 50)
    for name, found in records():
        spot = Spot("records", 98, Event.SETTING, LARGEST, NUMBER)
        yield f"records of {name}", spot, audit.listed(Page(found, more=True), spot, NOTHING_THERE), None


def views() -> Iterator[tuple[str, LayoutView]]:
    for name, spot, body, notice in bodies():
        text, *items = framed(spot, body, [*PAGES], notice)
        view = LayoutView(timeout=None)
        for item in (TextDisplay[Any](text), *items):
            view.add_item(item)
        yield name, view


def test_every_page_is_tried() -> None:
    assert {spot.page for _, spot, _, _ in bodies()} == set(PAGES) == set(settings.PAGES) == set(settings.ABOUT_PAGES)


def test_every_page_is_within_discords_limits_at_its_largest() -> None:
    for name, view in views():
        components = parts(components_of(view))
        assert len(components) <= 40, name
        assert sum(len(part["content"]) for part in components if part["type"] == 10) <= 4000, name
        controls = [part["custom_id"] for part in components if "custom_id" in part]
        assert len(set(controls)) == len(controls), name
        assert max(map(len, controls)) <= 100


def test_discord_takes_every_page_as_an_answer() -> None:
    for name, view in views():
        body = {"flags": COMPONENTS_V2, "components": components_of(view)}
        assert complaints("IncomingWebhookInteractionRequest", body) == [], name


def test_what_was_chosen_in_a_list_is_never_shown_in_another_that_takes_its_place() -> None:
    def identities(page: str, revision: int) -> set[int | None]:
        regulations = Regulations(rules(), revisions=dict.fromkeys(GuildRules.model_fields, revision))
        view = LayoutView()
        for item in framed(Spot(page), list(widgets.settings(on_page(page), regulations, Presence())), [*PAGES])[1:]:
            view.add_item(item)
        return {part["id"] for row in components_of(view) for part in row.get("components", []) if "options" in part}

    assert len(identities("boldness", 1)) == 4
    assert len(identities("boldness", 1) & identities("boldness", 2)) == 1, "only the list of pages stays"
    assert not identities("boldness", 1) & identities("pause", 1)


def forms() -> Iterator[tuple[str, Modal]]:
    for setting in SETTINGS:
        if setting.control in TYPED:
            yield setting.key, SettingForm(setting, NUMBER, setting.value(rules()))
            yield f"{setting.key} empty", SettingForm(setting, 0, None)
    yield "block", BlockForm()
    yield "cap", CapForm(LARGEST, 1_000_000)


async def test_discord_takes_every_form() -> None:
    for name, form in forms():
        shown: Any = form
        assert complaints("ModalInteractionCallbackRequestData", shown.to_dict()) == [], name


def test_no_page_has_more_than_eight_settings_and_every_setting_has_its_words() -> None:
    assert {setting.page for setting in SETTINGS} <= set(PAGES)
    assert all(len(on_page(page)) <= 8 for page in PAGES)
    lists = {"words", "excepted"}  # on a page of their own
    assert {setting.name for setting in SETTINGS} | lists == set(GuildRules.model_fields), "a rule that nobody can set"
    for setting in SETTINGS:
        assert settings.label(setting.key)
        assert settings.hint(setting.key).endswith(".")
        assert settings.label(setting.key) != setting.key


def test_what_was_deleted_is_named_first_and_taken_for_there_while_nobody_knows() -> None:
    setting = BY_KEY["users"]
    there = Presence(roles=frozenset({1, 3}))
    assert setting_values.value(setting, frozenset({1, 2, 3}), there) == "a deleted role (`2`), <@&1>, <@&3>"
    assert setting_values.value(setting, frozenset({1, 2}), Presence()) == "<@&1>, <@&2>"
    assert setting_values.value(BY_KEY["log.made"], 5, Presence(channels=frozenset())) == "a deleted channel (`5`)"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        ("0", 0),
        ("90s", 90),
        ("10 min", 600),
        ("10 minutes", 600),
        ("1h30m", 5400),
        ("1 d, 12 h", 129600),
        ("2 Weeks", 1209600),
        ("", None),
        ("min", None),
        ("1 month", None),
        ("1h 30", None),
        ("-5", None),
        ("1.5 h", None),
        ("9999999999", None),
        ("999999999 w", None),
        ("999999999 w " * 300, None),
        ("\u0661 h", None),
    ],
)
def test_a_time_is_read_as_people_type_it(text: str, seconds: int | None) -> None:
    assert span(text) == (None if seconds is None else timedelta(seconds=seconds))


@given(st.integers(0, 10 * 86400))
def test_a_time_that_is_shown_can_be_typed_again(seconds: int) -> None:
    assert span(setting_values.span(seconds)) == timedelta(seconds=seconds)


@given(st.sampled_from([it for it in SETTINGS if it.control in TYPED]), st.text(max_size=20))
def test_whatever_is_typed_is_a_value_or_refused(setting: Setting, text: str) -> None:
    try:
        value = typed(setting, text)
    except BadSettingError:
        return
    assert value is None or value >= 0


@given(st.sampled_from(SETTINGS), st.lists(st.text(max_size=20), max_size=3))
def test_whatever_is_chosen_is_a_value_or_refused(setting: Setting, values: list[str]) -> None:
    try:
        chosen(setting, values)
    except BadSettingError:
        return
    assert setting.control in {Control.ROLES, Control.CHANNELS, Control.CHANNEL, Control.CHOICES} or values


def test_every_choice_is_read_as_it_was_written() -> None:
    for setting in SETTINGS:
        for choice in setting.choices:
            values = [coded(choice)]
            assert chosen(setting, values) == (frozenset({choice}) if setting.control is Control.CHOICES else choice)


def test_a_record_that_no_version_of_today_understands_is_still_told() -> None:
    told = deeds.changes(deed(Event.SETTING, "gone_*setting*", before="1", after="2"), Presence())
    assert told == "`gone\\_\\*setting\\*` was set to what it was."
    told = deeds.changes(deed(Event.SETTING, "tolerance", before="3", after="99"), Presence())
    assert told == "**Ceiling in ordinary channels** was 3, is 2."


def test_only_options_can_be_locked() -> None:
    assert GuildRules(locked=frozenset(OPTIONS)).locked == set(OPTIONS)
    with pytest.raises(ValueError, match="no such option"):
        GuildRules(locked=frozenset({"prompt"}))
