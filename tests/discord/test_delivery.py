from datetime import timedelta
from typing import Final

from bot.ui.delivery import DiscordCards
from standins.endpoint import Fault
from tests.discord.world import World, buttons, in_world, told, words

LATER: Final = timedelta(hours=20)


@in_world()
async def test_the_picture_arrives_after_the_token_has_died(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    await world.env.advance_time(16 * 60)
    world.endpoint.release()
    await world.finish()
    assert buttons(world.message(asked)) == ["Reroll", "Remix", "More", "Report"]
    assert len(world.channel.history()) == 1


@in_world()
async def test_the_token_of_a_job_that_another_process_ends_is_not_kept_for_good(world: World) -> None:
    world.endpoint.hold()
    await world.imagine(world.ada)
    await world.env.advance_time(16 * 60)
    await world.imagine(world.ben)
    cards = world.app.bot.services.announcer
    assert isinstance(cards, DiscordCards)
    assert len(cards._tokens) == 1


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
    assert buttons(world.channel.last_message) == ["Reroll", "Remix", "More", "Report"]


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
    assert len(edits) == 20 + 5


@in_world()
async def test_a_new_message_names_its_job_so_that_a_repeat_posts_nothing_twice(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    await world.env.settle()
    world.env.inject_error("PATCH", "/webhooks/*", status=404, code=50027, message="Invalid Webhook Token", times=None)
    world.env.inject_error("PATCH", "/channels/*", status=403, code=30046, message="Too many edits", times=None)
    world.endpoint.release()
    await world.finish()
    posts = [it for it in world.env.http_requests if it.method == "POST" and it.path.endswith("/messages")]
    (body,) = [it.json for it in posts]
    assert body is not None
    assert (body["nonce"], body["enforce_nonce"]) == (f"{asked._interaction.id}-0", True)


@in_world()
async def test_words_that_automod_stops_are_left_out(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada, "a very special fox")
    await world.endpoint.arrived(1)
    await world.env.settle()
    world.env.inject_error("PATCH", "/webhooks/*", status=400, code=200000, message="Blocked by AutoMod", times=1)
    world.endpoint.release()
    await world.finish()
    card = world.message(asked)
    assert buttons(card) == ["Reroll", "Remix", "More", "Report"]
    assert "AutoMod" in words(card)
    assert "special" not in str(world.payload(card))
    assert "a very special fox" in told(await world.press(world.ada, card, "More"))


@in_world()
async def test_a_file_that_is_too_large_here_is_made_smaller(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    await world.env.settle()
    world.env.inject_error("PATCH", "/webhooks/*", status=413, code=40005, message="Request entity too large", times=1)
    world.endpoint.release()
    await world.finish()
    (shown,) = world.message(asked).attachments
    assert shown.size < len(next(iter(world.endpoint.pictures.values()))) / 2


@in_world()
async def test_words_that_the_card_does_not_take_stand_below_it_once(world: World) -> None:
    world.endpoint.hold()
    world.endpoint.fail(Fault.SERVER_ERROR)
    await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    await world.env.settle()
    for path in ("/webhooks/*", "/channels/*/messages/*"):
        world.env.inject_error("PATCH", path, status=403, code=30046, message="Too many edits", times=None)
    world.endpoint.release()
    await world.finish()
    _, below = world.channel.history()
    assert "Nothing was charged" in words(below)
    assert buttons(below) == ["Try again"]
    world.clock.ahead += LATER
    await world.restart()
    await world.finish()
    assert len(world.channel.history()) == 2


@in_world()
async def test_an_end_is_told_without_the_words_that_automod_stops(world: World) -> None:
    world.endpoint.hold()
    world.endpoint.fail(Fault.SERVER_ERROR)
    asked = await world.imagine(world.ada, "a very special fox")
    await world.endpoint.arrived(1)
    await world.env.settle()
    world.env.inject_error("PATCH", "/webhooks/*", status=400, code=200000, message="Blocked by AutoMod", times=1)
    world.endpoint.release()
    await world.finish()
    card = world.message(asked)
    assert "Nothing was charged" in words(card)
    assert "special" not in str(world.payload(card))
    assert buttons(card) == ["Try again"]
