"""What staff read in their log channels."""

import asyncio
from typing import Any

import pytest

from bot.domain.rules import Family
from bot.ui.log_desk import DiscordLogDesk
from standins.endpoint import Fault
from tests.discord.panel import Panel
from tests.discord.world import World, in_world, words


async def logged(world: World, channel: Any) -> str:
    await world.app.bot.services.scribe.flush()
    await world.env.settle()
    return "\n".join(words(it) for it in channel.history())


@in_world()
async def test_pictures_refusals_decisions_and_credits_stand_in_their_channels(world: World) -> None:
    channels = {family: world.guild.create_text_channel(f"log-{family}") for family in Family}
    await world.decree("log", {family.value: channel.id for family, channel in channels.items()})
    picture = await world.picture(world.ada, "a *red* fox")
    await world.decree("max_steps", 20)
    await world.imagine(world.ben, "a blue fox", steps=30)
    await world.press(world.ben, picture, "Reroll")
    await world.admin(world.mod, "give", target=world.ada, amount=5, reason="well done")
    world.endpoint.fail(Fault.MODERATED)
    await world.picture(world.cyd, "a bold fox", steps=20)

    made = await logged(world, channels[Family.MADE])
    assert f"<@{world.ada.id}> made [a picture]({picture.jump_url}) in <#{world.channel.id}>" in made
    assert "a \\*red\\* fox" in made
    assert "1 credit" in made
    refused = await logged(world, channels[Family.REFUSED])
    assert f"<@{world.ben.id}> in <#{world.channel.id}>, told: `steps` 30 is more than the 20" in refused
    assert "a blue fox" in refused
    assert "`steps` 25 is more than the 20" in refused
    assert f"The safety filter stopped a picture of <@{world.cyd.id}>" in refused
    changed = await logged(world, channels[Family.CHANGED])
    assert f"<@{world.mod.id}>: **Most steps**" in changed
    assert "20" in changed
    about_credits = await logged(world, channels[Family.CREDITS])
    assert f"<@{world.mod.id}>: Extra of <@{world.ada.id}> this period" in about_credits
    assert "well done" in about_credits


@in_world()
async def test_a_log_channel_that_takes_nothing_delays_no_picture_and_is_told_to_staff(world: World) -> None:
    await world.decree("log", {"made": 4711})
    await world.picture(world.ada)
    await world.app.bot.services.scribe.flush()
    assert world.app.bot.services.scribe.faults(world.guild.id) == {Family.MADE: "that channel does not exist any more"}
    panel = await Panel.open(world, page="log")
    assert "Pictures made: that channel does not exist any more" in panel.text
    await world.decree("log", None)
    await world.picture(world.ada)
    await world.app.bot.services.scribe.flush()
    await panel.go("log")
    assert "could not be posted" not in panel.text


@pytest.mark.parametrize("away", [False, True])
@in_world()
async def test_nothing_is_posted_into_a_channel_of_another_server(world: World, away: bool) -> None:
    other = world.elsewhere()
    await world.decree("log", {"made": other.channel.id, "removed": other.channel.id})  # as if set in former times
    picture = await world.picture(world.ada, "a secret fox")
    form = await world.press(world.ben, picture, "Report")
    if away:
        world.forget_the_guild()
    await world.ben.submit_modal(form, {"reason": "it shows me"})
    assert await logged(world, other.channel) == ""
    faults = world.app.bot.services.scribe.faults(world.guild.id)
    assert faults == {Family.MADE: "that channel does not exist any more"}


@in_world()
async def test_a_server_that_the_bot_does_not_know_yet_has_its_log_and_its_reports(world: World) -> None:
    log = world.guild.create_text_channel("log")
    await world.decree("log", {"made": log.id, "removed": log.id})
    picture = await world.picture(world.ada, "a red fox")
    form = await world.press(world.ben, picture, "Report")
    world.forget_the_guild()
    await world.ben.submit_modal(form, {"reason": "it shows me"})
    told = await logged(world, log)
    assert "a red fox" in told
    assert "it shows me" in told


@in_world()
async def test_a_stuck_log_channel_does_not_keep_the_bot_from_ending(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stuck(*_: object) -> str | None:
        await asyncio.Event().wait()
        return None

    monkeypatch.setattr("bot.app.PARTING_SECONDS", 0.1)
    monkeypatch.setattr(DiscordLogDesk, "post", stuck)
    await world.decree("log", {"made": world.channel.id})
    await world.picture(world.ada)
    async with asyncio.timeout(20):
        await world.app.stop(0)
