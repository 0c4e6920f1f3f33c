from dataclasses import replace

import pytest

from bot.domain.acts import LARGEST_AMOUNT, MOST_ROLES, Act, Grant, Target, TargetKind, Verb, account_after, rules_after
from bot.domain.caps import Account, CapRules, RoleRule
from bot.domain.refusals import BadAmountError, TooLittleError, TooManyRulesError
from tests.examples import NOON

MEMBER = Target(TargetKind.MEMBER, 1)
NEW_ROLE = Target(TargetKind.ROLE, MOST_ROLES + 1)
PERIOD = 3
FULL = CapRules(roles={role: RoleRule(cap=1) for role in range(1, MOST_ROLES + 1)})


def act(verb: Verb, target: Target, amount: int | None = None) -> Act:
    return Act(key="1", guild=10, actor=44, verb=verb, target=target, amount=amount, at=NOON)


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        (Verb.EXEMPT, TargetKind.MEMBER),
        (Verb.EXEMPT, TargetKind.EVERYBODY),
        (Verb.GIVE, TargetKind.EVERYBODY),
        (Verb.TAKE, TargetKind.EVERYBODY),
        (Verb.RESET, TargetKind.EVERYBODY),
    ],
)
def test_what_no_door_offers_cannot_be_decided(verb: Verb, kind: TargetKind) -> None:
    with pytest.raises(ValueError, match=f"no {verb} of a {kind}"):
        act(verb, Target(kind), 1)


@pytest.mark.parametrize(
    ("verb", "least", "most"),
    [(Verb.GIVE, 1, LARGEST_AMOUNT), (Verb.TAKE, 1, LARGEST_AMOUNT), (Verb.SET, 0, LARGEST_AMOUNT)],
)
def test_amounts_outside_the_range_are_refused_with_the_range(verb: Verb, least: int, most: int) -> None:
    act(verb, MEMBER, least)
    act(verb, MEMBER, most)
    for amount in (least - 1, most + 1):
        with pytest.raises(BadAmountError) as refusal:
            act(verb, MEMBER, amount)
        assert (refusal.value.least, refusal.value.most) == (least, most)


@pytest.mark.parametrize(("verb", "target"), [(Verb.GIVE, MEMBER), (Verb.TAKE, MEMBER), (Verb.EXEMPT, NEW_ROLE)])
def test_where_an_amount_is_needed_none_is_refused(verb: Verb, target: Target) -> None:
    with pytest.raises(BadAmountError):
        act(verb, target)


@pytest.mark.parametrize(
    "asked", [act(Verb.SET, NEW_ROLE, 5), act(Verb.GIVE, NEW_ROLE, 5), act(Verb.EXEMPT, NEW_ROLE, 1)]
)
def test_only_so_many_roles_have_rules_of_their_own(asked: Act) -> None:
    with pytest.raises(TooManyRulesError) as refusal:
        rules_after(FULL, asked, PERIOD)
    assert refusal.value.most == MOST_ROLES


def test_a_role_among_the_most_may_change_and_everybody_too() -> None:
    rules, _ = rules_after(FULL, act(Verb.SET, Target(TargetKind.ROLE, 7), 9), PERIOD)
    rules, _ = rules_after(rules, act(Verb.SET, Target(TargetKind.EVERYBODY), 2), PERIOD)
    assert (len(rules.roles), rules.roles[7].cap, rules.default) == (MOST_ROLES, 9, 2)


@pytest.mark.parametrize(
    "silent",
    [RoleRule(), RoleRule(extra=5, extra_period=PERIOD - 1), RoleRule(reset=1, reset_period=PERIOD - 1)],
    ids=["lifted", "extra of the past", "reset of the past"],
)
def test_a_role_whose_rules_say_nothing_any_more_makes_room_for_another(silent: RoleRule) -> None:
    rules = replace_role(FULL, 7, silent)
    after, change = rules_after(rules, act(Verb.SET, NEW_ROLE, 5), PERIOD)
    assert 7 not in after.roles
    assert (after.roles[NEW_ROLE.id].cap, change.before, change.after) == (5, None, 5)


def replace_role(rules: CapRules, role: int, rule: RoleRule) -> CapRules:
    return rules.model_copy(update={"roles": {**rules.roles, role: rule}})


def test_extra_stops_at_the_largest_amount_and_no_more_is_taken_than_is_there() -> None:
    account = Account(1, PERIOD, extra=LARGEST_AMOUNT - 1)
    full, change = account_after(account, act(Verb.GIVE, MEMBER, 5), 0)
    assert (full.extra, change.before, change.after) == (LARGEST_AMOUNT, LARGEST_AMOUNT - 1, LARGEST_AMOUNT)
    with pytest.raises(TooLittleError):
        account_after(replace(account, extra=4), act(Verb.TAKE, MEMBER, 5), 0)


@pytest.mark.parametrize("amount", [0, LARGEST_AMOUNT + 1, -LARGEST_AMOUNT - 1])
def test_a_grant_outside_the_range_is_refused(amount: int) -> None:
    for least in (1, -1, LARGEST_AMOUNT, -LARGEST_AMOUNT):
        assert Grant(key="1", guild=10, actor=44, amount=least, reason=None, at=NOON).amount == least
    with pytest.raises(BadAmountError):
        Grant(key="1", guild=10, actor=44, amount=amount, reason=None, at=NOON)
