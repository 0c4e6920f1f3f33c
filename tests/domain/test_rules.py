"""Each rule alone: whom it refuses, whom it lets through, and that a guild without any works as well."""

from typing import Any

import pytest
from pydantic import ValidationError

from bot.domain.layers import Layer
from bot.domain.orders import Limits
from bot.domain.parameters import OPTIONS, AspectRatio, ImageParameters
from bot.domain.records import Block, Regulations
from bot.domain.refusals import TooBoldError
from bot.domain.rule_refusals import (
    AboveCeilingError,
    BlockedError,
    OptionLockedError,
    RerollDeniedError,
    RoleBarredError,
    RoleNeededError,
    RuleError,
    StaffPausedError,
    WrongPlaceError,
)
from bot.domain.rules import GuildRules, Rerollers, judge_boldness
from tests.examples import NOON, a_caller

HOUSE = Limits(guild_jobs=50, member_jobs=6, calls_per_day=500)
ROLES = frozenset({1, 2})


def asking(**options: Any) -> ImageParameters:
    return ImageParameters(prompt="a fox", **options)


def test_without_any_rule_everybody_may_do_everything_everywhere() -> None:
    Regulations().judge(a_caller(), NOON)
    rules = GuildRules()
    rules.judge_typed(OPTIONS)
    rules.judge_options(asking(steps=50, output_quality=100))
    rules.judge_reroll(a_caller(member=1), 2)
    assert rules.completed(asking()) == (asking(), {})
    assert rules.limits(ROLES, HOUSE).member_jobs == HOUSE.member_jobs


@pytest.mark.parametrize(
    ("rules", "caller", "refused"),
    [
        ({"paused": True}, {}, StaffPausedError),
        ({"channels": {5}}, {"places": frozenset({20})}, WrongPlaceError),
        ({"channels": {20}}, {"places": frozenset({20})}, None),
        ({"channels": {7}}, {"places": frozenset({21, 20, 7})}, None),
        ({"users": {3}}, {"roles": ROLES}, RoleNeededError),
        ({"users": {2, 3}}, {"roles": ROLES}, None),
        ({"barred": {2}}, {"roles": ROLES}, RoleBarredError),
        ({"barred": {3}}, {"roles": ROLES}, None),
        ({"users": {1}, "barred": {2}}, {"roles": ROLES}, RoleBarredError),
    ],
)
def test_places_and_people(rules: dict[str, Any], caller: dict[str, Any], refused: type[RuleError] | None) -> None:
    known = Regulations(GuildRules(**rules))
    if refused is None:
        known.judge(a_caller(**caller), NOON)
        return
    with pytest.raises(refused):
        known.judge(a_caller(**caller), NOON)


def test_a_block_ends_by_itself() -> None:
    known = Regulations(blocks={30: Block(NOON, "spam", 1), 31: Block(None, None, 2)})
    known.judge(a_caller(member=30), NOON)
    with pytest.raises(BlockedError) as refusal:
        known.judge(a_caller(member=30), NOON.replace(hour=11))
    assert refusal.value.until == NOON
    with pytest.raises(BlockedError):
        known.judge(a_caller(member=31), NOON)
    known.judge(a_caller(member=32), NOON)


@pytest.mark.parametrize("restricted", [False, True])
@pytest.mark.parametrize("asked", range(1, 7))
@pytest.mark.parametrize("ceiling", range(1, 7))
def test_what_is_bolder_than_the_ceiling_is_refused_with_all_it_takes_to_say_why(
    ceiling: int, asked: int, restricted: bool
) -> None:
    caller = a_caller(age_restricted=restricted)
    if asked <= ceiling:
        judge_boldness(caller, asking(safety_tolerance=asked), ceiling)
        return
    with pytest.raises(TooBoldError) as refusal:
        judge_boldness(caller, asking(safety_tolerance=asked), ceiling)
    assert (refusal.value.asked, refusal.value.ceiling, refusal.value.age_restricted) == (asked, ceiling, restricted)


def test_a_boldness_that_nobody_typed_gives_way_to_the_ceiling() -> None:
    rules = GuildRules()
    assert rules.completed(asking(), tolerance=1)[0].safety_tolerance == 1
    assert rules.completed(asking(), tolerance=3)[0].safety_tolerance == 2
    assert rules.completed(asking(safety_tolerance=2), tolerance=1)[0].safety_tolerance == 2


def test_boldness_follows_the_channel() -> None:
    rules = GuildRules()
    assert [rules.ceiling(age_restricted=it) for it in (False, True)] == [2, 6]
    rules = GuildRules(tolerance=4, restricted_tolerance=5)
    assert [rules.ceiling(age_restricted=it) for it in (False, True)] == [4, 5]


