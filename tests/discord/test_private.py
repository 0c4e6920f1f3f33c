"""More, Report and /about: answers for one person."""

import asyncio

from tests.discord.world import World, in_world, told, words


@in_world()
async def test_more_tells_everything_and_the_command_to_copy(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox", aspect_ratio="16:9", seed=7)
    shown = told(await world.press(world.ben, picture, "More"))
    for line in ("**aspect_ratio** 16:9", "**steps** 25", "**seed** 7", "**price** 1 credit", "**painted in**"):
        assert line in shown
    assert "/imagine prompt:a red fox aspect_ratio:16:9 output_format:png" in shown


@in_world()
async def test_a_report_reaches_the_operators_channel(world: World) -> None:
    picture = await world.picture(world.ada, "a red @everyone fox")
    desk = world.guild.create_text_channel("operator")
    await world.restart(operator_channel_id=desk.id)
    form = await world.press(world.ben, picture, "Report")
    sent = await world.ben.submit_modal(form, {"reason": "it shows **me**"})
    assert "passed on" in told(sent)
    report = words(desk.last_message)
    assert picture.jump_url in report
    assert f"<@{world.ben.id}>" in report
    assert "it shows \\*\\*me\\*\\*" in report
    assert "a red \\@everyone fox" in report


@in_world()
async def test_a_report_without_a_channel_is_in_the_log(world: World) -> None:
    picture = await world.picture(world.ada)
    form = await world.press(world.ben, picture, "Report")
    assert "passed on" in told(await world.ben.submit_modal(form, {}))


@in_world()
async def test_a_report_that_discord_does_not_take_is_in_the_log(world: World) -> None:
    picture = await world.picture(world.ada)
    await world.restart(operator_channel_id=4711)
    form = await world.press(world.ben, picture, "Report")
    assert "passed on" in told(await world.ben.submit_modal(form, {"reason": "x"}))


@in_world()
async def test_a_form_opened_before_a_restart_is_still_served(world: World) -> None:
    picture = await world.picture(world.ada)
    form = await world.press(world.ben, picture, "Report")
    await world.restart()
    assert "Thank you" in told(await world.ben.submit_modal(form, {"reason": "late"}))


@in_world()
async def test_about_says_what_goes_where_and_who_answers_for_it(world: World) -> None:
    shown = told(await world.ada.slash(world.channel, "about"))
    for part in ("1min.ai", "This bot is run by", "**Report**", "Privacy policy", "Terms"):
        assert part in shown


@in_world()
async def test_every_command_is_described_and_for_guilds_only(world: World) -> None:
    commands = {name: body for (name, _), body in world.env.backend.commands[None].items()}
    menus = [
        "Block from pictures",
        "Edit this picture",
        "How was this made?",
        "Remove pictures",
        "Remove this picture",
    ]
    assert sorted(commands) == [
        *menus,
        "about",
        "credits",
        "credits-admin",
        "edit",
        "history",
        "imagine",
        "preferences",
        "preset",
        "privacy",
        "queue",
        "settings",
        "stats",
    ]
    for name, command in commands.items():
        assert bool(command["description"]) is (name not in menus)
        assert command["contexts"] == [0]
        assert command["integration_types"] == [0]


@in_world()
async def test_private_answers_leave_nothing_running_behind(world: World) -> None:
    picture = await world.picture(world.ada, "`" * 3 + " a long one " + "x" * 3500)
    before = len(asyncio.all_tasks())
    for _ in range(3):
        await world.ada.slash(world.channel, "credits")
        await world.press(world.ben, picture, "More")
    await world.env.settle()
    assert len(asyncio.all_tasks()) == before
