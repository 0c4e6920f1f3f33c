"""The moderators' panel: what it shows, how a setting is changed, and Undo."""

from typing import Any

import discord
import pytest

from bot.ui.panel.table import SETTINGS, Control, Setting
from tests.discord.panel import Panel
from tests.discord.world import BUTTON, World, in_world, told

UNKNOWN = "I do not know this button: it comes from another version of me. Nothing was charged."
NOT_STAFF = "it takes the permission **Manage Server**. Nothing was changed."
MEANWHILE = "Somebody else changed this setting just before you. Nothing of yours was saved; look at it as it is now."
LINES = {
    "channels": "**Channels** was everywhere, is {place}.",
    "users": "**May make pictures** was everybody, is {role}.",
    "barred": "**May not make pictures** was nobody, is {role}.",
    "unhurried": "**Need not wait** was nobody, is {role}.",
    "staff": "**Staff** was only members with **Manage Server**, is {role}.",
    "member_jobs": "**Pictures at once** was as many as the operator allows, is 100.",
    "cooldown": "**Cooldown** was none, is 1 d.",
    "variations": "**Variations at once** was 4, is 3.",
    "tolerance": "**Ceiling in ordinary channels** was 2, is 6.",
    "restricted_tolerance": "**Ceiling in age-restricted channels** was 6, is 5.",
    "spoiler_from": "**Spoiler from** was never, is 6.",
    "moderated_an_hour": "**Stopped by the filter** was 5, is 100.",
    "reports_to_hide": "**Reports that hide** was 3, is 100.",
    "defaults.aspect_ratio": "**Default of `aspect_ratio`** was 1:1, as everywhere, is 5:4.",
    "defaults.output_format": "**Default of `output_format`** was png, as everywhere, is jpg.",
    "defaults.output_quality": "**Default of `output_quality`** was 80, as everywhere, is 100.",
    "defaults.steps": "**Default of `steps`** was 25, as everywhere, is 50.",
    "defaults.guidance": "**Default of `guidance`** was 3, as everywhere, is 5.",
    "defaults.safety_tolerance": "**Default of `safety_tolerance`** was 2, as everywhere, is 6.",
    "defaults.prompt_upsampling": "**Default of `prompt_upsampling`** was no, as everywhere, is yes.",
    "defaults.seed": "**Default of `seed`** was drawn anew, is 2147483647.",
    "max_steps": "**Most steps** was 50, as everywhere, is 50.",
    "max_quality": "**Highest quality** was 100, as everywhere, is 100.",
    "locked": "**Locked options** was none, is `output_format`, `steps`.",
    "reroll": "**Who may reroll** was everybody, is members with a role.",
    "reroll_roles": "**Roles that may reroll** was nobody, is {role}.",
    "log.made": "**Log of pictures made** was nowhere, is {place}.",
    "log.refused": "**Log of refusals** was nowhere, is {place}.",
    "log.changed": "**Log of settings and blocks** was nowhere, is {place}.",
    "log.removed": "**Log of removals and reports** was nowhere, is {place}.",
    "log.credits": "**Log of credits** was nowhere, is {place}.",
    "open_stats": "**Statistics for everybody** was no, is yes.",
    "inscribed": "**Files tell how they were made** was yes, is no.",
    "paused": "**Paused** was no, is yes.",
}
CODES = {
    "restricted_tolerance": "5",
    "reroll": '"roles"',
    "defaults.output_format": '"jpg"',
    "defaults.prompt_upsampling": "true",
    "inscribed": "false",
    "paused": "true",
    "variations": "3",
}


async def changed(world: World, panel: Panel, setting: Setting, role: Any) -> None:
    """Set it as a moderator would, to something else than it is."""
    start = f"set:1:{setting.key}:"
    match setting.control:
        case Control.CHANNELS | Control.CHANNEL:
            await panel.choose(start, [world.channel])
        case Control.ROLES:
            await panel.choose(start, [role])
        case Control.CHOICES:
            await panel.choose(start, ['"steps"', '"output_format"'])
        case Control.CHOICE:
            codes = [option["value"] for option in panel.control(start)["options"]]
            await panel.choose(start, [CODES.get(setting.key, codes[-1])])
        case Control.SECONDS:
            await panel.fill(f"set-edit:1:{setting.key}:", value="24 h")
        case _:
            value = CODES.get(setting.key, f"{setting.bounds()[1]:.0f}")
            await panel.fill(f"set-edit:1:{setting.key}:", value=value)


