"""Pictures are reported, hidden, shown again and removed; by whom, and what is left of them."""

from datetime import timedelta
from typing import Any

import discord
import pytest

from tests.discord.world import Actor, World, buttons, in_world, told, words

PICTURE = ["Reroll", "Remix", "More", "Report"]
_PUNISH = discord.Permissions(moderate_members=True)
HIDDEN = "Hidden until staff look"
REMOVED = "Removed by staff"


async def report(world: World, picture: discord.Message, *reporters: Actor) -> None:
    for reporter in reporters:
        form = await world.press(reporter, picture, "Report")
        await reporter.submit_modal(form, {"reason": "it shows me"})
    await world.env.settle()


def last(channel: Any) -> discord.Message:
    message: discord.Message = channel.last_message
    return message


def now(world: World, picture: discord.Message) -> discord.Message:
    return next(it for it in world.channel.history() if it.id == picture.id)


@in_world()
async def test_enough_reports_hide_a_picture_and_staff_show_it_again(world: World) -> None:
    log = world.guild.create_text_channel("log")
    await world.decree("log", {"removed": log.id})
    await world.decree("reports_to_hide", 2)
    picture = await world.picture(world.ada, "a red fox")
    await report(world, picture, world.ben, world.ben)
    assert buttons(now(world, picture)) == PICTURE
    await report(world, picture, world.cyd)
    hidden = now(world, picture)
    assert HIDDEN in words(hidden)
    assert "fox" not in words(hidden)
    assert buttons(hidden) == []
    assert len(hidden.attachments) == 1
    assert "number 2" in words(last(log))
    assert "it shows me" in words(last(log))
    assert "staff" in told(await world.press(world.ben, last(log), "Nothing wrong"))
    assert "Noted" in told(await world.press(world.mod, last(log), "Nothing wrong"))
    await world.env.settle()
    assert buttons(now(world, picture)) == PICTURE
    assert "a red fox" in words(now(world, picture))
    await report(world, picture, world.ben)  # counted from the beginning
    assert buttons(now(world, picture)) == PICTURE


@in_world()
async def test_a_hidden_picture_cannot_be_made_again_by_whom_it_was_removed_neither(world: World) -> None:
    await world.decree("reports_to_hide", 1)
    picture = await world.picture(world.ada)
    job = picture.attachments[0].filename.removesuffix(".png")
    await report(world, picture, world.ben)
    for custom_id in (f"reroll:1:{job}", f"more:1:{job}"):
        assert "hidden until staff look" in told(await world.pry(world.ben, now(world, picture), custom_id))
    await world.pry(world.mod, now(world, picture), f"remove:1:{job}")
    assert "removed by staff" in told(await world.pry(world.ben, now(world, picture), f"reroll:1:{job}"))
    assert len(world.endpoint.posts) == 1


@in_world()
async def test_the_same_report_again_and_again_is_passed_on_once(world: World) -> None:
    log = world.guild.create_text_channel("log")
    await world.decree("log", {"removed": log.id})
    picture = await world.picture(world.ada)
    for _ in range(3):
        form = await world.press(world.ben, picture, "Report")
        assert "passed on" in told(await world.ben.submit_modal(form, {"reason": "look!"}))
    await world.env.settle()
    assert len(log.history()) == 1
    await report(world, picture, world.cyd)
    assert "number 2" in words(last(log))
    assert len(log.history()) == 2


@in_world()
async def test_who_reports_without_end_waits_an_hour_and_nobody_else_does(world: World) -> None:
    log = world.guild.create_text_channel("log")
    await world.decree("log", {"removed": log.id})
    picture, other = await world.picture(world.ada), await world.picture(world.ada)
    await report(world, picture, *[world.ben] * 10)
    form = await world.press(world.ben, other, "Report")
    assert "as many as I pass on" in told(await world.ben.submit_modal(form, {"reason": "one more"}))
    assert len(log.history()) == 1
    await report(world, other, world.cyd)
    assert len(log.history()) == 2
    world.clock.ahead += timedelta(hours=1)
    await report(world, other, world.ben)
    assert len(log.history()) == 3


