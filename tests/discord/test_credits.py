from datetime import UTC, datetime, timedelta

from standins.endpoint import Fault, PathKind
from tests.discord.world import World, buttons, in_world, timestamps, told, words


@in_world(guild_credits=5, guild_jobs=100, member_jobs=100)
async def test_fifty_race_for_five_credits_and_exactly_five_get_a_picture(world: World) -> None:
    members = [world.member(f"member{number}") for number in range(50)]
    results = await world.rush(*((member, {"prompt": "a fox"}) for member in members))
    await world.finish()
    refused = [told(it) for it in results if it.response is not None and it.response.ephemeral]
    shown = [world.message(it) for it in results if it.response is not None and not it.response.ephemeral]
    assert len(refused) == 45
    assert len(shown) == world.endpoint.paid_calls == len(world.endpoint.posts) == 5
    assert all(buttons(message) == ["Reroll", "Remix", "More", "Report"] for message in shown)
    midnight = datetime(2026, 2, 1, tzinfo=UTC)
    assert all(timestamps(text) == [midnight, midnight] for text in refused)
    assert len(world.channel.history()) == 5


@in_world(guild_credits=1)
async def test_the_same_interaction_delivered_twice_is_one_picture(world: World) -> None:
    asked = await world.imagine(world.ada)
    world.deliver_again(asked)
    await world.env.settle()
    await world.finish()
    assert sum(it.path.endswith("/callback") for it in world.env.http_requests) == 1
    assert world.endpoint.paid_calls == 1
    assert len(world.channel.history()) == 1


@in_world(guild_credits=2)
async def test_credits_show_the_pool_what_is_held_and_when_more_comes(world: World) -> None:
    world.endpoint.hold()
    await world.imagine(world.ada)
    shown = told(await world.ben.slash(world.channel, "credits"))
    assert "**1** left, enough for 1 picture" in shown
    assert "1 of this month's 2 credits" in shown
    assert "1 credit held for pictures under way" in shown
    assert timestamps(shown)[0] == datetime(2026, 2, 1, tzinfo=UTC)
    world.endpoint.release()
    await world.finish()
    shown = told(await world.ben.slash(world.channel, "credits"))
    assert "**1** left" in shown
    assert "Nothing is under way" in shown


@in_world(price_edit=3)
async def test_what_an_edit_costs_is_told_where_it_costs_something_else(world: World) -> None:
    assert "A picture costs 1 credit, an edit 3, paid" in told(await world.ada.slash(world.channel, "credits"))


@in_world(price_edit=3, editing_enabled=False)
async def test_nothing_is_told_of_edits_where_there_are_none(world: World) -> None:
    assert "A picture costs 1 credit, paid" in told(await world.ada.slash(world.channel, "credits"))


@in_world(guild_credits="unlimited")
async def test_an_unlimited_guild_is_told_so(world: World) -> None:
    await world.picture(world.ada)
    assert "Unlimited" in told(await world.ada.slash(world.channel, "credits"))


@in_world(guild_credits=1, guild_credits_period="day")
async def test_the_allowance_returns_with_the_next_period(world: World) -> None:
    await world.picture(world.ada)
    assert "credits are used up" in told(await world.imagine(world.ada))
    world.clock.ahead += timedelta(days=1)
    await world.picture(world.ada)
    assert world.endpoint.paid_calls == 2


@in_world(guild_credits=1)
async def test_what_fails_costs_nothing(world: World) -> None:
    world.endpoint.fail(Fault.SERVER_ERROR, at=PathKind.GENERATE)
    failed = await world.picture(world.ada)
    assert "Nothing was charged" in words(failed)
    assert buttons(await world.picture(world.ada)) == ["Reroll", "Remix", "More", "Report"]


@in_world(provider_calls_per_day=2)
async def test_the_operators_bound_holds_whatever_the_credits_say(world: World) -> None:
    world.endpoint.fail(Fault.MODERATED)
    await world.picture(world.ada)
    await world.picture(world.ada)
    refused = told(await world.imagine(world.ada))
    assert "painted as much today as its operator allows" in refused
    assert timestamps(refused)[0] == datetime(2026, 1, 2, tzinfo=UTC)
    world.clock.ahead += timedelta(days=1)
    await world.picture(world.ada)
    assert len(world.endpoint.posts) == 3


@in_world(provider_calls_per_day=2, working=False)
async def test_jobs_waiting_when_the_day_is_spent_end_free_and_worded(world: World) -> None:
    waiting = [await world.imagine(world.ada), await world.imagine(world.ben)]
    await world.restart(working=False, provider_calls_per_day=1)
    world.work()
    await world.finish()
    cards = [words(world.message(asked)) for asked in waiting]
    assert sum("as much today as its operator allows" in card for card in cards) == 1
    assert world.endpoint.paid_calls == 1


@in_world(guild_jobs=2)
async def test_a_guild_has_only_so_many_jobs_at_once(world: World) -> None:
    world.endpoint.hold()
    await world.imagine(world.ada)
    await world.imagine(world.ben)
    assert "This server already has 2 pictures waiting or under way" in told(await world.imagine(world.cyd))
    world.endpoint.release()
    await world.finish()