@pytest.mark.parametrize("page", sorted({setting.page for setting in SETTINGS}))
@in_world()
async def test_each_setting_is_changed_told_and_undone_on_its_page(world: World, page: str) -> None:
    role = world.role("Artists")
    panel = await Panel.open(world, page=page)
    before = panel.text
    settings = [setting for setting in SETTINGS if setting.page == page]
    for setting in settings:
        await changed(world, panel, setting, role)
        assert panel.line == LINES[setting.key].format(role=f"<@&{role.id}>", place=f"<#{world.channel.id}>")
        changed_to = panel.text
        await panel.undo()
        assert panel.text.splitlines()[2:] == before.splitlines()[1:], "Undo did not bring back what there was"
        await panel.undo()
        assert panel.text == changed_to, "Undo of Undo did not bring back the change"
        await panel.undo()
    assert panel.labels()[0] == "Undo"


@in_world()
async def test_every_setting_has_a_line_in_these_tests(world: World) -> None:
    assert set(LINES) == {setting.key for setting in SETTINGS}
    command = world.env.backend.commands[None]["settings", 1]
    assert int(command["default_member_permissions"]) == discord.Permissions(manage_guild=True).value


@in_world()
async def test_a_change_is_in_force_at_once(world: World) -> None:
    elsewhere = world.guild.create_text_channel("elsewhere")
    panel = await Panel.open(world)
    await panel.choose("set:1:channels:", [elsewhere])
    assert f"pictures are asked for in <#{elsewhere.id}>" in told(await world.imagine(world.ada))
    await panel.undo()
    await panel.go("pause")
    await panel.choose("set:1:paused:", ["true"])
    assert "Pictures are paused in this server by its staff." in told(await world.imagine(world.ada))


@in_world()
async def test_the_panel_is_private_and_goes_on_where_somebody_goes(world: World) -> None:
    panel = await Panel.open(world)
    pages = [option["value"] for option in panel.control("panel:")["options"]]
    assert len(pages) == len(set(pages)) == 12
    for page in pages:
        await panel.go(page)
        assert panel.text.startswith("## Settings · ")
        (here,) = [it["value"] for it in panel.control("panel:")["options"] if it["default"]]
        assert here == page
    assert len(list(world.channel.history())) == 0, "somebody else could see it"


@in_world()
async def test_the_panel_works_after_twenty_minutes_and_after_a_restart(world: World) -> None:
    panel = await Panel.open(world, page="boldness")
    await world.env.advance_time(20 * 60)
    await panel.choose("set:1:tolerance:", ["3"])
    assert panel.line == "**Ceiling in ordinary channels** was 2, is 3."
    await world.restart()
    await panel.undo()
    assert panel.line == "**Ceiling in ordinary channels** was 3, is 2."
    await world.restart()
    await panel.choose("set:1:tolerance:", ["4"])
    assert panel.shown("Ceiling in ordinary channels") == "4"
    await world.restart()
    await panel.go("places")
    assert panel.shown("Channels") == "everywhere"


@in_world()
async def test_a_form_that_was_open_during_a_restart_is_still_served(world: World) -> None:
    panel = await Panel.open(world, page="spending")
    form = await panel.press("set-edit:1:cooldown:")
    await world.restart()
    await world.mod.submit_modal(form, {"value": "1 min 30 s"})
    assert panel.line == "**Cooldown** was none, is 1 min 30 s."


@in_world()
async def test_a_form_shows_what_there_is_and_emptied_it_sets_what_there_was_at_first(world: World) -> None:
    panel = await Panel.open(world, page="boldness")
    await panel.fill("set-edit:1:moderated_an_hour:", value="7")
    form = await panel.press("set-edit:1:moderated_an_hour:")
    assert form.modal is not None
    (label,) = form.modal["components"]
    assert label["component"]["value"] == "7"
    assert label["description"] == "A whole number from 0 to 100. Empty: 5"
    await world.mod.submit_modal(form, {"value": ""})
    assert panel.line == "**Stopped by the filter** was 7, is 5."


