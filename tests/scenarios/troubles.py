"""Pictures that do not come about, or not at once."""

from typing import Final

from standins.endpoint import Fault, PathKind
from tests.scenarios.pictures import BELOW_A_PICTURE
from tests.scenarios.stage import Person, Stage

ADA, BEN, CYD, MOD = Person.ADA, Person.BEN, Person.CYD, Person.MOD


async def a_cancel_while_queued_is_free(stage: Stage) -> None:
    stage.endpoint.hold()
    for _ in range(2):
        await stage.painting(ADA)
    waiting = await stage.slash(BEN, "imagine", prompt="never mind")
    stranger = await stage.press(CYD, waiting, "Cancel")
    assert "for the member who asked" in stranger.told
    cancelled = await stage.press(BEN, waiting, "Cancel")
    assert "Nothing was charged" in cancelled.told
    await stage.reads(waiting, "Cancelled. Nothing was charged.")
    other = await stage.slash(CYD, "imagine", prompt="not here")
    await stage.press(MOD, other, "Cancel")
    await stage.reads(other, "Cancelled. Nothing was charged.")
    stage.endpoint.release()
    await stage.finish()
    assert waiting.buttons == other.buttons == []
    assert len(stage.orders) == 2


async def a_cancel_while_painting_says_what_it_costs(stage: Stage) -> None:
    stage.endpoint.hold()
    asked = await stage.painting(ADA)
    warned = await stage.press(ADA, asked, "Cancel")
    assert "still costs 1 credit" in warned.told
    assert asked.buttons == ["Cancel"]
    confirmed = await stage.press(ADA, warned, "Cancel anyway")
    assert "nothing if it is not" in confirmed.told
    assert warned.buttons == []
    await stage.reads(asked, "Cancelled while it was being painted")
    stage.endpoint.release()
    await stage.finish()
    assert "1 credit spent" in asked.shown
    assert asked.pictures == []
    assert "**3** left" in (await stage.slash(ADA, "credits")).told


async def a_cancel_that_is_confirmed_too_late(stage: Stage) -> None:
    stage.endpoint.hold()
    asked = await stage.painting(ADA)
    warned = await stage.press(ADA, asked, "Cancel")
    stage.endpoint.release()
    await stage.finish()
    late = await stage.press(ADA, warned, "Cancel anyway")
    assert "Too late" in late.told
    assert asked.buttons == BELOW_A_PICTURE


async def a_moderated_picture_costs_nothing(stage: Stage) -> None:
    stage.endpoint.fail(Fault.MODERATED)
    asked = await stage.slash(ADA, "imagine", prompt="a fox", seed=3)
    await stage.finish()
    assert "safety filter stopped this one" in asked.shown
    assert "Nothing was charged" in asked.shown
    assert asked.buttons == []
    assert "**4** left" in (await stage.slash(ADA, "credits")).told


async def a_fault_of_the_endpoint_and_another_try(stage: Stage) -> None:
    stage.endpoint.fail(Fault.SERVER_ERROR, at=PathKind.GENERATE)
    asked = await stage.slash(ADA, "imagine", prompt="a fox", seed=3)
    await stage.finish()
    assert "had a fault" in asked.shown
    assert asked.buttons == ["Try again"]
    again = await stage.press(BEN, asked, "Try again")
    await stage.finish()
    assert again.buttons == BELOW_A_PICTURE
    assert f"Tried again by <@{stage.id_of(BEN)}>" in again.shown
    assert stage.orders[0] == stage.orders[1]
    assert "**3** left" in (await stage.slash(ADA, "credits")).told


async def an_old_picture_and_an_open_form_after_a_restart(stage: Stage) -> None:
    old = await stage.picture(ADA)
    opened = await stage.press(BEN, old, "Report")
    await stage.restart()
    again = await stage.press(BEN, old, "Reroll")
    await stage.finish()
    assert again.buttons == BELOW_A_PICTURE
    assert "Thank you" in (await stage.submit(BEN, opened, reason="late")).told
    await stage.until(lambda: len(stage.desk()) == 1)
    assert len(stage.orders) == 2


async def a_bot_that_dies_while_it_paints(stage: Stage) -> None:
    stage.endpoint.hold()
    asked = await stage.painting(ADA, seed=3)
    await stage.crash()
    stage.endpoint.release()
    await stage.reads(asked, "I was interrupted")
    await stage.finish()
    assert asked.buttons == ["Try again"]
    assert "**4** left" in (await stage.slash(ADA, "credits")).told
    again = await stage.press(ADA, asked, "Try again")
    await stage.finish()
    assert again.buttons == BELOW_A_PICTURE


TROUBLES: Final = (
    a_cancel_while_queued_is_free,
    a_cancel_while_painting_says_what_it_costs,
    a_cancel_that_is_confirmed_too_late,
    a_moderated_picture_costs_nothing,
    a_fault_of_the_endpoint_and_another_try,
    an_old_picture_and_an_open_form_after_a_restart,
    a_bot_that_dies_while_it_paints,
)
