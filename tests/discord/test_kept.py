"""A picture that Discord takes nowhere is kept for whoever asked, and `/queue` shows it."""

import re
from datetime import timedelta
from pathlib import Path

from bot.domain.pictures import PictureFormat
from standins.endpoint import Fault
from tests.adapters.pictures.files import encoded, noise
from tests.adapters.spooling import nameless
from tests.discord.world import Actor, Result, World, buttons, in_world, told, words


def large_png() -> bytes:
    """More than is held in memory."""
    return encoded(noise(1200, 900), PictureFormat.PNG)


async def kept(world: World, by: Actor | None = None) -> Result:
    """What `/imagine` answered, whose picture could be posted nowhere."""
    world.endpoint.hold()
    before = len(world.endpoint.posts)
    asked = await world.imagine(by or world.ada)
    await world.endpoint.arrived(before + 1)
    await world.env.settle()
    for method, path in (("PATCH", "/webhooks/*"), ("PATCH", "/channels/*"), ("POST", "/channels/*")):
        world.env.inject_error(method, path, status=403, code=50013, message="Missing Permissions", times=None)
    world.endpoint.release()
    await world.finish()
    world.env.backend.faults.clear()
    return asked


async def line(world: World, actor: Actor) -> Result:
    return await actor.slash(world.channel, "queue")


async def fetched(world: World, actor: Actor, listed: Result) -> Result:
    (label,) = [it for it in buttons(world.message(listed)) if it.startswith("Show here")]
    result = await world.press(actor, world.message(listed), label)
    await world.finish()
    return result


@in_world(guild_credits=1)
async def test_it_holds_its_price_until_it_is_shown_and_then_costs_it_once(world: World) -> None:
    await kept(world)
    assert "1 credit held" in told(await world.ada.slash(world.channel, "credits"))
    listed = await line(world, world.ada)
    assert "Kept for you" in told(listed)
    shown = await fetched(world, world.ada, listed)
    card = world.message(shown)
    assert buttons(card) == ["Reroll", "Remix", "More", "Report"]
    assert len(card.attachments) == 1
    assert "used up" in told(await world.imagine(world.ada))
    assert "Kept for you" not in told(await line(world, world.ada))
    again = await world.press(world.ada, world.message(listed), buttons(world.message(listed))[0])
    assert "already been shown" in told(again)
    assert len(world.endpoint.posts) == 1


@in_world()
async def test_it_waits_through_a_restart_and_can_be_shown_in_another_channel(world: World) -> None:
    await kept(world)
    await world.restart()
    elsewhere = world.elsewhere()
    elsewhere.channel = world.guild.create_text_channel("gallery")
    shown = await fetched(elsewhere, world.ada, await line(elsewhere, world.ada))
    assert elsewhere.message(shown).channel.id == elsewhere.channel.id
    assert len(elsewhere.message(shown).attachments) == 1


@in_world(guild_credits=1)
async def test_after_six_days_it_is_gone_and_costs_nothing(world: World) -> None:
    asked = await kept(world)
    listed = await line(world, world.ada)
    await world.env.advance_time(timedelta(days=6).total_seconds())
    await world.restart()
    await world.finish()
    assert "was kept for a while" in words(world.message(asked))
    assert "**1** left" in told(await world.ada.slash(world.channel, "credits"))
    (button,) = buttons(world.message(listed))
    assert "has expired" in told(await world.press(world.ada, world.message(listed), button))


@in_world()
async def test_only_whoever_asked_has_it_shown(world: World) -> None:
    asked = await kept(world)
    assert "Kept for you" not in told(await line(world, world.ben))
    pried = await world.pry(world.ben, world.message(asked), f"fetch:1:{asked._interaction.id}-0")
    assert "asked for this" in told(pried)


@in_world(guild_credits=1)
async def test_where_it_cannot_be_shown_either_it_stays(world: World) -> None:
    await kept(world)
    world.endpoint.fail(Fault.PICTURE_EMPTY, times=None)
    shown = await fetched(world, world.ada, await line(world, world.ada))
    assert "It is kept for" in words(world.message(shown))
    world.endpoint.heal()
    listed = await line(world, world.ada)
    assert "paid" in told(listed)
    assert len(world.message(await fetched(world, world.ada, listed)).attachments) == 1


@in_world()
async def test_a_press_where_the_bot_may_not_post_is_refused_before_anything_is_paid(world: World) -> None:
    await kept(world)
    world.forbid_the_bot(attach_files=False)
    listed = await line(world, world.ada)
    (button,) = buttons(world.message(listed))
    assert "Attach Files" in told(await world.press(world.ada, world.message(listed), button))
    assert "1 credit held" in told(await world.ada.slash(world.channel, "credits"))


@in_world(onemin_concurrency=1)
async def test_the_line_shows_who_waits_and_ones_own_place(world: World) -> None:
    world.endpoint.hold()
    assert "Nothing waits" in told(await line(world, world.ada))
    await world.imagine(world.ada, "first")
    await world.endpoint.arrived(1)
    await world.imagine(world.ben, "second **bold**")
    await world.imagine(world.ada, "third")
    seen = told(await line(world, world.ada)).splitlines()
    assert seen[1].startswith("- being painted · **you** · first · ")
    assert re.match(rf"- number 1, expected <t:\d+:R> · <@{world.ben.id}> · second \\\*\\\*bold", seen[2])
    assert re.match(r"- number 2, expected <t:\d+:R> · \*\*you\*\* · third · \[see it\]\(https", seen[3])
    world.endpoint.release()
    await world.finish()


async def test_a_disk_that_takes_no_file_keeps_the_picture_until_it_does(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    async with World.open(tmp_path, sketch=large_png(), data_dir=folder, guild_credits=1) as world:
        folder.rmdir()
        asked = await world.imagine(world.ada)
        await world.finish()
        assert "could not be posted" in words(world.message(asked))
        assert "1 credit held" in told(await world.ada.slash(world.channel, "credits"))
        folder.mkdir()
        shown = await fetched(world, world.ada, await line(world, world.ada))
        (picture,) = world.message(shown).attachments
        assert world.endpoint.original(await picture.read())
        assert "used up" in told(await world.imagine(world.ada))
        assert len(world.endpoint.posts) == 1
        assert nameless(folder) == []


async def test_each_step_to_a_smaller_file_closes_what_it_opened(tmp_path: Path) -> None:
    async with World.open(tmp_path, sketch=large_png()) as world:
        world.endpoint.hold()
        asked = await world.imagine(world.ada)
        await world.endpoint.arrived(1)
        await world.env.settle()
        world.env.inject_error("PATCH", "/webhooks/*", status=413, code=40005, message="Too large", times=2)
        world.endpoint.release()
        await world.finish()
        (picture,) = world.message(asked).attachments
        assert picture.size < len(large_png()) / 2
        assert nameless(tmp_path) == []
