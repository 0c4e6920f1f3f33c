"""A process dies and another takes over: nothing is lost, nothing is paid twice, everybody is told."""

from standins.endpoint import Fault
from tests.discord.world import World, buttons, in_world, told, words


@in_world(working=False)
async def test_waiting_jobs_are_painted_by_the_next_process(world: World) -> None:
    asked = [await world.imagine(world.ada), await world.imagine(world.ben)]
    await world.restart()
    await world.finish()
    assert all(buttons(world.message(it)) == ["Reroll", "Remix", "More", "Report"] for it in asked)
    assert world.endpoint.paid_calls == 2


@in_world(guild_credits=1)
async def test_an_order_whose_outcome_nobody_knows_is_not_repeated(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    await world.restart()
    world.endpoint.release()
    await world.finish()
    card = world.message(asked)
    assert "I was interrupted" in words(card)
    assert "Nothing was charged" in words(card)
    assert buttons(card) == ["Try again"]
    assert len(world.endpoint.posts) == 1
    assert "**1** left" in told(await world.ada.slash(world.channel, "credits"))


@in_world(onemin_async=True)
async def test_an_order_known_by_name_is_followed_after_a_restart(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    await world.ordered()
    await world.restart()
    world.endpoint.release()
    await world.finish()
    assert buttons(world.message(asked)) == ["Reroll", "Remix", "More", "Report"]
    assert world.endpoint.paid_calls == 1


@in_world()
async def test_a_painted_picture_is_delivered_after_a_restart(world: World) -> None:
    asked = await world.painted_but_not_delivered(world.ada)
    await world.restart()
    await world.finish()
    assert buttons(world.message(asked)) == ["Reroll", "Remix", "More", "Report"]
    assert world.endpoint.paid_calls == 1


@in_world(guild_credits=1)
async def test_a_job_whose_card_never_came_is_released(world: World) -> None:
    await world.accepted_but_not_announced(world.ada)
    await world.restart()
    await world.finish()
    assert world.endpoint.posts == ()
    assert "**1** left" in told(await world.ada.slash(world.channel, "credits"))


@in_world()
async def test_a_stop_lets_what_is_being_painted_finish(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    world.endpoint.release()
    await world.app.stop(30)
    assert buttons(world.message(asked)) == ["Reroll", "Remix", "More", "Report"]


@in_world()
async def test_commands_are_written_only_when_they_changed(world: World) -> None:
    def writes() -> int:
        return sum(it.method == "PUT" and it.path.endswith("/commands") for it in world.env.http_requests)

    assert writes() == 1
    await world.restart()
    assert writes() == 1
    world.env.backend.commands[None].pop(("about", 1))
    await world.restart()
    assert writes() == 2


@in_world()
async def test_a_card_that_may_not_be_changed_is_not_tried_for_ever(world: World) -> None:
    world.endpoint.fail(Fault.SERVER_ERROR)
    for path in ("/webhooks/*", "/channels/*"):
        world.env.inject_error("PATCH", path, status=403, code=50001, message="Missing Access", times=None)
    await world.imagine(world.ada)
    await world.finish()
    assert await world.app.store.untold() == []
    await world.env.advance_time(120)
    assert await world.app.store.untold() == []
