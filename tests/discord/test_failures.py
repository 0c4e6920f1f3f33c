from datetime import timedelta
from typing import Final

import pytest

from standins.endpoint import Fault, PathKind
from tests.discord.world import KEY, World, buttons, in_world, words

A_PROBE: Final = timedelta(minutes=1)
"""After it, an order finds out whether the key is accepted again, and the account filled."""

FAILURES = [
    (Fault.BAD_KEY, "does not accept this bot's key", False),
    (Fault.OUT_OF_CREDITS, "account at the image service is out of credits", False),
    (Fault.OUT_OF_CREDITS_IN_200, "account at the image service is out of credits", False),
    (Fault.MISSING_FIELDS, "refused this request", False),
    (Fault.UPSTREAM_MODERATED, "safety filter stopped this one", False),
    (Fault.MODERATED, "safety filter stopped this one", False),
    (Fault.UPSTREAM_BUSY, "overloaded for the moment", True),
    (Fault.SERVER_ERROR, "had a fault", True),
    (Fault.GATEWAY_TIMEOUT, "did not answer in time", True),
    (Fault.RESET_AFTER_BODY, "had a fault", True),
    (Fault.BAD_JSON, "answer made no sense", True),
    (Fault.FOREIGN_PICTURE_URL, "answer made no sense", True),
    (Fault.PICTURE_IS_HTML, "not a picture that can be shown", True),
    (Fault.PICTURE_BOMB, "not a picture that can be shown", True),
]


@pytest.mark.parametrize(("fault", "said", "again"), FAILURES, ids=lambda it: getattr(it, "name", None))
@in_world(guild_credits=1)
async def test_a_failure_has_its_words_costs_nothing_and_offers_what_helps(
    world: World, fault: Fault, said: str, again: bool
) -> None:
    world.endpoint.fail(fault, times=None)
    card = await world.picture(world.ada)
    assert said in words(card)
    assert "Nothing was charged" in words(card)
    assert "a red fox in snow" in words(card)
    assert buttons(card) == (["Try again"] if again else [])
    for secret in (KEY, "Office", "X-Amz", "http://127"):
        assert secret not in words(card)
    world.endpoint.heal()
    world.clock.ahead += A_PROBE
    assert buttons(await world.picture(world.ada)) == ["Reroll", "Remix", "More", "Report"]


@in_world()
async def test_try_again_makes_the_very_same_picture_for_whoever_presses(world: World) -> None:
    world.endpoint.fail(Fault.SERVER_ERROR, at=PathKind.GENERATE)
    card = await world.picture(world.ada, seed=11)
    pressed = await world.press(world.ben, card, "Try again")
    await world.finish()
    assert world.endpoint.posts[0].prompt_object == world.endpoint.posts[1].prompt_object
    assert f"Tried again by <@{world.ben.id}>" in words(world.message(pressed))


@in_world()
async def test_a_rate_limit_is_waited_out_and_paid_once(world: World) -> None:
    world.endpoint.fail(Fault.RATE_LIMITED, retry_after=0.01, at=PathKind.GENERATE)
    assert buttons(await world.picture(world.ada)) == ["Reroll", "Remix", "More", "Report"]
    assert world.endpoint.paid_calls == 1


@in_world()
async def test_an_unreachable_provider_is_told_as_a_fault(world: World) -> None:
    world.endpoint.fail(Fault.RESET_AT_ONCE, times=None, at=PathKind.GENERATE)
    card = await world.picture(world.ada)
    assert "Nothing was charged" in words(card)
    assert buttons(card) == ["Try again"]