@pytest.mark.parametrize(
    ("page", "key", "typed", "told_"),
    [
        ("spending", "member_jobs", "many", "**Pictures at once** takes a whole number from 1 to 100."),
        ("spending", "member_jobs", "0", "**Pictures at once** takes a whole number from 1 to 100."),
        ("spending", "member_jobs", "101", "**Pictures at once** takes a whole number from 1 to 100."),
        ("spending", "member_jobs", "-5", "**Pictures at once** takes a whole number from 1 to 100."),
        ("spending", "member_jobs", "2.5", "**Pictures at once** takes a whole number from 1 to 100."),
        ("spending", "member_jobs", "\u0665", "**Pictures at once** takes a whole number from 1 to 100."),
        ("spending", "cooldown", "soon", "**Cooldown** takes a time up to 1 d, such as 30 s, 10 min or 1 h."),
        ("spending", "cooldown", "2 months", "**Cooldown** takes a time up to 1 d, such as 30 s, 10 min or 1 h."),
        ("spending", "cooldown", "25 h", "**Cooldown** takes a time up to 1 d, such as 30 s, 10 min or 1 h."),
        ("defaults", "defaults.guidance", "nan", "**Default of `guidance`** takes a number from 2 to 5."),
        ("defaults", "defaults.guidance", "5.01", "**Default of `guidance`** takes a number from 2 to 5."),
        ("defaults", "defaults.steps", "14", "**Default of `steps`** takes a whole number from 15 to 50."),
        ("limits", "max_steps", "51", "**Most steps** takes a whole number from 15 to 50."),
    ],
)
@in_world()
async def test_what_is_no_such_number_is_refused_in_words(
    world: World, page: str, key: str, typed: str, told_: str
) -> None:
    panel = await Panel.open(world, page=page)
    before = panel.text.splitlines()[1:]
    await panel.fill(f"set-edit:1:{key}:", value=typed)
    assert panel.line == f"{told_} Nothing was changed."
    assert panel.text.splitlines()[2:] == before


@in_world()
async def test_a_decimal_may_be_typed_with_a_comma(world: World) -> None:
    panel = await Panel.open(world, page="defaults")
    await panel.fill("set-edit:1:defaults.guidance:", value="2,5")
    assert panel.line == "**Default of `guidance`** was 3, as everywhere, is 2.5."
    await panel.fill("set-edit:1:defaults.steps:", value=" 30 ")
    assert panel.line == "**Default of `steps`** was 25, as everywhere, is 30."
    assert panel.shown("Default of `guidance`") == "2.5", "a change of one default changed another"
    await panel.undo()
    assert panel.shown("Default of `guidance`") == "2.5"
    assert panel.shown("Default of `steps`") == "25, as everywhere"


@in_world()
async def test_what_is_submitted_as_it_was_is_no_change(world: World) -> None:
    panel = await Panel.open(world, page="spending")
    await panel.fill("set-edit:1:cooldown:", value="")
    assert panel.line == "**Cooldown** is none, as before."
    await panel.fill("set-edit:1:cooldown:", value="90")
    await panel.fill("set-edit:1:cooldown:", value="1 min 30 s")
    assert panel.line == "**Cooldown** is 1 min 30 s, as before."
    assert "Undo" not in panel.labels()
    await panel.go("defaults")
    await panel.choose("set:1:defaults.aspect_ratio:", ["null"])
    assert panel.line == "**Default of `aspect_ratio`** is 1:1, as everywhere, as before."
    await panel.go("records")
    assert panel.text.count("<t:") == 1


