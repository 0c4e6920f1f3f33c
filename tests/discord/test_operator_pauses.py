"""What the operator pauses, and who is told."""

from datetime import timedelta

from structlog.testing import capture_logs

from standins.endpoint import Fault, PathKind
from tests.discord.office import Office, in_office, seen_from
from tests.discord.world import buttons, custom_ids, told


@in_office()
async def test_a_paused_guild_is_refused_at_every_door_while_its_queue_goes_on(office: Office) -> None:
    world = office.world
    shown = await world.picture(world.ada)
    world.endpoint.fail(Fault.SERVER_ERROR, at=PathKind.GENERATE)
    failed = await world.picture(world.ada)
    world.endpoint.hold()
    waiting = [await world.imagine(world.ben) for _ in range(6)]
    there = f"**Atelier** `{world.guild.id}`"
    paused = await office.tells("pause", guild=office.client, reason="spam")
    assert paused == f"{there} is paused: no new pictures from now on. What was ordered before is still made."
    doors = [
        world.imagine(world.cyd),
        world.press(world.cyd, shown, "Reroll"),
        world.press(world.ada, failed, "Try again"),
    ]
    for door in doors:
        refused = told(await door)
        assert "This server's pictures are paused by the bot's operator." in refused
    assert "**Paused**" in told(await world.ada.slash(world.channel, "credits"))
    assert "was paused already. Nothing was changed." in await office.tells("pause", guild=office.client)
    elsewhere = world.elsewhere()
    await elsewhere.imagine(elsewhere.ada)
    world.endpoint.release()
    await world.finish()
    assert all(buttons(world.message(asked)) == ["Reroll", "Remix", "More", "Report"] for asked in waiting)
    resumed = await office.tells("resume", guild=office.client)
    assert resumed == f"{there} has new pictures again."
    assert "was not paused. Nothing was changed." in await office.tells("resume", guild=office.client)
    await world.picture(world.cyd)
    history = await office.tells("ledger", guild=office.client)
    assert "**pause**" in history
    assert "**resume**" in history
    assert "spam" in history


@in_office()
async def test_everything_is_paused_only_after_another_press(office: Office) -> None:
    world = office.world
    asked = await office.do("pause", reason="the bill")
    assert "This pauses **every server**" in told(asked)
    await world.picture(world.ada)
    await world.restart()
    assert "Everything is paused" in await office.turned(asked, "Pause everything")
    assert buttons(asked.response) == []
    assert "The bot is paused everywhere by the bot's operator." in told(await world.imagine(world.ada))
    elsewhere = world.elsewhere()
    assert "paused everywhere" in told(await elsewhere.imagine(elsewhere.ada))
    standing = f"by <@{office.boss.id}> `{office.boss.id}`: the bill"
    assert standing in await office.tells("guilds")
    assert standing in await office.tells("calls")
    again = await office.do("pause")
    assert "Everything was paused already." in await office.turned(again, "Pause everything")
    resumed = await office.tells("resume")
    assert resumed == "Everything has new pictures again. Servers that are paused by themselves stay so."
    assert "Everything was not paused." in await office.tells("resume")
    await world.picture(world.ada)
    assert "Everything is paused" not in await office.tells("guilds")


@in_office()
async def test_who_paused_and_resumed_everything_stands_in_the_log(office: Office) -> None:
    with capture_logs() as logs:
        await office.pause_everything()
        await office.tells("resume")
        await office.tells("resume")
    told_by = [(it["event"], it["actor"]) for it in logs if it["log_level"] == "warning"]
    assert told_by == [("everything paused", office.boss.id), ("everything resumed", office.boss.id)]


@in_office()
async def test_an_old_question_about_pausing_everything_is_over_after_an_hour(office: Office) -> None:
    asked = await office.do("pause")
    office.world.clock.ahead += timedelta(minutes=61)
    pressed = await office.world.press(office.boss, office.world.message(asked), "Pause everything")
    assert "can no longer be confirmed" in told(pressed)
    await office.world.picture(office.world.ada)


@in_office()
async def test_a_question_is_confirmed_by_whoever_was_asked(office: Office) -> None:
    other = office.member("other")
    await office.world.restart(operator_ids=frozenset({office.boss.id, other.id}))
    asked = await office.do("pause")
    [custom_id] = custom_ids(asked)
    pressed = await seen_from(office).pry(other, office.world.message(asked), custom_id)
    assert "can no longer be confirmed" in told(pressed)
    unknown = await seen_from(office).pry(office.boss, office.world.message(asked), "pause-everything:1:77")
    assert "can no longer be confirmed" in told(unknown)
    await office.world.picture(office.world.ada)


@in_office()
async def test_the_press_that_paused_everything_does_so_once(office: Office) -> None:
    asked = await office.pause_everything()
    await office.tells("resume")
    [custom_id] = [f"pause-everything:1:{asked._interaction.id}"]
    pressed = await seen_from(office).pry(office.boss, office.world.message(asked), custom_id)
    assert pressed.response is not None
    await office.world.picture(office.world.ada)
