"""What staff read: decisions, rules, and the ledger."""

import re
from datetime import date
from typing import Any

import pytest

from bot.domain.acts import LARGEST_AMOUNT, MOST_ROLES, Act, Change, Target, TargetKind, Verb
from bot.domain.caps import Basis, Cap, CapRules, RoleRule, Room
from bot.domain.credits import PeriodKind, Plan, Pool
from bot.domain.ledger import Entry, EntryKind, Use
from bot.services.steward import Proposal
from bot.ui.history import ENTRIES
from bot.ui.searches import KINDS, Spot, Topic, Wanted
from bot.ui.words import history, staff
from bot.ui.words.caps import change, rule, their_rule
from tests.examples import NOON

GUILD, MEMBER, ROLE, STAFF = 10, 30, 77, 50
LONGEST_ID = 2**64 - 1
TARGETS = [Target(TargetKind.MEMBER, MEMBER), Target(TargetKind.ROLE, ROLE), Target(TargetKind.ROLE, GUILD)]


def an_entry(kind: EntryKind, **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "id": 1,
        "kind": kind,
        "amount": 0,
        "allowance_change": 0,
        "bonus_change": 0,
        "allowance_after": 90,
        "bonus_after": 5,
        "member": None,
        "role": None,
        "actor": None,
        "job": None,
        "before": None,
        "after": None,
        "reason": None,
        "at": NOON,
    }
    return Entry(**{**values, **changes})


def told(kind: EntryKind, **changes: Any) -> str:
    when, what = history.line(GUILD, an_entry(kind, **changes)).split(" · ", 1)
    assert when == f"<t:{int(NOON.timestamp())}:f>"
    return what


def pool(allowance: int | None = 100, **changes: Any) -> Pool:
    return Pool(Plan(allowance, PeriodKind.WEEK), 3, date(2026, 3, 2), **changes)


def proposal(verb: Verb, target: Target, amount: int | None, before: int | None, after: int | None) -> Proposal:
    act = Act(key="1", guild=GUILD, actor=STAFF, verb=verb, target=target, amount=amount, reason="*" * 400, at=NOON)
    return Proposal(act, Change(before, after), "1")


@pytest.mark.parametrize(
    ("kind", "changes", "line"),
    [
        (
            EntryKind.HOLD,
            {"member": 30, "job": "1-0", "amount": 7, "allowance_change": -5, "bonus_change": -2},
            "A picture for <@30>: 7 credits held, the server's credits 102 → 95",
        ),
        (EntryKind.CAPTURE, {"member": 30, "job": "1-0", "amount": 1}, "A picture for <@30>: 1 credit spent"),
        (
            EntryKind.RELEASE,
            {"member": 30, "job": "1-0", "amount": 1, "allowance_change": 1},
            "A picture for <@30>: 1 credit returned, the server's credits 94 → 95",
        ),
        (
            EntryKind.HOLD,
            {"member": 30, "job": "1-0", "amount": 1, "allowance_change": -1, "allowance_after": -1},
            "A picture for <@30>: 1 credit held",
        ),
        (
            EntryKind.REFILL,
            {"amount": 90, "allowance_change": 90},
            "The allowance: 90 credits came, the server's credits 5 → 95",
        ),
        (
            EntryKind.LAPSE,
            {"amount": 1, "allowance_change": -1},
            "The allowance: 1 credit lapsed, the server's credits",
        ),
        (
            EntryKind.GRANT,
            {"amount": 5, "bonus_change": 5, "before": 0, "after": 5, "actor": 9, "reason": "a *gift*"},
            "Bonus: 0 → 5 credits · by the bot's operator · a \\*gift\\*",
        ),
        (EntryKind.TAKE, {"before": 5, "after": 4, "actor": 0}, "Bonus: 5 → 4 credits · by the bot's operator"),
        (
            EntryKind.EXTRA,
            {"role": 77, "before": 0, "after": 5, "actor": 50},
            "Extra of everybody with <@&77>: 0 → 5 credits · by <@50>",
        ),
        (EntryKind.CAP, {"before": None, "after": 5, "actor": 50}, "Cap of every member: none → 5 credits · by <@50>"),
        (EntryKind.CAP, {"member": 30, "before": 5, "actor": 50}, "Cap of <@30>: 5 credits → none · by <@50>"),
        (EntryKind.EXEMPT, {"role": 10, "after": 1, "actor": 50}, "Caps of everybody: lifted · by <@50>"),
        (EntryKind.EXEMPT, {"role": 10, "after": 0, "actor": 50}, "Caps of everybody: in force again · by <@50>"),
        (EntryKind.RESET, {"member": 30, "before": 8, "after": 0, "actor": 50}, "Use of <@30>: 8 → 0 credits · by"),
        (EntryKind.RESET, {"role": 77, "after": 0, "actor": 50}, "Use of everybody with <@&77>: set to 0 · by <@50>"),
        (
            EntryKind.PLAN,
            {"before": 100, "after": None, "actor": 9},
            "Plan: 100 credits → unlimited a period · by the bot's operator",
        ),
        (EntryKind.PAUSE, {"actor": 9}, "Pictures paused · by the bot's operator"),
        (EntryKind.RESUME, {"actor": 9}, "Pictures go on again · by the bot's operator"),
    ],
)
def test_an_entry_is_told_in_words(kind: EntryKind, changes: dict[str, Any], line: str) -> None:
    assert told(kind, **changes).startswith(line)


