"""The bot is killed while it shows a picture that was kept."""

import pytest

from standins.discord.reading import pictures, texts
from tests.crashes.databases import DATABASES, in_turn
from tests.crashes.house import MortalHouse, choices

pytestmark = pytest.mark.asyncio(loop_scope="module")


def at(*points: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("house", "point"), in_turn(points), indirect=["house"])


def shown(house: MortalHouse) -> int:
    return sum(len(pictures(it)) for it in house.channel.messages)


@pytest.mark.parametrize("house", DATABASES, indirect=True)
async def test_a_picture_kept_just_now_is_there_for_its_owner(house: MortalHouse) -> None:
    house.refuse_everything()
    house.arm("after:keep")
    house.ada.begin_slash(house.channel, "imagine", prompt="a fox nobody sees")
    await house.lived_through(1)
    house.show(await house.listing())
    await house.channel.until(lambda _: shown(house) == 1)
    await house.owes(spent=1, posts=1)


@at("before:claim_kept", "within:claim_kept")
async def test_what_was_not_paid_yet_can_be_shown_at_once(house: MortalHouse, point: str) -> None:
    await killed_showing(house, point)
    house.show(await house.listing())
    await house.channel.until(lambda _: shown(house) == 1)
    await house.owes(spent=1, posts=1)


@at("after:claim_kept", "after:announce", "before:download", "before:deliver")
async def test_what_was_paid_and_not_shown_can_be_shown_for_nothing_more(house: MortalHouse, point: str) -> None:
    await killed_showing(house, point)
    await house.owes(spent=1, posts=1)
    house.let_leases_end()
    house.show(await house.listing())
    await house.channel.until(lambda _: shown(house) == 1)
    await house.owes(spent=1, posts=1)


@at("after:deliver", "before:shown_kept", "within:shown_kept")
async def test_what_was_shown_already_costs_nothing_more(house: MortalHouse, point: str) -> None:
    await killed_showing(house, point)
    house.let_leases_end()
    await house.nothing_listed()
    assert shown(house) == 1
    await house.owes(spent=1, posts=1)


@at("before:download", "after:download", "before:deliver")
async def test_the_card_says_where_the_picture_is_when_nobody_is_fetching_it(house: MortalHouse, point: str) -> None:
    await killed_showing(house, point)
    house.let_leases_end()
    await house.channel.until(lambda messages: any("It is paid" in texts(it) for it in messages))
    assert not any("Fetching" in texts(it) for it in house.channel.messages)


@pytest.mark.parametrize("house", DATABASES, indirect=True)
async def test_what_was_noted_as_shown_is_listed_no_more(house: MortalHouse) -> None:
    await killed_showing(house, "after:shown_kept")
    assert shown(house) == 1
    assert choices(await house.ada.slash(house.channel, "queue")) == []
    await house.owes(spent=1, posts=1)


async def killed_showing(house: MortalHouse, point: str) -> None:
    listed = await house.kept()
    house.arm(point)
    house.show(listed)
    await house.lived_through(1)
