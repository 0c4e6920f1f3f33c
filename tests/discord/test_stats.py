"""`/stats`: everything for staff, less for everybody if staff allow it."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from standins.endpoint import Fault
from tests.adapters.charts import scripts
from tests.adapters.charts.scripts import script
from tests.discord.panel import Panel
from tests.discord.world import Actor, Result, World, gallery, in_world, told

SECONDS = 120


async def stats(world: World, actor: Actor, **options: int) -> Result:
    world.env.settle_timeout = SECONDS  # a process of its own takes its time, above all on a busy machine
    return await actor.slash(world.channel, "stats", **options)


async def size(answer: Result) -> tuple[int, int]:
    assert answer.response is not None
    (file,) = answer.response.attachments
    assert file.filename == "stats.png"
    with Image.open(BytesIO(await file.read())) as image:
        return image.size


def alt_text(world: World, answer: Result) -> str:
    (item,) = gallery(world.message(answer))
    assert len(item["description"]) <= 1024
    return str(item["description"])


@in_world()
async def test_staff_see_days_members_channels_outcomes_and_waits_as_one_picture(world: World) -> None:
    for actor in (world.ada, world.ada, world.mod):
        await world.picture(actor)
    world.endpoint.fail(Fault.MODERATED)
    await world.picture(world.ben)

    answer = await stats(world, world.mod)

    assert await size(answer) == (1200, 860)
    text = told(answer)
    assert "## The last 30 days\n3 pictures for 3 credits, from 4 requests." in text
    assert f"**Members** 1 <@{world.ada.id}> · 2 <@{world.mod.id}>" in text
    assert f"**Channels** 1 <#{world.channel.id}>" in text
    alt = alt_text(world, answer)
    assert alt.startswith("Statistics of Atelier, the last 30 days: 3 pictures for 3 credits. Most on Jan 1: 3. ")
    assert "4 requests: 3 shown, 1 stopped by the filter. Half were painted within" in alt
    assert f"The member with most: 1 …{str(world.ada.id)[-4:]}, 2 pictures." in alt
    assert alt.endswith("The channel with most: 1 #art, 3 pictures.")


@in_world()
async def test_members_are_refused_until_staff_allow_it_and_then_see_neither_who_nor_where(world: World) -> None:
    await world.picture(world.ada)
    assert "Only this server's staff can do this" in told(await stats(world, world.ada))
    panel = await Panel.open(world, page="log")
    assert panel.shown("Statistics for everybody") == "no"
    await world.decree("open_stats", value=True)

    answer = await stats(world, world.ben)

    assert await size(answer) == (1200, 480)
    text = told(answer)
    assert "1 picture for 1 credit, from 1 request." in text
    assert "Members" not in text
    assert "Channels" not in text
    alt = alt_text(world, answer)
    assert "1 request: 1 shown." in alt
    assert "with most" not in alt
    assert "**Members**" in told(await stats(world, world.mod))
    await world.decree("open_stats", value=None)
    assert "Only this server's staff can do this" in told(await stats(world, world.ada))


@in_world()
async def test_where_nobody_asked_for_anything_there_are_words_and_no_picture(world: World) -> None:
    other = world.elsewhere()
    await other.picture(other.ada)
    answer = await stats(world, world.mod, days=7)
    assert told(answer) == "Nobody has asked for a picture here in the last 7 days, so there is nothing to draw."
    assert answer.response is not None
    assert answer.response.attachments == []


@in_world()
async def test_requests_without_any_picture_are_figures_as_well(world: World) -> None:
    world.endpoint.fail(Fault.MODERATED)
    await world.picture(world.ada)
    answer = await stats(world, world.mod, days=90)
    assert await size(answer) == (1200, 480)
    assert "0 pictures for 0 credits, from 1 request." in told(answer)
    assert "Most on" not in alt_text(world, answer)


@in_world()
@pytest.mark.parametrize("text", [scripts.BREAKS, scripts.DRAWS_NOTHING])
async def test_a_drawing_that_fails_is_told_in_words(world: World, text: str) -> None:
    await world.picture(world.ada)
    world.draw_with(script(Path(world.settings.data_dir), text))
    answer = await stats(world, world.mod)
    assert told(answer) == "I could not draw this now. Try again in a minute. Nothing was charged."


@in_world(guilds=frozenset({42}))
async def test_a_server_that_the_operator_excludes_gets_no_figures(world: World) -> None:
    assert "this is not one of them" in told(await stats(world, world.mod))


@in_world()
async def test_a_forged_number_of_days_is_refused(world: World) -> None:
    answer = await world.forced(world.mod, "stats", days=100_000)
    assert "`days`: choose one of 7, 30, 90" in told(answer)
