from standins.endpoint import Fault
from tests.discord.world import World, buttons, in_world, told, words


@in_world()
async def test_the_picture_arrives_after_the_token_has_died(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    await world.env.advance_time(16 * 60)
    world.endpoint.release()
    await world.finish()
    assert buttons(world.message(asked)) == ["Reroll", "More", "Report"]
    assert len(world.channel.history()) == 1


@in_world()
async def test_a_card_that_cannot_be_edited_is_followed_by_a_new_one(world: World) -> None:
    world.endpoint.hold()
    await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    await world.env.settle()
    for path in ("/webhooks/*", "/channels/*/messages/*"):
        world.env.inject_error("PATCH", path, status=403, code=50001, message="Missing Access", times=None)
    world.endpoint.release()
    await world.finish()
    assert len(world.channel.history()) == 2
    assert buttons(world.channel.last_message) == ["Reroll", "More", "Report"]


@in_world(guild_credits=1)
async def test_a_removed_card_is_not_answered_with_a_new_one_and_costs_nothing(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    await world.mod.delete(world.message(asked))
    world.endpoint.release()
    await world.finish()
    assert world.channel.history() == []
    assert "**1** left" in told(await world.ada.slash(world.channel, "credits"))


@in_world(guild_credits=1)
async def test_a_picture_that_discord_takes_nowhere_costs_nothing(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    await world.env.settle()
    for method, path in (("PATCH", "/webhooks/*"), ("PATCH", "/channels/*"), ("POST", "/channels/*")):
        world.env.inject_error(method, path, status=403, code=50013, message="Missing Permissions", times=None)
    world.endpoint.release()
    await world.finish()
    assert "Next" in words(world.message(asked)) or "Painting" in words(world.message(asked))
    assert "**1** left" in told(await world.ada.slash(world.channel, "credits"))


@in_world(guild_credits=1)
async def test_an_answer_that_discord_refuses_costs_nothing(world: World) -> None:
    world.env.inject_error("POST", "/interactions/*", status=404, code=10062, message="Unknown interaction", times=None)
    asked = await world.imagine(world.ada)
    assert not asked.acknowledged
    world.env.backend.faults.clear()
    await world.finish()
    assert world.endpoint.posts == ()
    assert "**1** left" in told(await world.ada.slash(world.channel, "credits"))
    assert len(world.incidents()) == 1


@in_world()
async def test_a_file_in_another_format_than_asked_is_shown_as_what_it_is(world: World) -> None:
    world.endpoint.fail(Fault.PICTURE_WEBP)
    picture = await world.picture(world.ada)
    assert picture.attachments[0].filename.endswith(".webp")


@in_world()
async def test_progress_is_left_out_before_a_channel_is_crowded(world: World) -> None:
    for _ in range(20):
        await world.picture(world.ada)
    edits = [it for it in world.env.http_requests if it.method == "PATCH"]
    assert len(edits) == 20 + 13