def test_the_guilds_defaults_stand_where_nothing_was_typed() -> None:
    rules = GuildRules(defaults={"aspect_ratio": "16:9", "steps": 40, "safety_tolerance": 1})
    completed, given = rules.completed(asking(steps=20))
    assert (completed.aspect_ratio, completed.steps, completed.safety_tolerance) == (AspectRatio.WIDE, 20, 1)
    assert completed.model_fields_set == {"prompt", "steps"}
    assert given == {"aspect_ratio": Layer.GUILD, "steps": Layer.TYPED, "safety_tolerance": Layer.GUILD}


def test_a_default_gives_way_to_a_ceiling() -> None:
    rules = GuildRules(defaults={"steps": 40}, max_steps=30, max_quality=50)
    completed, given = rules.completed(asking())
    assert (completed.steps, completed.output_quality) == (30, 50)
    assert given == {"steps": Layer.GUILD, "output_quality": Layer.GUILD}
    assert rules.completed(asking(steps=45))[0].steps == 45


@pytest.mark.parametrize("defaults", [{"steps": 51}, {"aspect_ratio": "1:7"}, {"safety_tolerance": 0}])
def test_a_default_that_the_endpoint_would_not_take_is_none(defaults: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        GuildRules(defaults=defaults)


def test_a_default_of_something_that_has_none_is_left_out() -> None:
    assert GuildRules(defaults={"prompt": "a fox", "nonsense": 1, "steps": 30}).defaults == {"steps": 30}


@pytest.mark.parametrize(("option", "ceiling"), [("steps", 30), ("output_quality", 50)])
def test_ceilings_hold_for_whatever_is_made(option: str, ceiling: int) -> None:
    rules = GuildRules(max_steps=30, max_quality=50)
    rules.judge_options(asking(steps=30, output_quality=50))
    with pytest.raises(AboveCeilingError) as refusal:
        rules.judge_options(asking(**{"steps": 30, "output_quality": 50, option: ceiling + 1}))
    assert (refusal.value.option, refusal.value.asked, refusal.value.ceiling) == (option, ceiling + 1, ceiling)


def test_only_what_was_typed_is_held_against_a_member() -> None:
    rules = GuildRules(locked={"seed", "steps"})
    rules.judge_typed({"prompt", "guidance"})
    with pytest.raises(OptionLockedError) as refusal:
        rules.judge_typed({"prompt", "steps"})
    assert refusal.value.option == "steps"


@pytest.mark.parametrize(
    ("rules", "member", "allowed"),
    [
        ({"reroll": Rerollers.EVERYONE}, 2, True),
        ({"reroll": Rerollers.REQUESTER}, 2, False),
        ({"reroll": Rerollers.REQUESTER}, 1, True),
        ({"reroll": Rerollers.ROLES, "reroll_roles": {2}}, 2, True),
        ({"reroll": Rerollers.ROLES, "reroll_roles": {3}}, 2, False),
        ({"reroll": Rerollers.ROLES, "reroll_roles": {3}}, 1, False),
    ],
)
def test_who_may_reroll(rules: dict[str, Any], member: int, allowed: bool) -> None:
    judged, caller = GuildRules(**rules), a_caller(member=member, roles=ROLES)
    if allowed:
        judged.judge_reroll(caller, 1)
        return
    with pytest.raises(RerollDeniedError) as refusal:
        judged.judge_reroll(caller, 1)
    assert list(refusal.value.roles) == sorted(judged.reroll_roles)


def test_staff_is_who_manages_the_server_or_has_a_staff_role() -> None:
    rules = GuildRules(staff={2})
    assert rules.is_staff(a_caller(roles=ROLES))
    assert rules.is_staff(a_caller(manages=True))
    assert not rules.is_staff(a_caller(roles=frozenset({3})))


def test_limits_only_become_narrower() -> None:
    assert GuildRules(member_jobs=2).limits(ROLES, HOUSE).member_jobs == 2
    assert GuildRules(member_jobs=100).limits(ROLES, HOUSE).member_jobs == 6


def test_roles_without_cooldown_have_none() -> None:
    rules = GuildRules(cooldown=60, unhurried={2})
    assert rules.limits(ROLES, HOUSE).cooldown.total_seconds() == 0
    assert rules.limits({3}, HOUSE).cooldown.total_seconds() == 60


def test_a_list_is_no_longer_than_a_select_of_discords() -> None:
    with pytest.raises(ValidationError):
        GuildRules(channels=frozenset(range(26)))
