"""What members point at that cannot be edited, or not any more: said in private, with nothing charged."""

from pathlib import Path

import pytest

from bot.domain.pictures import PictureFormat
from standins.endpoint import Fault, PathKind
from tests.adapters.pictures.files import encoded, noise, png_claiming
from tests.discord.editing import HOW, PNG, edited, menu, posted, submit
from tests.discord.world import World, in_world, told

GIF = encoded(noise(), PictureFormat.PNG).replace(b"\x89PNG", b"GIF8")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PROGRAM = b"MZ\x90\x00" + bytes(500)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("dance.gif", GIF, "is no picture that can be edited"),
        ("logo.svg", SVG, "is no picture that can be edited"),
        ("nothing.png", b"", "This file is empty"),
        ("words.txt", b"a fox", "no picture in this message"),
    ],
)
@in_world()
async def test_what_its_description_gives_away_is_refused_before_any_form(
    world: World, name: str, content: bytes, why: str
) -> None:
    refused = await menu(world, world.ben, await posted(world, world.ada, (name, content)))
    assert refused.modal is None
    assert why in told(refused)
    assert "Nothing was charged" in told(refused)
    by_command = await world.ben.slash(world.channel, "edit", image=(name, content), prompt="fog")
    assert why in told(by_command)
    assert world.files.requests == []


@in_world()
async def test_what_discord_says_to_be_too_large_is_refused_before_any_form(world: World) -> None:
    message = await posted(world, world.ada)
    stored = world.env.backend.get_message(world.channel.id, message.id).attachments[0]
    stored["size"] = 50_000_001
    assert "50 MB are the most" in told(await menu(world, world.ben, message))
    stored.update(size=1000, width=20_000, height=15_000)
    assert "too many pixels: 40 megapixels" in told(await menu(world, world.ben, message))
    stored.update(url="https://elsewhere.example/x.png", width=10, height=10)
    assert "kept outside of Discord" in told(await menu(world, world.ben, message))
    assert world.files.requests == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (PROGRAM, "is no picture that can be edited"),
        (GIF, "is no picture that can be edited"),
        (SVG, "is no picture that can be edited"),
        (PNG[:-20], "is no picture that can be edited"),
        (png_claiming(20_000, 15_000), "too many pixels"),
    ],
    ids=["program", "gif", "svg", "broken off", "300 megapixels"],
)
@in_world()
async def test_what_only_its_bytes_give_away_is_refused_once_they_are_here(
    world: World, content: bytes, why: str
) -> None:
    refused = told(await edited(world, world.ben, await posted(world, world.ada, ("fox.png", content)), "add fog"))
    assert why in refused
    assert "Nothing was charged" in refused
    assert "add fog" in refused
    assert world.endpoint.requests(PathKind.ASSET) == 0
    assert world.endpoint.posts == ()
    assert "**100** left" in told(await world.ben.slash(world.channel, "credits"))
    assert len(world.channel.history()) == 1


@in_world()
async def test_a_message_deleted_meanwhile_is_told_as_such(world: World) -> None:
    message = await posted(world, world.ada)
    shown = await menu(world, world.ben, message)
    await message.delete()
    world.files.gone.add(message.attachments[0].url)
    assert "is gone. Nothing was charged" in told(await submit(world, world.ben, shown))
    picture = await world.picture(world.ada)
    button = await world.press(world.ben, world.message(await world.press(world.ben, picture, "More")), "Edit")
    await picture.delete()
    assert "is gone. Nothing was charged" in told(await submit(world, world.ben, button))


@in_world()
async def test_an_expired_link_is_told_as_such_where_the_message_has_no_fresh_one(world: World) -> None:
    message = await posted(world, world.ada)
    shown = await menu(world, world.ben, message)
    world.files.gone.add(message.attachments[0].url)
    assert "link to this picture has expired" in told(await submit(world, world.ben, shown))
    answer = await world.ben.slash(world.channel, "edit", image=("fox.png", PNG), prompt="fog")
    assert "[here]" in told(answer)
    await world.finish()


@in_world()
async def test_no_redirect_leads_anywhere(world: World) -> None:
    shown = await menu(world, world.ben, await posted(world, world.ada))
    world.files.redirect = f"{world.endpoint.url}/standin/state"
    assert "could not fetch this picture" in told(await submit(world, world.ben, shown))
    assert len(world.files.requests) == 1


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (Fault.SERVER_ERROR, "had a fault"),
        (Fault.PAYLOAD_TOO_LARGE, "refused this request"),
        (Fault.BAD_KEY, "does not accept this bot's key"),
        (Fault.BAD_JSON, "made no sense"),
    ],
)
@in_world(onemin_timeout_seconds=5)
async def test_a_picture_that_the_service_does_not_take_costs_nothing(world: World, fault: Fault, why: str) -> None:
    message = await posted(world, world.ada)
    world.endpoint.fail(fault, times=None, at=PathKind.ASSET)
    refused = told(await edited(world, world.ben, message))
    assert why in refused
    assert "Nothing was charged" in refused
    assert world.endpoint.posts == ()


