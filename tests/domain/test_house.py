from dataclasses import replace

import pytest

from bot.domain.credits import PeriodKind, Plan
from bot.domain.house import HouseRules
from bot.domain.orders import Limits
from bot.domain.refusals import EditingOffError, MissingRightsError, NotInvitedError, RefusalError
from tests.examples import a_caller


def rules(*, guilds: frozenset[int] | None = None) -> HouseRules:
    return HouseRules(
        guilds=guilds,
        max_safety_tolerance=6,
        plan=Plan(100, PeriodKind.MONTH),
        limits=Limits(guild_jobs=50, member_jobs=6, calls_per_day=500),
        price_imagine=1,
    )


def test_only_the_guilds_of_the_operators_list_are_welcome() -> None:
    house = rules(guilds=frozenset({10, 11}))
    house.welcome(a_caller(guild=10))
    house.judge(a_caller(guild=11))
    with pytest.raises(NotInvitedError):
        house.welcome(a_caller(guild=12))
    with pytest.raises(NotInvitedError):
        house.judge(a_caller(guild=12))


def test_without_a_list_every_guild_is_welcome_and_with_an_empty_one_none_is() -> None:
    rules(guilds=None).welcome(a_caller(guild=12))
    with pytest.raises(NotInvitedError):
        rules(guilds=frozenset()).welcome(a_caller(guild=12))


def test_a_channel_where_the_bot_may_not_show_pictures_is_refused_by_name_of_the_rights() -> None:
    with pytest.raises(MissingRightsError) as refusal:
        rules().judge(a_caller(missing_rights=("attach_files", "send_messages")))
    assert refusal.value.rights == ("attach_files", "send_messages")


@pytest.mark.parametrize(
    ("caller", "expected"),
    [
        ({"guild": 12, "missing_rights": ("attach_files",)}, NotInvitedError),
        ({"missing_rights": ("attach_files",)}, MissingRightsError),
    ],
)
def test_the_first_reason_is_the_one_that_is_given(caller: dict[str, object], expected: type[RefusalError]) -> None:
    with pytest.raises(expected):
        rules(guilds=frozenset({10})).judge(a_caller(**caller))


def test_editing_has_a_price_and_a_switch_of_its_own() -> None:
    house = replace(rules(), price_edit=3)
    assert (house.price(edit=False), house.price(edit=True)) == (1, 3)
    house.judge_editing()
    with pytest.raises(EditingOffError):
        replace(house, editing=False).judge_editing()
