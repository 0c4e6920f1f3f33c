"""Every door to a picture that is too old answers in words, and nothing of the books goes."""

from datetime import timedelta

from standins.endpoint import Fault
from tests.discord.editing import menu
from tests.discord.test_album import favoured, history, more, press_on
from tests.discord.test_kept import fetched, kept, line
from tests.discord.test_moderation import now, report
from tests.discord.test_remix import sent
from tests.discord.world import World, buttons, in_world, told, words

TOO_OLD = "This picture is too old"


async def age(world: World, days: int) -> int:
    """What the daily run does when so many days have gone by."""
    world.clock.ahead += timedelta(days=days)
    return await world.app.retention.sweep()


@in_world(retention_days=7)
async def test_every_door_to_an_old_picture_says_that_it_is_too_old(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox")
    world.endpoint.fail(Fault.UPSTREAM_BUSY)
    failed = await world.imagine(world.ada, "a blue fox")
    await world.finish()
    panel, page = await more(world, world.ada, picture), await history(world, world.ada)
    labels = [it for it in buttons(world.message(panel)) if it != "Report"]
    assert {"Variations", "Edit", "Favourite", "Delete"} <= set(labels)
    await favoured(world, world.ben, picture)
    assert await age(world, 6) == 0
    assert await age(world, 2) == 2
    for label in ("Reroll", "Remix", "More"):
        assert TOO_OLD in told(await world.press(world.ben, now(world, picture), label))
    for label in labels:
        assert TOO_OLD in told(await world.press(world.ada, world.message(panel), label)), label
    assert TOO_OLD in told(await world.press(world.ada, world.message(failed), "Try again"))
    assert TOO_OLD in told(await press_on(world, world.ada, page, "show-again", picture))
    assert TOO_OLD in told(await menu(world, world.ben, now(world, picture), "How was this made?"))
    for options in ({}, {"show": "favourites"}):
        found = told(await history(world, world.ben, **options))
        assert "Nothing was found" in found
        assert "What is older than 7 days is not kept here." in found
    assert "red fox" in words(now(world, picture))  # the message is Discord's, and stays
    assert "red fox" not in str(world.rows("SELECT * FROM jobs")) + str(world.rows("SELECT * FROM reports"))
    assert "7 days" in told(await world.ada.slash(world.channel, "privacy"))


@in_world(retention_days=1)
async def test_what_is_too_old_can_still_be_reported_and_removed(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox")
    await report(world, picture, world.ben)
    assert await age(world, 2) == 1
    assert world.rows("SELECT reason FROM reports") == [("",)]
    await report(world, now(world, picture), world.cyd)
    await world.mod.context_menu(world.channel, "Remove this picture", now(world, picture))
    await world.env.settle()
    assert "Removed by staff" in words(now(world, picture))


@in_world(retention_days=1)
async def test_a_form_that_was_open_all_the_time_is_answered_in_words(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox")
    form = await world.press(world.ben, picture, "Remix")
    assert await age(world, 2) == 1
    assert TOO_OLD in told(await sent(world.ben, form, prompt="a green fox"))


@in_world(retention_days=1)
async def test_what_is_kept_for_somebody_is_shown_however_old_it_is(world: World) -> None:
    await kept(world)
    assert await age(world, 3) == 0
    await fetched(world, world.ada, await line(world, world.ada))
    assert await age(world, 2) == 1


@in_world(retention_days=30)
async def test_another_number_holds_after_a_restart(world: World) -> None:
    await world.picture(world.ada, "a red fox")
    assert await age(world, 20) == 0
    await world.restart(retention_days=90)
    assert await age(world, 20) == 0
    await world.restart(retention_days=10)
    assert await age(world, 0) == 1
