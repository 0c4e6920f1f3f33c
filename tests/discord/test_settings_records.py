"""The records in the moderators' panel: who did what, newest first, by kind and by person."""

from tests.discord.panel import STRINGS, Panel
from tests.discord.world import Actor, World, in_world, told


async def steps(world: World, actor: Actor, count: int) -> None:
    panel = await Panel.open(world, actor, "spending")
    for number in range(1, count + 1):
        await panel.fill("set-edit:1:cooldown:", value=str(number))


def lines(panel: Panel) -> list[str]:
    return [line for line in panel.text.splitlines() if line.startswith("<t:")]


@in_world()
async def test_records_tell_who_did_what_newest_first(world: World) -> None:
    panel = await Panel.open(world, page="boldness")
    await panel.choose("set:1:tolerance:", ["3"])
    await panel.undo()
    await panel.go("blocked")
    await panel.fill("block:", member=[world.ada], lasting="1 h", reason="*spam*")
    await panel.press("unblock:")
    await panel.go("records")
    by = f"<@{world.mod.id}>"
    assert [line.partition(" · ")[2] for line in lines(panel)] == [
        f"{by} · unblocked <@{world.ada.id}>",
        lines(panel)[1].partition(" · ")[2],
        f"{by} · undo: **Ceiling in ordinary channels** was 3, is 2.",
        f"{by} · **Ceiling in ordinary channels** was 2, is 3.",
    ]
    assert f"{by} · blocked <@{world.ada.id}> until <t:" in lines(panel)[1]
    assert "-# \\*spam\\*" in panel.text


@in_world()
async def test_records_are_found_by_kind_and_by_person_and_both(world: World) -> None:
    other = world.member("other", world.staff)
    await steps(world, other, 1)
    panel = await Panel.open(world, page="blocked")
    await panel.fill("block:", member=[world.ada])
    await panel.go("records")
    assert len(lines(panel)) == 2
    await panel.choose("deeds-of:1:event:", ["setting"])
    assert [f"<@{other.id}>" in line for line in lines(panel)] == [True]
    await world.restart()
    await panel.choose("deeds-of:1:actor:", [world.mod])
    assert "Nothing was found." in panel.text
    await panel.choose("deeds-of:1:event:", ["any"])
    assert [f"<@{world.mod.id}> · blocked" in line for line in lines(panel)] == [True]
    await panel.choose("deeds-of:1:actor:", [])
    assert len(lines(panel)) == 2


@in_world()
async def test_older_records_are_turned_to_and_back_while_newer_ones_come(world: World) -> None:
    await steps(world, world.mod, 18)
    panel = await Panel.open(world, page="records")
    first = lines(panel)
    assert panel.labels() == ["Older"]
    await panel.press("deeds:")
    second = lines(panel)
    assert panel.labels() == ["Newer", "Older"]
    await steps(world, world.member("other", world.staff), 1)
    await world.restart()
    (older,) = [it["custom_id"] for it in panel.controls() if it.get("label") == "Older"]
    await panel.press(older)
    third = lines(panel)
    assert (len(first), len(second), len(third)) == (8, 8, 2)
    assert third[-1].endswith("**Cooldown** was none, is 1 s.")
    assert panel.labels() == ["Newer"]
    await panel.press("deeds:")
    assert lines(panel) == second, "a record that came meanwhile moved the pages"
    (newer,) = [it["custom_id"] for it in panel.controls() if it.get("label") == "Newer"]
    await panel.press(newer)
    assert lines(panel) == first


@in_world()
async def test_records_of_another_server_are_not_shown(world: World) -> None:
    other = world.elsewhere()
    await steps(other, other.joined(world.mod), 1)
    panel = await Panel.open(world, page="records")
    assert "Nothing was found." in panel.text


@in_world()
async def test_a_forged_filter_is_answered(world: World) -> None:
    await steps(world, world.mod, 1)
    panel = await Panel.open(world, page="records")
    for what, value in (("event", "everything"), ("actor", "9" * 400), ("actor", "-1"), ("actor", "9" * 19)):
        answer = await world.pry(world.mod, panel.message, f"deeds-of:1:{what}::", kind=STRINGS, values=[value])
        assert told(answer) == panel.text
        assert len(lines(panel)) == 1, "what nobody could choose filtered something"
    for forged in ("deeds:1:nothing::0:0", f"deeds:1::{'9' * 19}:0:0", f"deeds:1:::{'9' * 18}:99"):
        assert told(await world.pry(world.mod, panel.message, forged)) == panel.text
    assert "Nothing was found." in panel.text