@in_world()
async def test_of_two_at_once_the_second_is_told_and_shown_what_the_first_did(world: World) -> None:
    other = world.member("other", world.staff)
    mine, theirs = await Panel.open(world, page="spending"), await Panel.open(world, other, "spending")
    form = await theirs.press("set-edit:1:cooldown:")
    await mine.fill("set-edit:1:cooldown:", value="60")
    await other.submit_modal(form, {"value": "120"})
    assert theirs.line == MEANWHILE
    assert theirs.shown("Cooldown") == "1 min"
    await mine.go("boldness")
    await theirs.go("boldness")
    await mine.choose("set:1:tolerance:", ["3"])
    await theirs.choose("set:1:tolerance:", ["4"])
    assert theirs.line == MEANWHILE
    assert theirs.shown("Ceiling in ordinary channels") == "3"
    await theirs.choose("set:1:tolerance:", ["4"])
    assert theirs.line == "**Ceiling in ordinary channels** was 3, is 4."
    await mine.undo()
    assert mine.line == "This can no longer be undone: it was changed again since. Nothing was changed."
    assert mine.shown("Ceiling in ordinary channels") == "4"


@in_world()
async def test_a_form_is_not_even_opened_where_somebody_else_was_faster(world: World) -> None:
    other = world.member("other", world.staff)
    mine, theirs = await Panel.open(world, page="spending"), await Panel.open(world, other, "spending")
    await mine.fill("set-edit:1:cooldown:", value="60")
    pressed = await theirs.press("set-edit:1:cooldown:")
    assert pressed.modal is None
    assert theirs.line == MEANWHILE
    assert theirs.shown("Cooldown") == "1 min"


@in_world()
async def test_who_is_no_moderator_any_more_can_neither_change_nor_look(world: World) -> None:
    panel = await Panel.open(world, page="spending")
    form = await panel.press("set-edit:1:cooldown:")
    await panel.fill("set-edit:1:member_jobs:", value="3")
    shown = panel.text
    world.withdraw_role(world.mod, world.staff)
    presses = [
        await world.mod.submit_modal(form, {"value": "60"}),
        await panel.press("set-edit:1:cooldown:"),
        await panel.undo(),
        await panel.choose("panel:", ["records"]),
        await panel.press("cap-of:1:everybody"),
    ]
    for pressed in presses:
        assert told(pressed).endswith(NOT_STAFF)
    assert panel.text == shown
    world.grant_role(world.mod, world.staff)
    await panel.go("spending")
    assert panel.shown("Cooldown") == "none"
    assert panel.shown("Pictures at once") == "3"


@in_world()
async def test_a_member_is_refused_even_where_the_command_reaches_the_bot(world: World) -> None:
    assert not any(name == "settings" for name in world.ada.available_commands(world.channel))
    assert told(await world.forced(world.ada, "settings")).endswith(NOT_STAFF)
    panel = await Panel.open(world)
    for page in ("places", "people", "blocked", "spending", "boldness", "records"):
        await panel.go(page)
        for control in panel.controls():
            values = [option["value"] for option in control.get("options", [])][:1]
            chosen = {} if control["type"] == BUTTON else {"values": values or [str(world.staff.id)]}
            pried = await world.pry(world.ada, panel.message, control["custom_id"], kind=control["type"], **chosen)
            assert told(pried).endswith(NOT_STAFF), control


@in_world()
async def test_who_has_a_staff_role_decides_all_but_who_is_staff(world: World) -> None:
    helpers = world.role("Helpers")
    sam = world.member("sam", helpers)
    panel = await Panel.open(world, page="people")
    await panel.choose("set:1:staff:", [helpers])
    theirs = Panel(world, sam, await world.forced(sam, "settings"))
    await theirs.go("people")
    await theirs.choose("set:1:barred:", [helpers])
    assert theirs.line == f"**May not make pictures** was nobody, is <@&{helpers.id}>."
    await theirs.choose("set:1:staff:", [])
    refused = "Who is staff is for members with **Manage Server** to decide. Nothing was changed."
    assert theirs.line == refused
    assert theirs.shown("Staff") == f"<@&{helpers.id}>"
    number = int(panel.control("set-undo:")["custom_id"].split(":")[2])
    forged = await world.pry(sam, theirs.message, f"set-undo:1:{number}:people")
    assert refused in told(forged)
    await panel.go("people")
    await panel.choose("set:1:staff:", [])
    gone = await theirs.choose("set:1:barred:", [])
    assert told(gone).endswith(NOT_STAFF)
