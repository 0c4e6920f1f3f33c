"""Guilds remove the bot, come back, or cannot be reached for a while."""

from bot.domain.jobs import JobState, job_id
from tests.discord.world import Result, World, buttons, in_world, told


async def state(world: World, asked: Result) -> JobState:
    job = await world.app.store.find(job_id(int(asked._interaction.id)))
    assert job is not None
    return job.state


async def two_at_work(world: World) -> list[Result]:
    """One picture being painted, and one that waits."""
    world.endpoint.hold()
    painting = await world.imagine(world.ada)
    await world.endpoint.arrived(1)
    return [painting, await world.imagine(world.ben)]


async def paid(world: World) -> tuple[int, int]:
    pool = await world.app.bot.services.wallet._pools.pool(world.guild.id, world.app.admission._house.plan)
    return pool.spent, pool.held


@in_world(onemin_concurrency=1)
async def test_what_waits_is_released_and_what_is_painted_ends_as_if_cancelled(world: World) -> None:
    painting, waiting = await two_at_work(world)
    world.env.backend.remove_guild(world.guild.id)
    await world.env.settle()
    assert await state(world, waiting) is JobState.CANCELLED
    world.endpoint.release()
    await world.app.queue.idle()
    assert await state(world, painting) is JobState.CANCELLED
    assert await paid(world) == (1, 0)
    assert len(world.endpoint.posts) == 1


@in_world(onemin_concurrency=1)
async def test_an_outage_is_no_departure(world: World) -> None:
    asked = await two_at_work(world)
    world.env.backend.emit("GUILD_DELETE", {"id": str(world.guild.id), "unavailable": True})
    await world.env.settle()
    world.endpoint.release()
    await world.finish()
    assert [await state(world, it) for it in asked] == [JobState.DELIVERED] * 2


@in_world()
async def test_a_guild_that_comes_back_finds_everything(world: World) -> None:
    picture = await world.picture(world.ada)
    guild = world.guild.id
    await world.app.bot.services.residency.left(guild)
    await world.restart()
    assert (await world.app.bot.services.residency._guilds.known())[guild] is False
    rerolled = await world.press(world.ben, picture, "Reroll")
    await world.finish()
    assert buttons(world.message(rerolled)) == ["Reroll", "Remix", "More", "Report"]
    assert "2 of" not in told(await world.ada.slash(world.channel, "credits"))


@in_world(working=False)
async def test_a_departure_while_the_bot_was_away_is_found_at_the_next_start(world: World) -> None:
    asked = await world.imagine(world.ada)
    await world.rest()
    world.env.backend.guilds.pop(world.guild.id)  # without a word to the bot, which is not there to hear it
    await world.restart()
    await world.app.queue.idle()
    assert await state(world, asked) is JobState.CANCELLED
    assert world.endpoint.posts == ()
