"""The bot is killed while it posts the cards of variations: what it had not posted is released."""

import pytest

from standins.discord.reading import pictures, texts
from standins.discord.state import Payload
from tests.crashes.cases import End
from tests.crashes.databases import in_turn
from tests.crashes.house import MortalHouse

pytestmark = pytest.mark.asyncio(loop_scope="module")


def at(*points: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("house", "point"), in_turn(points), indirect=["house"])


async def offered(house: MortalHouse) -> Payload:
    """What Ada has to confirm."""
    more = await house.ada.press(await house.picture(), label="More")
    assert more.response is not None
    offer = await house.ada.press(more.response, label="Variations")
    assert offer.response is not None
    await house.remember()
    return offer.response


async def killed_varying(house: MortalHouse, point: str) -> None:
    offer = await offered(house)
    house.arm(point)
    house.ada.begin_press(offer, label="Make them")
    await house.lived_through(1)


def cards(house: MortalHouse) -> list[Payload]:
    """Those of variations."""
    return [it for it in house.channel.messages if "Varied by" in texts(it)]


@at("before:repeat_all", "within:repeat_all", "after:repeat_all", "before:announce")
async def test_where_nothing_was_said_nothing_is_made(house: MortalHouse, point: str) -> None:
    await killed_varying(house, point)
    assert cards(house) == []
    await house.owes(spent=0, posts=0)


@at("after:announce", "before:queue", "within:queue")
async def test_the_card_that_was_not_noted_says_so_and_the_others_cost_nothing(house: MortalHouse, point: str) -> None:
    await killed_varying(house, point)
    await house.channel.until(lambda _: any(End.ABANDONED.value in texts(it) for it in cards(house)))
    assert len(cards(house)) == 1
    await house.owes(spent=0, posts=0)


@at("after:queue", "before:announce_beside")
async def test_the_card_that_was_noted_goes_on_and_no_other_is_made(house: MortalHouse, point: str) -> None:
    await killed_varying(house, point)
    spent = house.credits_before - await house.credits_left()
    (card,) = cards(house)
    assert End.ABANDONED.value not in texts(card)
    assert spent == len(pictures(card))


@at("after:announce_beside")
async def test_of_two_cards_the_one_that_was_not_noted_says_so(house: MortalHouse, point: str) -> None:
    await killed_varying(house, point)
    await house.channel.until(lambda _: any(End.ABANDONED.value in texts(it) for it in cards(house)))
    spent = house.credits_before - await house.credits_left()
    first, second = cards(house)
    assert End.ABANDONED.value not in texts(first)
    assert End.ABANDONED.value in texts(second)
    assert not pictures(second)
    assert spent == len(pictures(first))


@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
async def test_a_card_that_got_through_unseen_is_not_posted_again(house: MortalHouse) -> None:
    offer = await offered(house)
    house.discord.fail("POST", "/webhooks/*", status=0, after=True, times=1)
    await house.ada.press(offer, label="Make them")
    await house.channel.until(lambda _: sum(bool(pictures(it)) for it in cards(house)) == 4)
    assert len(cards(house)) == 4
    await house.owes(spent=4, posts=4)
