"""Caps hold at every door, for whoever presses, and the refusal says which rule applied and when to come back."""

from datetime import UTC, datetime, timedelta

from standins.endpoint import Fault, PathKind
from tests.discord.world import Actor, World, buttons, in_world, timestamps, told

FEBRUARY = datetime(2026, 2, 1, tzinfo=UTC)


async def refused(world: World, actor: Actor) -> str:
    """Why `/imagine` says no, without what all such refusals end in."""
    answer = told(await world.imagine(actor))
    assert timestamps(answer) == [FEBRUARY, FEBRUARY]
    sentence, returns = answer.split(". It begins anew ")
    assert returns.endswith("Nothing was charged.")
    return sentence


@in_world()
async def test_the_default_cap_holds_for_every_member_and_says_when_it_returns(world: World) -> None:
    await world.decided("set", target=world.guild.default_role, amount=1)
    await world.picture(world.ada)
    assert await refused(world, world.ada) == (
        "Your cap is 1 credit, as for every member here, and you have used 1 credit"
    )
    assert buttons(await world.picture(world.ben)) == ["Reroll", "Remix", "More", "Report"]
    shown = told(await world.ada.slash(world.channel, "credits"))
    assert "**98** left, enough for 98 pictures" in shown
    assert "**0** left\nYour cap is 1 credit, as for every member here. You have used 1, pictures" in shown
    world.clock.ahead += timedelta(days=31)
    assert buttons(await world.picture(world.ada)) == ["Reroll", "Remix", "More", "Report"]


@in_world()
async def test_whoever_presses_reroll_is_capped_and_nobody_else(world: World) -> None:
    picture = await world.picture(world.ada)
    await world.decided("set", target=world.ben, amount=0)
    answer = told(await world.press(world.ben, picture, "Reroll"))
    assert answer.startswith("Your own cap is 0 credits, and you have used 0 credits. It begins anew <t:")
    await world.press(world.cyd, picture, "Reroll")
    await world.finish()
    assert world.endpoint.paid_calls == 2


@in_world()
async def test_whoever_presses_try_again_is_capped_and_nobody_else(world: World) -> None:
    artists = world.role("Artists", world.ben)
    await world.decided("set", target=artists, amount=0)
    world.endpoint.fail(Fault.SERVER_ERROR, at=PathKind.GENERATE)
    failed = await world.picture(world.ada)
    answer = told(await world.press(world.ben, failed, "Try again"))
    assert answer.startswith(f"Your cap is 0 credits, from the role <@&{artists.id}>, and you have used 0 credits.")
    await world.press(world.ada, failed, "Try again")
    await world.finish()
    assert world.endpoint.paid_calls == 1


@in_world()
async def test_the_highest_cap_of_a_members_roles_counts_even_below_the_default(world: World) -> None:
    low, high = world.role("Low", world.ada, world.ben), world.role("High", world.ada)
    await world.decided("set", target=world.guild.default_role, amount=5)
    await world.decided("set", target=low, amount=0)
    await world.decided("set", target=high, amount=1)
    await world.picture(world.ada)
    assert f"Your cap is 1 credit, from the role <@&{high.id}>" in await refused(world, world.ada)
    assert f"Your cap is 0 credits, from the role <@&{low.id}>" in await refused(world, world.ben)
    world.withdraw_role(world.ben, low)
    await world.picture(world.ben)
    assert world.endpoint.paid_calls == 2


@in_world()
async def test_a_members_own_cap_comes_before_an_exempt_role_and_that_before_all_else(world: World) -> None:
    patrons = world.role("Patrons", world.ada, world.ben)
    await world.decided("set", target=world.guild.default_role, amount=0)
    await world.decided("exempt", role=patrons, exempt=True)
    await world.decided("set", target=world.ben, amount=0)
    await world.picture(world.ada)
    assert "Your own cap is 0 credits" in await refused(world, world.ben)
    shown = told(await world.ada.slash(world.channel, "credits"))
    assert f"You have no cap: the role <@&{patrons.id}> is exempt. You may spend what the server has." in shown
    await world.decided("exempt", role=patrons, exempt=False)
    assert "as for every member here" in await refused(world, world.ada)


@in_world(guild_credits=50)
async def test_extra_is_used_last_and_lapses_with_the_month(world: World) -> None:
    artists = world.role("Artists", world.ada)
    await world.decided("set", target=world.ada, amount=1)
    await world.decided("give", target=world.ada, amount=1)
    await world.decided("give", target=artists, amount=1)
    await world.picture(world.ada)
    shown = told(await world.ada.slash(world.channel, "credits"))
    assert "**2** left, 2 of them extra, used last" in shown
    assert "Your own cap is 1 credit, with 2 credits extra on top. You have used 1, pictures" in shown
    assert "and extra lapses." in shown
    await world.picture(world.ada)
    await world.picture(world.ada)
    assert await refused(world, world.ada) == (
        "Your own cap is 1 credit, with 2 credits extra on top, and you have used 3 credits"
    )
    world.clock.ahead += timedelta(days=31)
    await world.picture(world.ada)
    assert "Your own cap is 1 credit, and you have used 1 credit." in told(await world.imagine(world.ada))


@in_world()
async def test_what_is_taken_back_is_gone_at_once(world: World) -> None:
    await world.decided("set", target=world.ada, amount=0)
    await world.decided("give", target=world.ada, amount=2)
    await world.picture(world.ada)
    await world.decided("take", target=world.ada, amount=1)
    assert "with 1 credit extra on top, and you have used 1 credit" in await refused(world, world.ada)


@in_world()
async def test_a_reset_lets_a_member_or_all_with_a_role_begin_anew(world: World) -> None:
    artists = world.role("Artists", world.ada)
    await world.decided("set", target=world.guild.default_role, amount=1)
    for actor in (world.ada, world.ben, world.cyd):
        await world.picture(actor)
    await world.decided("reset", target=world.ben)
    await world.decided("reset", target=artists)
    for actor in (world.ada, world.ben):
        await world.picture(actor)
        assert "you have used 1 credit" in await refused(world, actor)
    assert "you have used 1 credit" in await refused(world, world.cyd)
    await world.decided("reset", target=world.guild.default_role)
    await world.picture(world.cyd)
    assert world.endpoint.paid_calls == 6


@in_world()
async def test_pictures_under_way_count_until_they_end(world: World) -> None:
    await world.decided("set", target=world.ada, amount=1)
    world.endpoint.hold()
    world.endpoint.fail(Fault.SERVER_ERROR, at=PathKind.GENERATE)
    await world.imagine(world.ada)
    assert "you have used 1 credit" in await refused(world, world.ada)
    world.endpoint.release()
    await world.finish()
    assert buttons(await world.picture(world.ada)) == ["Reroll", "Remix", "More", "Report"]


@in_world()
async def test_roles_count_also_while_the_bot_knows_nothing_of_the_server(world: World) -> None:
    artists = world.role("Artists", world.ada)
    await world.decided("set", target=artists, amount=0)
    await world.decided("give", target=world.guild.default_role, amount=1)
    world.forget_the_guild()
    answer = told(await world.ada.slash(world.channel, "credits"))
    assert f"Your cap is 0 credits, from the role <@&{artists.id}>, with 1 credit extra on top." in answer


@in_world(guild_credits=3)
async def test_a_cap_owns_nothing_and_credits_say_where_the_server_has_fewer(world: World) -> None:
    await world.decided("set", target=world.ada, amount=5)
    assert "**5** left\nThe server itself has fewer than that.\nYour own cap is 5 credits." in told(
        await world.ada.slash(world.channel, "credits")
    )
