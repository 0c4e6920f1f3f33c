"""The provider takes no orders: who is told what, what waits, and how it ends."""

from standins.endpoint import Fault, PathKind
from tests.discord.world import World, buttons, in_world, told, until, words


async def key_is_asked_about(world: World, times: int) -> None:
    world.app.queue.wake()
    await until(lambda: world.endpoint.requests(PathKind.RESULT) == times)


async def trouble(world: World, fault: Fault) -> list[str]:
    """Ada is painted for, Ben waits, and every order fails: what their cards say."""
    world.endpoint.hold()
    world.endpoint.fail(fault, times=None)
    asked = [await world.imagine(actor) for actor in (world.ada, world.ben)]
    world.endpoint.release()
    await world.finish()
    return [words(world.message(it)) for it in asked]


@in_world(guild_credits=5, onemin_concurrency=1)
async def test_a_key_that_is_refused_ends_everything_free_until_it_is_accepted(world: World) -> None:
    await world.open_desk()
    cards = await trouble(world, Fault.BAD_KEY)
    assert all("does not accept this bot's key" in card for card in cards)
    assert len(world.endpoint.posts) == 1
    assert "**5** left" in told(await world.ada.slash(world.channel, "credits"))
    assert "does not accept this bot's key" in told(await world.imagine(world.cyd))
    assert len(world.endpoint.posts) == 1
    await until(lambda: bool(world.alerts()))
    assert world.alerts() == ["1min.ai does not accept the API key"]

    world.endpoint.heal()
    await world.env.advance_time(61)
    await key_is_asked_about(world, 1)
    await until(lambda: len(world.alerts()) > 1)
    assert world.alerts() == ["1min.ai does not accept the API key", "Pictures can be ordered again"]
    assert buttons(await world.picture(world.cyd)) == ["Reroll", "Remix", "More", "Report"]


@in_world(onemin_concurrency=1)
async def test_a_key_that_stays_refused_is_tried_free_of_charge_and_told_once(world: World) -> None:
    await world.open_desk()
    await trouble(world, Fault.BAD_KEY)
    for number in (1, 2):
        await world.env.advance_time(301)
        await key_is_asked_about(world, number)
    assert len(world.endpoint.posts) == 1
    assert len(world.alerts()) == 1


@in_world(onemin_concurrency=1)
async def test_an_empty_account_is_found_filled_by_the_next_members_picture(world: World) -> None:
    await world.open_desk()
    cards = await trouble(world, Fault.OUT_OF_CREDITS)
    assert all("out of credits" in card for card in cards)
    assert "out of credits" in told(await world.imagine(world.cyd))
    await world.env.advance_time(61)
    assert "out of credits" in words(await world.picture(world.cyd))
    assert "out of credits" in told(await world.imagine(world.cyd))
    world.endpoint.heal()
    await world.env.advance_time(121)
    assert buttons(await world.picture(world.cyd)) == ["Reroll", "Remix", "More", "Report"]
    await until(lambda: len(world.alerts()) > 1)
    assert [it.split()[0] for it in world.alerts()] == ["The", "Pictures"]


@in_world(onemin_concurrency=1)
async def test_what_waits_through_an_outage_is_painted_after_it(world: World) -> None:
    await world.open_desk()
    world.endpoint.fail(Fault.SERVER_ERROR, times=None)
    for _ in range(5):
        assert buttons(await world.picture(world.ada)) == ["Try again"]
    asked = [await world.imagine(actor) for actor in (world.ada, world.ben)]
    await world.env.settle()
    assert len(world.endpoint.posts) == 5
    assert all("line" in words(world.message(it)) for it in asked)
    world.endpoint.heal()
    await world.env.advance_time(16)
    world.app.queue.wake()
    await world.finish()
    assert [len(world.message(it).attachments) for it in asked] == [1, 1]
    await until(lambda: len(world.alerts()) > 1)
    assert world.alerts() == ["1min.ai fails again and again", "Pictures can be ordered again"]


@in_world(onemin_concurrency=1)
async def test_one_at_a_time_finds_out_whether_an_outage_is_over_and_the_others_wait(world: World) -> None:
    world.endpoint.fail(Fault.SERVER_ERROR, times=None)
    for _ in range(5):
        await world.picture(world.ada)
    asked = [await world.imagine(actor) for actor in (world.ada, world.ben)]
    await world.env.advance_time(16)
    world.app.queue.wake()
    await until(lambda: buttons(world.message(asked[0])) == ["Try again"])
    assert len(world.endpoint.posts) == 6
    assert "line" in words(world.message(asked[1]))
    world.endpoint.heal()
    await world.env.advance_time(31)
    world.app.queue.wake()
    await world.finish()
    assert len(world.message(asked[1]).attachments) == 1


@in_world(onemin_concurrency=1, guild_credits=5)
async def test_an_outage_is_waited_for_ten_minutes_and_then_costs_nothing(world: World) -> None:
    world.endpoint.fail(Fault.SERVER_ERROR, times=None)
    for _ in range(5):
        await world.picture(world.ada)
    asked = await world.imagine(world.ben)
    await world.env.advance_time(601)
    world.app.queue.wake()
    await world.finish()
    assert buttons(world.message(asked)) == ["Try again"]
    assert "**5** left" in told(await world.ada.slash(world.channel, "credits"))
