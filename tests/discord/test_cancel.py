from standins.endpoint import Fault, PathKind
from tests.discord.world import World, buttons, in_world, told, words


@in_world(guild_credits=1, working=False)
async def test_a_waiting_job_is_cancelled_free(world: World) -> None:
    asked = await world.imagine(world.ada)
    assert "Nothing was charged" in told(await world.press(world.ada, world.message(asked), "Cancel"))
    card = world.message(asked)
    assert "Cancelled. Nothing was charged." in words(card)
    assert buttons(card) == []
    world.work()
    await world.finish()
    assert world.endpoint.posts == ()
    assert buttons(await world.picture(world.ada)) == ["Reroll", "Remix", "More", "Report"]


@in_world(working=False)
async def test_only_the_requester_and_staff_may_cancel(world: World) -> None:
    asked = await world.imagine(world.ada)
    assert "for the member who asked" in told(await world.press(world.ben, world.message(asked), "Cancel"))
    assert "Cancelled" in told(await world.press(world.mod, world.message(asked), "Cancel"))


@in_world(guild_credits=2)
async def test_cancelling_while_painting_asks_first_and_costs_if_the_picture_is_made(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    asks = await world.press(world.ada, world.message(asked), "Cancel")
    assert "still costs 1 credit" in told(asks)
    assert "Painting" in words(world.message(asked)) or "Next" in words(world.message(asked))
    confirmed = await world.press(world.ada, world.message(asks), "Cancel anyway")
    assert "nothing if it is not" in told(confirmed)
    assert confirmed.response is not None
    assert buttons(confirmed.response) == []
    assert "Cancelled while it was being painted" in words(world.message(asked))
    assert buttons(world.message(asked)) == []
    world.endpoint.release()
    await world.finish()
    assert "1 credit spent" in words(world.message(asked))
    assert world.message(asked).attachments == []
    assert "**1** left" in told(await world.ada.slash(world.channel, "credits"))


@in_world(guild_credits=1)
async def test_cancelling_a_picture_that_then_fails_costs_nothing(world: World) -> None:
    world.endpoint.hold()
    world.endpoint.fail(Fault.SERVER_ERROR, at=PathKind.GENERATE)
    asked = await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    await world.cancel_while_painting(world.ada, world.message(asked))
    world.endpoint.release()
    await world.finish()
    assert "Nothing was charged" in words(world.message(asked))
    assert "**1** left" in told(await world.ada.slash(world.channel, "credits"))


@in_world()
async def test_what_has_ended_cannot_be_cancelled(world: World) -> None:
    picture = await world.picture(world.ada)
    custom_id = f"cancel:1:{picture.attachments[0].filename.removesuffix('.png')}"
    assert "Too late" in told(await world.forged_press(world.ada, picture, custom_id))