@in_world()
async def test_who_is_blocked_still_reports(world: World) -> None:
    log = world.guild.create_text_channel("log")
    await world.decree("log", {"removed": log.id})
    picture = await world.picture(world.ada)
    await world.app.bot.services.office.block(world.caller(world.mod, manages=True), world.ben.id, None, None)
    assert "blocked you" in told(await world.imagine(world.ben))
    await report(world, picture, world.ben)
    assert "it shows me" in words(last(log))


@in_world()
async def test_without_a_number_of_reports_nothing_is_hidden(world: World) -> None:
    await world.decree("reports_to_hide", 0)
    picture = await world.picture(world.ada)
    await report(world, picture, world.ben, world.cyd, world.mod)
    assert buttons(now(world, picture)) == PICTURE


@in_world()
async def test_staff_remove_what_was_reported_and_only_the_record_stays(world: World) -> None:
    log = world.guild.create_text_channel("log")
    await world.decree("log", {"removed": log.id})
    picture = await world.picture(world.ada, "a red fox")
    await report(world, picture, world.ben)
    await world.press(world.mod, last(log), "Remove")
    await world.env.settle()
    removed = now(world, picture)
    assert REMOVED in words(removed)
    assert "fox" not in words(removed)
    assert removed.attachments == []
    assert "Noted" in told(await world.press(world.mod, log.history()[0], "Nothing wrong"))
    await world.env.settle()
    assert REMOVED in words(now(world, picture))
    await world.app.bot.services.scribe.flush()
    await world.env.settle()
    assert f"<@{world.mod.id}>" in words(last(log))


@pytest.mark.parametrize("right", ["manage_messages", "moderate_members", "manage_guild", None])
@in_world()
async def test_who_may_delete_messages_or_punish_members_may_remove(world: World, right: str | None) -> None:
    picture = await world.picture(world.ada)
    role = world.guild.create_role("r", permissions=discord.Permissions(**({right: True} if right else {})))
    actor = world.member("eve", role)
    # As by a moderator to whom the server shows the menu: Discord's own rule would be enough here.
    job = picture.attachments[0].filename.removesuffix(".png")
    answer = told(await world.pry(actor, picture, f"remove:1:{job}"))
    await world.env.settle()
    assert (REMOVED in words(now(world, picture))) is (right is not None)
    assert ("Removed" in answer) is (right is not None)


@in_world()
async def test_who_may_delete_messages_in_one_channel_removes_what_was_asked_for_there_alone(world: World) -> None:
    sheriff = world.member("sheriff")
    world.channel = world.guild.create_text_channel(
        "theirs", overwrites={sheriff: discord.PermissionOverwrite(manage_messages=True)}
    )
    here, hall = world.elsewhere(), world.guild.create_text_channel("hall")
    here.guild, here.ada, here.channel = world.guild, world.ada, hall
    theirs, others = await world.picture(world.ada), await here.picture(world.ada)
    job = others.attachments[0].filename.removesuffix(".png")
    for custom_id in (f"remove:1:{job}", f"delete:1:{job}", f"delete-anyway:1:{job}"):
        assert "this channel alone" in told(await world.pry(sheriff, theirs, custom_id))
    for span in ("hour", "day", "week"):
        forged = await world.pry(sheriff, theirs, f"remove-all:1:{world.ada.id}:{span}")
        assert "this channel alone" in told(forged)
    assert "Delete" in buttons((await world.press(sheriff, theirs, "More")).response)
    assert "Delete" not in buttons((await world.pry(sheriff, theirs, f"more:1:{job}")).response)
    copy = await world.pry(world.ada, theirs, f"show-again:1:{job}")
    assert "Here it is" in told(copy)
    menu = "Remove this picture"
    assert "this channel alone" in told(await sheriff.context_menu(world.channel, menu, last(world.channel)))
    await world.env.settle()
    assert buttons(next(it for it in hall.history() if it.id == others.id)) == PICTURE
    assert buttons(now(world, theirs)) == PICTURE
    assert "Removed" in told(await sheriff.context_menu(world.channel, menu, theirs))
    await world.env.settle()
    assert REMOVED in words(now(world, theirs))