def test_every_kind_of_entry_is_told_differently_and_found_under_a_topic() -> None:
    lines = [told(kind, member=30, job="1-0", before=1, after=0) for kind in EntryKind]
    assert len({line for line in lines if not line.startswith("Bonus")}) == len(EntryKind) - 2
    assert frozenset().union(*KINDS.values()) == set(EntryKind)
    assert set(KINDS) == set(history.TOPICS) == set(Topic)
    assert len(set(history.TOPICS.values())) == len(Topic)


def the_longest(kind: EntryKind) -> Entry:
    """Pictures have no reason, and nothing else has a picture."""
    picture = {"job": "1-0", "channel": LONGEST_ID, "card": LONGEST_ID}
    about = picture if kind in KINDS[Topic.PICTURES] else {"reason": "*" * 400}
    most = dict.fromkeys(
        ["amount", "bonus_change", "allowance_after", "bonus_after", "before", "after"], LARGEST_AMOUNT
    )
    ids = dict.fromkeys(["member", "role", "actor"], LONGEST_ID)
    return an_entry(kind, allowance_change=-LARGEST_AMOUNT, **most, **ids, **about)


@pytest.mark.parametrize("kind", EntryKind)
def test_a_page_of_the_longest_entries_fits_into_a_message(kind: EntryKind) -> None:
    spot = Spot(Wanted(LONGEST_ID, Topic.ALLOWANCE, date(2026, 1, 1), date(2026, 1, 1)), 1, 99)
    assert len(history.page(LONGEST_ID, [the_longest(kind)] * ENTRIES, spot, last=True)) <= 4000


def test_a_page_says_what_it_shows() -> None:
    wanted = Wanted(30, Topic.SPENT, date(2026, 1, 2), date(2026, 2, 3))
    assert history.page(GUILD, [], Spot(wanted, 5, 2), last=False).splitlines() == [
        "## History",
        "-# newest first · <@30> · Pictures: spent only · since 2026-01-02 · until 2026-02-03 · page 3",
        "No entries match.",
    ]
    shown = history.page(GUILD, [an_entry(EntryKind.PAUSE)], Spot(Wanted(), 5, 99), last=True)
    assert shown.splitlines()[-1] == f"-# {history.NO_DEEPER}"


def test_an_export_says_what_is_in_it() -> None:
    assert history.exported(0, None) == "No entries match."
    assert history.exported(1, None) == "1 entry, newest first."
    assert history.exported(50_000, None) == "50,000 entries, newest first."
    assert "with `until:2026-03-04`;" in history.exported(50_000, NOON)


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (0, 1, "0 → 1 credit"),
        (1_000, 2_000, "1,000 → 2,000 credits"),
        (None, 0, "none → 0 credits"),
        (1, None, "1 credit → none"),
        (None, None, "none → none"),
    ],
)
def test_a_change_names_its_unit_once(before: int | None, after: int | None, text: str) -> None:
    assert change(before, after) == text
    assert change(before, after, "unlimited") == text.replace("none", "unlimited")


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("verb", Verb)
def test_every_decision_is_asked_and_told_in_plain_words(verb: Verb, target: Target) -> None:
    if verb is Verb.EXEMPT and target.kind is TargetKind.MEMBER:
        return
    amount = {Verb.EXEMPT: 1, Verb.RESET: None}.get(verb, 5)
    for before, after in ((0, 1), (None, 0)):
        made = proposal(verb, target, amount, before, after)
        for text in (staff.decided(made), staff.asked(made)):
            sentence, reason = text.split("\n-# Reason: ")
            assert sentence[0].isupper() or sentence.startswith("<@")
            assert len(text) <= 4000
            assert not re.search(r"None|[{}]|  ", text)
            assert reason == "\\*" * 400
        assert staff.decided(made) != staff.asked(made)
        assert "Nothing moved in the server's pool." in staff.decided(made)
        assert "if you do not press it, nothing is changed." in staff.asked(made)


