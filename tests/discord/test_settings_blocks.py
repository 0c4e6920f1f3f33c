"""Blocked members in the moderators' panel."""

from datetime import timedelta

import pytest

from tests.discord.panel import Panel
from tests.discord.world import World, in_world, timestamps, told

BAD_LASTING = "How long is a time such as 12 h, 7 d or 4 w, at most 365 d, or nothing at all. Nothing was changed."


@in_world()
async def test_a_member_is_blocked_for_a_time_listed_with_end_and_reason_and_unblocked(world: World) -> None:
    panel = await Panel.open(world, page="blocked")
    assert "Nobody is blocked." in panel.text
    await panel.fill("block:", member=[world.ada], lasting="2 d", reason="spam, *again*")
    (end,) = set(timestamps(panel.text))
    assert end == world.clock.now() + timedelta(days=2)
    assert panel.line == f"<@{world.ada.id}> is blocked until <t:{int(end.timestamp())}:f>."
    assert panel.text.splitlines()[2:5] == [
        "1 member is blocked.",
        f"<@{world.ada.id}> · until <t:{int(end.timestamp())}:f>",
        "-# spam, \\*again\\*",
    ]
    assert "have blocked you from making pictures until" in told(await world.imagine(world.ada))
    await world.restart()
    await panel.press("unblock:")
    assert panel.line == f"<@{world.ada.id}> was blocked, and may make pictures again."
    assert "Nobody is blocked." in panel.text
    await world.picture(world.ada)


@in_world()
async def test_a_block_without_an_end_stands_and_one_with_an_end_is_over_by_itself(world: World) -> None:
    panel = await Panel.open(world, page="blocked")
    await panel.fill("block:", member=[world.ada])
    assert panel.line == f"<@{world.ada.id}> is blocked until somebody unblocks them."
    await panel.fill("block:", member=[world.ben], lasting="1 h")
    assert "2 members are blocked." in panel.text
    world.clock.ahead += timedelta(hours=1)
    await panel.go("blocked")
    assert "1 member is blocked." in panel.text
    assert f"<@{world.ben.id}>" not in panel.text
    await world.picture(world.ben)


@in_world()
async def test_a_block_form_that_was_open_during_a_restart_is_still_served(world: World) -> None:
    panel = await Panel.open(world, page="blocked")
    form = await panel.press("block:")
    await world.restart()
    await world.mod.submit_modal(form, {"member": [world.ada], "lasting": "1 w"})
    assert panel.line.startswith(f"<@{world.ada.id}> is blocked until <t:")


@pytest.mark.parametrize("lasting", ["soon", "0", "0 d", "366 d", "999999999 w", "-1 h"])
@in_world()
async def test_a_block_for_no_such_time_is_refused_in_words(world: World, lasting: str) -> None:
    panel = await Panel.open(world, page="blocked")
    await panel.fill("block:", member=[world.ada], lasting=lasting)
    assert panel.line == BAD_LASTING
    assert "Nobody is blocked." in panel.text


@in_world()
async def test_unblocking_twice_is_told_and_does_nothing(world: World) -> None:
    other = world.member("other", world.staff)
    mine = await Panel.open(world, page="blocked")
    await mine.fill("block:", member=[world.ada])
    theirs = await Panel.open(world, other, "blocked")
    await mine.press("unblock:")
    await theirs.press("unblock:")
    assert theirs.line == "This member is not blocked. Nothing was changed."
    await world.forged_form(world.mod, mine.message, "block-form:1:member:0badcafe", lasting="1 h")
    assert mine.line == "No member was chosen. Nothing was changed."


@in_world()
async def test_who_is_no_moderator_can_neither_block_nor_unblock(world: World) -> None:
    panel = await Panel.open(world, page="blocked")
    form = await panel.press("block:")
    await panel.fill("block:", member=[world.ada])
    world.withdraw_role(world.mod, world.staff)
    answers = [
        await world.mod.submit_modal(form, {"member": [world.ben]}),
        await panel.press("block:"),
        await panel.press("unblock:"),
    ]
    assert all("Manage Server" in told(answer) for answer in answers)
    world.grant_role(world.mod, world.staff)
    await panel.go("blocked")
    assert "1 member is blocked." in panel.text
    assert f"<@{world.ada.id}>" in panel.text


@in_world()
async def test_many_blocked_members_are_turned_page_by_page(world: World) -> None:
    panel = await Panel.open(world, page="blocked")
    members = [world.member(f"m{number}") for number in range(17)]
    for member in members:
        await panel.fill("block:", member=[member])
    assert "17 members are blocked. Page 1 of 3." in panel.text
    assert f"<@{members[16].id}> ·" in panel.text
    await panel.press("panel-turn:1:blocked:1")
    await world.restart()
    await panel.press("panel-turn:1:blocked:2")
    assert "Page 3 of 3." in panel.text
    assert f"<@{members[0].id}> ·" in panel.text
    await panel.press("unblock:")
    assert "16 members are blocked. Page 1 of 2." in panel.text
    await world.pry(world.mod, panel.message, "panel-turn:1:blocked:999")
    assert "Page 2 of 2." in panel.text