@in_world()
async def test_a_moderator_removes_by_the_menu_of_the_message(world: World) -> None:
    picture = await world.picture(world.ada)
    assert "Removed" in told(await world.mod.context_menu(world.channel, "Remove this picture", picture))
    await world.env.settle()
    assert REMOVED in words(now(world, picture))


@in_world()
async def test_the_menu_on_any_other_message_says_that_there_is_no_picture(world: World) -> None:
    other = await world.ada.send(world.channel, "hello")
    answer = told(await world.mod.context_menu(world.channel, "Remove this picture", other))
    assert "Nothing was" in answer or "not" in answer


@in_world()
async def test_all_pictures_of_a_member_of_late_are_removed_at_once(world: World) -> None:
    old = await world.picture(world.ada)
    world.clock.ahead += timedelta(hours=2)
    fresh = [await world.picture(world.ada), await world.picture(world.ada)]
    others = await world.picture(world.ben)
    sheriff = world.member("sheriff", world.guild.create_role("s", permissions=_PUNISH))
    asked = await sheriff.context_menu(world.channel, "Remove pictures", world.ada)
    assert buttons(asked.response) == ["Last hour", "Last day", "Last week"]
    answer = await world.press(sheriff, world.message(asked), "Last hour")
    await world.env.settle()
    assert "Removed 2 pictures" in told(answer)
    assert all(REMOVED in words(now(world, it)) for it in fresh)
    assert buttons(now(world, old)) == buttons(now(world, others)) == PICTURE
    asked = await sheriff.context_menu(world.channel, "Remove pictures", world.ada)
    again = await world.press(sheriff, world.message(asked), "Last day")
    await world.env.settle()
    assert "Removed 1 picture" in told(again)


@pytest.mark.parametrize("number", [0, 2**63, 10**20 - 1])
@in_world()
async def test_a_forged_member_of_whom_all_is_to_be_removed_is_answered_in_words(world: World, number: int) -> None:
    picture = await world.picture(world.ada)
    for actor in (world.mod, world.ben):
        assert "I do not know this button" in told(await world.pry(actor, picture, f"remove-all:1:{number}:week"))
    assert buttons(now(world, picture)) == PICTURE


@in_world()
async def test_bold_pictures_are_veiled_where_staff_want_it(world: World) -> None:
    await world.decree("spoiler_from", 2)
    plain = await world.picture(world.ada, safety_tolerance=1)
    bold = await world.picture(world.ada)
    assert [spoilers(world, it) for it in (plain, bold)] == [[False], [True]]


def spoilers(world: World, message: discord.Message) -> list[Any]:
    (container,) = world.payload(message)["components"]
    (gallery,) = [it for it in container["components"] if it["type"] == 12]
    return [item.get("spoiler", False) for item in gallery["items"]]


@in_world()
async def test_whoever_asked_for_a_reported_picture_can_be_blocked_from_the_report(world: World) -> None:
    log = world.guild.create_text_channel("log")
    await world.decree("log", {"removed": log.id})
    picture = await world.picture(world.ada)
    await report(world, picture, world.ben)
    assert "staff" in told(await world.press(world.ben, last(log), "Block who asked for it"))
    form = await world.press(world.mod, last(log), "Block who asked for it")
    answer = await world.mod.submit_modal(form, {"member": [world.ada], "lasting": "2 d", "reason": "spam"})
    assert f"<@{world.ada.id}>" in told(answer)
    assert "blocked you from making pictures until" in told(await world.imagine(world.ada))


@in_world()
async def test_a_member_is_blocked_by_their_menu(world: World) -> None:
    chief = world.member(
        "chief", world.guild.create_role("c", permissions=discord.Permissions(moderate_members=True, manage_guild=True))
    )
    form = await chief.context_menu(world.channel, "Block from pictures", world.ada)
    answer = await chief.submit_modal(form, {"member": [world.ada], "lasting": "1 w"})
    assert f"<@{world.ada.id}>" in told(answer)
    assert "blocked you" in told(await world.imagine(world.ada))


@in_world()
async def test_who_only_punishes_members_is_no_staff_and_blocks_nobody(world: World) -> None:
    sheriff = world.member("sheriff", world.guild.create_role("s", permissions=_PUNISH))
    assert "staff" in told(await sheriff.context_menu(world.channel, "Block from pictures", world.ada))
