from tests.discord.world import World, buttons, in_world, told, words


@in_world()
async def test_anybody_rerolls_anybodys_picture_with_another_seed(world: World) -> None:
    first = await world.picture(world.ada, "a red fox", aspect_ratio="3:2", seed=7)
    await world.press(world.ben, first, "Reroll")
    await world.finish()
    source, again = (post.prompt_object for post in world.endpoint.posts)
    assert again["seed"] != 7
    assert {**again, "seed": 7} == source
    card = world.channel.last_message
    assert f"Rerolled by <@{world.ben.id}>" in words(card)
    assert buttons(card) == ["Reroll", "Remix", "More", "Report"]
    assert buttons(world.channel.history()[0]) == ["Reroll", "Remix", "More", "Report"]


@in_world()
async def test_a_reroll_can_be_rerolled(world: World) -> None:
    await world.picture(world.ada)
    for actor in (world.ben, world.cyd, world.ada):
        assert world.channel.last_message is not None
        await world.press(actor, world.channel.last_message, "Reroll")
        await world.finish()
    assert world.endpoint.paid_calls == 4
    assert len({post.prompt_object["seed"] for post in world.endpoint.posts}) == 4


@in_world()
async def test_reroll_outlives_restarts(world: World) -> None:
    old = await world.picture(world.ada, "a red fox")
    for _ in range(2):
        await world.restart()
    await world.env.advance_time(3600)
    pressed = await world.press(world.ben, old, "Reroll")
    await world.finish()
    assert "a red fox" in words(world.message(pressed))
    assert world.endpoint.paid_calls == 2


@in_world(member_jobs=1)
async def test_the_presser_pays_and_is_limited_not_the_one_who_asked_first(world: World) -> None:
    picture = await world.picture(world.ada)
    world.endpoint.hold()
    await world.imagine(world.ben)
    refused = told(await world.press(world.ben, picture, "Reroll"))
    assert "You already have 1 picture waiting or under way" in refused
    assert (await world.press(world.cyd, picture, "Reroll")).response is not None
    world.endpoint.release()
    await world.finish()
    assert world.endpoint.paid_calls == 3


@in_world()
async def test_a_second_press_while_the_first_is_under_way_is_answered_with_a_link(world: World) -> None:
    picture = await world.picture(world.ada)
    world.endpoint.hold()
    first = await world.press(world.ben, picture, "Reroll")
    second = told(await world.press(world.ben, picture, "Reroll"))
    assert world.message(first).jump_url in second
    assert "Nothing more was charged" in second
    other = await world.press(world.cyd, picture, "Reroll")
    assert "Rerolled by" in words(other.response)
    world.endpoint.release()
    await world.finish()
    assert world.endpoint.paid_calls == 3


@in_world()
async def test_reroll_obeys_the_channel_it_is_pressed_in(world: World) -> None:
    world.age_restrict()
    bold = await world.picture(world.ada, safety_tolerance=6)
    world.age_restrict(restricted=False)
    refused = told(await world.press(world.ben, bold, "Reroll"))
    assert "`safety_tolerance` 6 is more than the 2 allowed" in refused
    assert world.endpoint.paid_calls == 1


@in_world()
async def test_a_picture_of_another_guild_is_not_known_here(world: World) -> None:
    picture = await world.picture(world.ada)
    elsewhere = world.elsewhere()
    foreign = await elsewhere.picture(elsewhere.ada)
    stolen = foreign.attachments[0].filename.removesuffix(".png")
    for kind in ("reroll", "retry", "more", "report", "cancel", "edit"):
        refused = told(await world.forged_press(world.ben, picture, f"{kind}:1:{stolen}"))
        assert "I no longer know this picture" in refused
    assert world.endpoint.paid_calls == 2
