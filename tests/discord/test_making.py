"""Files that tell how they were made, and the menu that reads them."""

import json

import pytest
from PIL.PngImagePlugin import PngInfo

from bot.adapters.pictures.reading import notes_in
from bot.domain.inscriptions import DATA_KEY, TEXT_KEY
from bot.domain.pictures import PictureFormat
from tests.adapters.pictures.files import encoded, noise
from tests.discord.editing import HOW, PNG, menu, posted
from tests.discord.world import World, in_world, told
from tests.examples import Held


def a1111(text: str) -> bytes:
    info = PngInfo()
    info.add_text("parameters", text)
    return encoded(noise(), PictureFormat.PNG, pnginfo=info)


@pytest.mark.parametrize("form", ["png", "jpg"])
@in_world()
async def test_a_file_tells_prompt_options_seed_model_and_job(world: World, form: str) -> None:
    picture = await world.picture(world.ada, "a red fox", output_format=form, seed=7)
    (attachment,) = picture.attachments
    data = await attachment.read()
    notes = {it.key: it.text for it in notes_in(Held(data))}
    job = attachment.filename.partition(".")[0]
    assert notes[TEXT_KEY].splitlines()[0] == "a red fox"
    assert "Seed: 7" in notes[TEXT_KEY]
    assert json.loads(notes[DATA_KEY])["job"] == job
    assert json.loads(notes[DATA_KEY])["model"] == world.settings.onemin_model
    assert json.loads(notes[DATA_KEY])["parameters"] == world.endpoint.posts[0].prompt_object
    assert world.endpoint.original(data) is not None


@in_world()
async def test_a_guild_that_does_not_want_it_has_files_as_they_were_painted(world: World) -> None:
    await world.decree("inscribed", value=False)
    picture = await world.picture(world.ada)
    assert await picture.attachments[0].read() == next(iter(world.endpoint.pictures.values()))


@in_world()
async def test_what_automod_stops_is_not_carried_past_it_in_the_file(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada, "a rude fox")
    await world.endpoint.arrived(1)
    await world.env.settle()
    world.env.inject_error("PATCH", "/webhooks/*", status=400, code=200000, message="AutoMod", times=1)
    world.endpoint.release()
    await world.finish()
    (attachment,) = world.message(asked).attachments
    assert await attachment.read() == next(iter(world.endpoint.pictures.values()))


@in_world()
async def test_a_card_of_ours_tells_from_the_records(world: World) -> None:
    await world.decree("inscribed", value=False)
    picture = await world.picture(world.ada, "a **red** fox", seed=7, steps=30)
    answer = told(await menu(world, world.ben, picture, HOW))
    assert r"a \*\*red\*\* fox" in answer
    assert "**steps** 30" in answer
    assert "**seed** 7" in answer
    assert world.files.requests == []


@in_world()
async def test_a_long_prompt_comes_as_a_file(world: World) -> None:
    picture = await world.picture(world.ada, "a fox " * 600)
    answer = await menu(world, world.ben, picture, HOW)
    assert answer.response is not None
    (file,) = answer.response.message.attachments
    assert (await file.read()).decode() == ("a fox " * 600).strip()


@in_world()
async def test_what_was_removed_does_not_tell(world: World) -> None:
    picture = await world.picture(world.ada)
    await world.mod.context_menu(world.channel, "Remove this picture", picture)
    assert "was removed by staff" in told(await menu(world, world.ben, picture, HOW))


@in_world()
async def test_a_picture_of_ours_tells_wherever_somebody_takes_it(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox")
    copied = await posted(world, world.cyd, ("saved.png", await picture.attachments[0].read()))
    answer = await menu(world, world.ben, copied, HOW)
    assert r"**saved\.png**" in told(answer) or "**saved.png**" in told(answer)
    assert "a red fox" in told(answer)
    assert "nothing of it is proved" in told(answer)
    assert answer.response is not None
    (file,) = answer.response.message.attachments
    assert DATA_KEY in (await file.read()).decode()


@in_world()
async def test_what_other_tools_wrote_is_shown_and_can_break_nothing(world: World) -> None:
    nasty = "@everyone <@&1> **a fox**\nNegative prompt: ```x```\nSteps: 20, Sampler: Euler a, Seed: 1"
    message = await posted(world, world.ada, ("a.png", a1111(nasty)), ("b.png", PNG))
    answer = told(await menu(world, world.ben, message, HOW))
    assert r"\@everyone" in answer
    assert "```" not in answer
    assert r"Steps\: 20, Sampler\: Euler a, Seed\: 1" in answer
    assert "b.png" not in answer


@in_world()
async def test_a_flood_of_words_is_cut_and_comes_whole_as_a_file(world: World) -> None:
    flood = "\n".join(f"line {it} " + "x" * 900 for it in range(100))
    answer = await menu(world, world.ben, await posted(world, world.ada, ("a.png", a1111(flood))), HOW)
    assert len(told(answer)) < 4000
    assert answer.response is not None
    (file,) = answer.response.message.attachments
    assert flood in (await file.read()).decode()


@in_world()
async def test_where_nothing_is_told_that_is_said(world: World) -> None:
    message = await posted(world, world.ada, ("a.png", PNG), ("b.png", b"MZ"), ("c.gif", b"GIF89a"))
    assert "Nothing in these files tells" in told(await menu(world, world.ben, message, HOW))
    assert "no picture in this message" in told(
        await menu(world, world.ben, await posted(world, world.ada, ("a.txt", b"a")), HOW)
    )


@in_world()
async def test_a_file_that_is_gone_is_told_as_such(world: World) -> None:
    message = await posted(world, world.ada)
    world.files.gone.add(message.attachments[0].url)
    assert "has expired" in told(await menu(world, world.ben, message, HOW))


@in_world(editing_enabled=False)
async def test_the_menu_is_there_without_editing(world: World) -> None:
    assert "a red fox" in told(await menu(world, world.ben, await world.picture(world.ada), HOW))