def test_staff_read_of_a_member_what_the_member_reads_of_themselves() -> None:
    rooms = [
        Room(Cap(Basis.OWN, 5), 1, 0),
        Room(Cap(Basis.ROLE, 5, 77), 0, 0),
        Room(Cap(Basis.DEFAULT, 5), 0, 0),
        Room(Cap(Basis.EXEMPT, role=77), 0, 0),
        Room(Cap(Basis.NONE), 0, 0),
    ]
    assert [their_rule(room) for room in rooms] == [
        "Their own cap is 5 credits, with 1 credit extra on top",
        "Their cap is 5 credits, from the role <@&77>",
        "Their cap is 5 credits, as for every member here",
        "They have no cap: the role <@&77> is exempt",
        "They have no cap of their own here",
    ]
    for room in rooms:
        assert their_rule(room).replace("Their", "Your").replace("They", "You").replace("their", "your") == rule(room)


def test_a_standing_says_what_is_left_and_what_of_it_is_extra() -> None:
    capped = staff.standing(MEMBER, pool(), Room(Cap(Basis.OWN, 5), 3, 6)).splitlines()
    assert capped[2:5] == [
        "**Used this week** 6 credits, pictures under way included",
        "**Extra** 3 credits, 2 left; it lapses with the week",
        "**Left** 2 credits",
    ]
    free = staff.standing(MEMBER, pool(), Room(Cap(Basis.NONE), 3, 6)).splitlines()
    assert free[3:5] == [
        "**Extra** 3 credits, not needed without a cap; it lapses with the week",
        "**Left** as much as the server has",
    ]
    assert "**Extra** none" in staff.standing(MEMBER, pool(), Room(Cap(Basis.NONE), 0, 0))


def test_the_rules_of_as_many_roles_as_there_may_be_are_told_in_messages_that_fit() -> None:
    rule_ = RoleRule(cap=LARGEST_AMOUNT, exempt=True, extra=LARGEST_AMOUNT, extra_period=3, reset=1, reset_period=3)
    roles = dict.fromkeys(range(LONGEST_ID - MOST_ROLES, LONGEST_ID), rule_)
    parts = list(staff.rules(GUILD, pool(rules=CapRules(default=0, roles=roles)), roles))
    assert len(parts) > 1
    assert all(0 < len(part) <= 4000 for part in parts)
    whole = "\n".join(parts).splitlines()
    assert len(whole) == len(roles) + 3
    assert whole[1] == "Every member: cap 0 credits"
    assert whole[2].endswith(": exempt, cap 1,000,000 credits, 1,000,000 credits extra, use reset")


def test_a_rule_that_says_nothing_any_more_is_left_out() -> None:
    roles = {ROLE: RoleRule(extra=5, extra_period=2, reset=1, reset_period=2)}
    (told_,) = staff.rules(GUILD, pool(rules=CapRules(roles=roles)), roles)
    assert told_.splitlines()[:2] == ["## Caps per week", "Every member: no cap"]
    assert str(ROLE) not in told_


def test_top_tells_the_pool_too() -> None:
    told_ = staff.top(pool(spent=7, held=1, bonus=5, bonus_held=1), [Use(MEMBER, 7, 3)])
    assert told_.splitlines()[1] == "1. <@30> · 7 credits · 3 pictures"
    assert "-# Server: 7 spent of 100 credits, 2 held, 97 left, 5 of them bonus." in told_
    assert "-# Server: 0 spent, 0 held, unlimited." in staff.top(pool(None), [])
