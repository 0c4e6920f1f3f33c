"""What `/queue` tells of the pictures of others."""

from tests.discord.world import Actor, World, in_world, told


async def line(world: World, actor: Actor) -> str:
    return told(await actor.slash(world.channel, "queue"))


async def asked(world: World) -> World:
    """Ada asked in a channel that others need not see, ben and ada in the usual one."""
    secret = world.elsewhere()
    secret.guild, secret.ada = world.guild, world.ada
    secret.channel = world.guild.create_text_channel("secret")
    await secret.imagine(world.ada, "a secret fox")
    await world.imagine(world.ben, "an open fox")
    await world.imagine(world.ada, "another open fox")
    return secret


@in_world(working=False)
async def test_of_what_waits_in_another_channel_only_its_place_is_told(world: World) -> None:
    secret = await asked(world)
    here = await line(world, world.cyd)
    _, first, second, third, *_ = here.splitlines()
    assert first.startswith("- number 1, expected ")
    assert first.endswith(" · in another channel")
    assert "an open fox" in second
    assert f"<@{world.ben.id}>" in second
    assert "see it" in second
    assert "another open fox" in third
    assert "secret" not in here
    assert str(secret.channel.id) not in here
    assert "a secret fox" in await line(secret, world.cyd)
    assert "an open fox" not in await line(secret, world.cyd)


@in_world(working=False)
async def test_whoever_asked_sees_their_own_wherever_they_are(world: World) -> None:
    await asked(world)
    here = await line(world, world.ada)
    assert "**you** · a secret fox · [see it](" in here
    assert "**you** · another open fox · [see it](" in here


@in_world(working=False)
async def test_staff_see_who_and_where_and_the_words_only_there(world: World) -> None:
    secret = await asked(world)
    first = (await line(world, world.mod)).splitlines()[1]
    assert f" · <@{world.ada.id}> · in <#{secret.channel.id}> · [see it](" in first
    assert "a secret fox" not in first
    assert "a secret fox" in await line(secret, world.mod)
