import pytest

from bot.domain.credits import PeriodKind, Plan
from bot.domain.house import HouseRules
from bot.domain.orders import Limits
from bot.domain.parameters import ImageParameters
from bot.domain.refusals import MissingRightsError, NotInvitedError, RefusalError, TooBoldError
from tests.examples import a_caller


def rules(*, guilds: frozenset[int] | None = None, ceiling: int = 6) -> HouseRules:
    return HouseRules(
        guilds=guilds,
        max_safety_tolerance=ceiling,
        plan=Plan(100, PeriodKind.MONTH),
        limits=Limits(guild_jobs=50, member_jobs=6, calls_per_day=500),
        price_imagine=1,
    )


def asking(tolerance: int) -> ImageParameters:
    return ImageParameters(prompt="a fox", safety_tolerance=tolerance)


@pytest.mark.parametrize(
    ("operators", "ordinary", "age_restricted"), [(1, 1, 1), (2, 2, 2), (3, 2, 3), (4, 2, 4), (5, 2, 5), (6, 2, 6)]
)
def test_the_ceiling_is_the_lower_of_the_operators_and_the_channels(
    operators: int, ordinary: int, age_restricted: int
) -> None:
    house = rules(ceiling=operators)
    assert house.safety_ceiling(age_restricted=False) == ordinary
    assert house.safety_ceiling(age_restricted=True) == age_restricted


@pytest.mark.parametrize("age_restricted", [False, True])
@pytest.mark.parametrize("asked", range(1, 7))
@pytest.mark.parametrize("operators", range(1, 7))
def test_what_is_bolder_than_the_ceiling_is_refused_with_all_it_takes_to_say_why(
    operators: int, asked: int, age_restricted: bool
) -> None:
    house, caller = rules(ceiling=operators), a_caller(age_restricted=age_restricted)
    ceiling = house.safety_ceiling(age_restricted=age_restricted)
    if asked <= ceiling:
        house.judge(caller, asking(asked))
        return
    with pytest.raises(TooBoldError) as refusal:
        house.judge(caller, asking(asked))
    assert (refusal.value.asked, refusal.value.ceiling) == (asked, ceiling)
    assert refusal.value.age_restricted is age_restricted


def test_only_the_guilds_of_the_operators_list_are_welcome() -> None:
    house = rules(guilds=frozenset({10, 11}))
    house.welcome(a_caller(guild=10))
    house.judge(a_caller(guild=11), asking(2))
    with pytest.raises(NotInvitedError):
        house.welcome(a_caller(guild=12))
    with pytest.raises(NotInvitedError):
        house.judge(a_caller(guild=12), asking(2))


def test_without_a_list_every_guild_is_welcome_and_with_an_empty_one_none_is() -> None:
    rules(guilds=None).welcome(a_caller(guild=12))
    with pytest.raises(NotInvitedError):
        rules(guilds=frozenset()).welcome(a_caller(guild=12))


def test_a_channel_where_the_bot_may_not_show_pictures_is_refused_by_name_of_the_rights() -> None:
    with pytest.raises(MissingRightsError) as refusal:
        rules().judge(a_caller(missing_rights=("attach_files", "send_messages")), asking(2))
    assert refusal.value.rights == ("attach_files", "send_messages")


@pytest.mark.parametrize(
    ("caller", "expected"),
    [
        ({"guild": 12, "missing_rights": ("attach_files",)}, NotInvitedError),
        ({"missing_rights": ("attach_files",)}, MissingRightsError),
        ({}, TooBoldError),
    ],
)
def test_the_first_reason_is_the_one_that_is_given(caller: dict[str, object], expected: type[RefusalError]) -> None:
    with pytest.raises(expected):
        rules(guilds=frozenset({10})).judge(a_caller(**caller), asking(6))