@in_world()
async def test_a_refused_key_at_an_upload_closes_every_door(world: World) -> None:
    world.endpoint.fail(Fault.BAD_KEY, times=1, at=PathKind.ASSET)
    await edited(world, world.ben, await posted(world, world.ada))
    assert "does not accept this bot's key" in told(await world.imagine(world.cyd))


@in_world()
async def test_of_too_many_at_once_the_last_are_sent_away(world: World) -> None:
    message = await posted(world, world.ada)
    places = world.app.bot.services.editing._places
    for guild, taken in ((4711, 15), (world.guild.id, 8)):
        places._taken[guild] = taken
        shown = await menu(world, world.ben, message)
        assert "Too many pictures are being fetched" in told(await submit(world, world.ben, shown))
        places._taken.clear()


@in_world()
async def test_of_one_member_one_picture_is_fetched_at_a_time(world: World) -> None:
    message = await posted(world, world.ada)
    shown, places = await menu(world, world.ben, message), world.app.bot.services.editing._places
    async with places.one(world.caller(world.ben)):
        assert "still fetching a picture for you" in told(await submit(world, world.ben, shown))
        assert "still fetching a picture for you" in told(await menu(world, world.ben, message, HOW))
    assert world.files.requests == []
    await edited(world, world.ben, message)
    assert len(world.endpoint.posts) == 1


@pytest.mark.parametrize(("why", "cooldown"), [("used up", 0), ("a short while ago", 60)])
@in_world(guild_credits=1)
async def test_whom_the_hold_would_refuse_makes_nobody_fetch_anything(world: World, why: str, cooldown: int) -> None:
    await world.decree("cooldown", cooldown)
    message = await posted(world, world.ada)
    shown = await menu(world, world.ben, message)
    await world.picture(world.ben)
    assert why in told(await submit(world, world.ben, shown))
    assert world.files.requests == []
    assert world.endpoint.requests(PathKind.ASSET) == 0


@in_world()
async def test_a_file_that_comes_empty_is_told_as_such(world: World) -> None:
    shown = await menu(world, world.ben, await posted(world, world.ada))
    world.files.find = lambda _: b""
    assert "This file is empty" in told(await submit(world, world.ben, shown))


@in_world()
async def test_the_other_files_of_a_message_are_not_taken_for_one_that_is_gone(world: World) -> None:
    message = await posted(world, world.ada, ("one.png", PNG), ("two.png", PNG))
    shown = await menu(world, world.ben, message)
    stored = world.env.backend.get_message(world.channel.id, message.id)
    del stored.attachments[1]
    world.files.gone.add(message.attachments[1].url)
    assert "link to this picture has expired" in told(await submit(world, world.ben, shown, picture="1"))


@in_world()
async def test_an_address_that_was_signed_anew_is_followed(world: World) -> None:
    message = await posted(world, world.ada, ("one.png", PNG), ("two.png", PNG))
    shown = await menu(world, world.ben, message)
    for stored in world.env.backend.get_message(world.channel.id, message.id).attachments:
        stored["url"] += "?hm=fresh"
    world.files.expire()
    await submit(world, world.ben, shown, picture="1")
    await world.finish()
    assert len(world.endpoint.posts) == 1


@in_world()
async def test_a_card_without_its_picture_leaves_nothing_to_edit(world: World) -> None:
    picture = await world.picture(world.ada)
    more = world.message(await world.press(world.ben, picture, "More"))
    shown = await world.press(world.ben, more, "Edit")
    world.env.backend.get_message(world.channel.id, picture.id).attachments.clear()
    world.env.backend.get_message(world.channel.id, picture.id).components.clear()
    assert "is gone. Nothing was charged" in told(await submit(world, world.ben, shown))
    world.endpoint.hold()
    waiting = await world.imagine(world.ada)
    forged = await world.forged_press(world.ben, world.message(waiting), f"edit:1:{waiting._interaction.id}-0")
    assert "is gone. Nothing was charged" in told(forged)
    world.endpoint.release()
    await world.finish()


async def test_a_disk_that_takes_no_file_is_told_as_such(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    async with World.open(tmp_path, data_dir=folder) as world:
        message = await posted(world, world.ada, ("large.png", encoded(noise(1200, 900), PictureFormat.PNG)))
        folder.rmdir()
        refused = told(await edited(world, world.ben, message))
        assert "could not fetch this picture" in refused
        assert "could not fetch this picture" in told(await menu(world, world.ben, message, HOW))
        folder.mkdir()


@in_world()
async def test_nothing_waits_at_the_doors_of_a_bot_that_stops(world: World) -> None:
    message = await posted(world, world.ada)
    world.app.admission.close()
    assert "about to restart" in told(await menu(world, world.ben, message))
