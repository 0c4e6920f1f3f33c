"""What can be wrong with a panel: things deleted meanwhile, too many of them, and what nobody could have pressed."""

import pytest

from tests.discord.panel import CHANNELS, ROLES, STRINGS, Panel
from tests.discord.world import World, in_world, told

UNKNOWN = "I do not know this button: it comes from another version of me. Nothing was charged."
FORM = "0badcafe"


@in_world()
async def test_a_deleted_role_is_shown_as_deleted_and_can_be_removed(world: World) -> None:
    artists, gone = world.role("Artists"), world.role("Gone")
    panel = await Panel.open(world, page="people")
    await panel.choose("set:1:users:", [artists, gone])
    world.delete_role(gone)
    await panel.go("people")
    assert panel.shown("May make pictures") == f"a deleted role (`{gone.id}`), <@&{artists.id}>"
    chosen = panel.control("set:1:users:")["default_values"]
    assert [it["id"] for it in chosen] == [str(artists.id)], "Discord might not take a list with a role that is gone"
    assert panel.labels() == ["Remove deleted ones"]
    await panel.press("set-tidy:1:users:")
    assert panel.shown("May make pictures") == f"<@&{artists.id}>"
    assert panel.labels() == ["Undo"]


@in_world()
async def test_a_deleted_channel_is_shown_as_deleted_and_can_be_removed(world: World) -> None:
    gone, stays = world.guild.create_text_channel("gone"), world.guild.create_text_channel("stays")
    panel = await Panel.open(world)
    await panel.choose("set:1:channels:", [gone, stays])
    await panel.go("log")
    await panel.choose("set:1:log.made:", [gone])
    await panel.choose("set:1:log.credits:", [stays])
    world.delete_channel(gone)
    await panel.go("log")
    assert panel.shown("Log of pictures made") == f"a deleted channel (`{gone.id}`)"
    await panel.press("set-tidy:1:log.made:")
    assert panel.line == f"**Log of pictures made** was a deleted channel (`{gone.id}`), is nowhere."
    assert panel.shown("Log of credits") == f"<#{stays.id}>"
    await panel.go("places")
    await panel.press("set-tidy:1:channels:")
    assert panel.shown("Channels") == f"<#{stays.id}>"


@in_world()
async def test_nothing_is_taken_for_deleted_while_the_bot_knows_nothing_of_the_server(world: World) -> None:
    artists = world.role("Artists")
    panel = await Panel.open(world, page="people")
    await panel.choose("set:1:users:", [artists])
    world.forget_the_guild()
    await panel.go("people")
    assert panel.shown("May make pictures") == f"<@&{artists.id}>"
    assert "Remove deleted ones" not in panel.labels()
    await world.pry(world.mod, panel.message, panel.control("set:1:users:")["custom_id"].replace("set:", "set-tidy:"))
    await panel.go("people")
    assert panel.shown("May make pictures") == f"<@&{artists.id}>"


@in_world()
async def test_as_many_as_a_list_holds_are_saved_and_one_more_is_refused(world: World) -> None:
    roles = [world.role(f"role {number}") for number in range(26)]
    panel = await Panel.open(world, page="people")
    assert panel.control("set:1:users:")["max_values"] == 25
    control = panel.control("set:1:users:")["custom_id"]
    await world.pry(world.mod, panel.message, control, kind=ROLES, values=[str(role.id) for role in roles])
    assert panel.line == "**May make pictures** takes at most 25 roles. Nothing was changed."
    await panel.choose("set:1:users:", roles[:25])
    assert panel.shown("May make pictures").endswith("and 10 more")
    assert len(panel.control("set:1:users:")["default_values"]) == 25


@pytest.mark.parametrize(
    ("custom_id", "values", "line"),
    [
        ("set:1:tolerance:0", ["7"], "**Ceiling in ordinary channels** takes only what its list offers."),
        ("set:1:tolerance:0", ["null"], "**Ceiling in ordinary channels** takes only what its list offers."),
        ("set:1:tolerance:0", ["2", "3"], "**Ceiling in ordinary channels** takes only what its list offers."),
        ("set:1:tolerance:0", [], "**Ceiling in ordinary channels** takes only what its list offers."),
        ("set:1:cooldown:0", ["60"], "**Cooldown** takes a time up to 1 d, such as 30 s, 10 min or 1 h."),
        ("set:1:locked:0", ['"prompt"'], "**Locked options** takes only what its list offers."),
        ("set:1:defaults.steps:0", ["50"], "**Default of `steps`** takes a whole number from 15 to 50."),
        ("set:1:users:0", ["everybody"], "**May make pictures** takes at most 25 roles."),
        ("set:1:users:0", ["9" * 20], "**May make pictures** takes at most 25 roles."),
        ("set:1:users:0", ["0"], "**May make pictures** takes at most 25 roles."),
        ("set:1:log.made:0", ["x"], "**Log of pictures made** takes one channel of this server."),
    ],
)
@in_world()
async def test_a_forged_value_changes_nothing(world: World, custom_id: str, values: list[str], line: str) -> None:
    panel = await Panel.open(world)
    await world.pry(world.mod, panel.message, custom_id, kind=STRINGS, values=values)
    assert panel.line == f"{line} Nothing was changed."
    await panel.go("records")
    assert "Nothing was found." in panel.text


@in_world()
async def test_what_is_logged_goes_to_no_channel_of_another_server(world: World) -> None:
    theirs = world.elsewhere().channel
    panel = await Panel.open(world, page="log")
    for family in ("made", "removed"):
        forged = (f"set:1:log.{family}:0", [str(theirs.id)])
        await world.pry(world.mod, panel.message, forged[0], kind=CHANNELS, values=forged[1])
        assert "takes one channel of this server. Nothing was changed." in panel.line
        assert (
            panel.shown({"made": "Log of pictures made", "removed": "Log of removals and reports"}[family]) == "nowhere"
        )


@pytest.mark.parametrize(
    "custom_id",
    [
        "set:1:nothing:0",
        "set:1:defaults:0",
        "set:1:defaults.prompt:0",
        "set:1:__class__:0",
        "set:1:tolerance.x:0",
        "set:1:tolerance:x",
        "set:1:tolerance:-1",
        "set:2:tolerance:0",
        "panel:1:pages",
        "deeds-of:1:subject::",
    ],
)
@in_world()
async def test_a_forged_list_is_answered_and_changes_nothing(world: World, custom_id: str) -> None:
    panel = await Panel.open(world)
    shown = panel.text
    answer = await world.pry(world.mod, panel.message, custom_id, kind=STRINGS, values=["3"])
    assert told(answer) == UNKNOWN
    assert panel.text == shown


@pytest.mark.parametrize(
    "custom_id",
    [
        "set:1:tolerance:0",
        "set-edit:1:nothing:0",
        "set-tidy:1:nothing:0",
        "set-undo:1:1:nowhere",
        "panel-turn:1:nowhere:0",
        f"unblock:1:{'9' * 19}",
        f"set-form:1:cooldown:0:{FORM}",
        f"cap-form:1:5:{FORM}",
    ],
)
@in_world()
async def test_a_forged_button_is_answered_and_changes_nothing(world: World, custom_id: str) -> None:
    panel = await Panel.open(world)
    shown = panel.text
    assert told(await world.pry(world.mod, panel.message, custom_id)) == UNKNOWN
    assert panel.text == shown


@in_world()
async def test_a_control_of_another_kind_of_setting_is_refused(world: World) -> None:
    panel = await Panel.open(world)
    for custom_id in ("set-edit:1:channels:0", "set-tidy:1:tolerance:0"):
        assert told(await world.pry(world.mod, panel.message, custom_id)) == UNKNOWN


@in_world()
async def test_a_forged_revision_is_one_that_somebody_else_changed(world: World) -> None:
    panel = await Panel.open(world, page="boldness")
    await world.pry(world.mod, panel.message, "set:1:tolerance:999999999999999999", kind=STRINGS, values=["3"])
    assert panel.line.startswith("Somebody else changed this setting just before you.")
    assert panel.shown("Ceiling in ordinary channels") == "2"


@in_world()
async def test_undo_of_what_never_was_or_of_another_server_changes_nothing(world: World) -> None:
    other = world.elsewhere()
    theirs = await Panel.open(other, other.joined(world.mod), "boldness")
    await theirs.choose("set:1:tolerance:", ["3"])
    number = theirs.control("set-undo:")["custom_id"].split(":")[2]
    panel = await Panel.open(world, page="people")
    await panel.go("blocked")
    await panel.fill("block:", member=[world.ada])
    for record in (number, "0", "999999999999999999", str(int(number) + 1)):
        await world.pry(world.mod, panel.message, f"set-undo:1:{record}:boldness")
        assert panel.line == "This can no longer be undone: it was changed again since. Nothing was changed."
    await theirs.go("boldness")
    assert theirs.shown("Ceiling in ordinary channels") == "3"


@in_world()
async def test_a_forged_form_is_held_to_the_same_rules(world: World) -> None:
    panel = await Panel.open(world, page="spending")
    form = await world.forged_form(world.mod, panel.message, f"set-form:1:nothing:0:{FORM}", value="5")
    assert told(form) == UNKNOWN
    await world.forged_form(world.mod, panel.message, f"set-form:1:cooldown:0:{FORM}", value="9" * 400)
    assert panel.line.startswith("**Cooldown** takes a time up to 1 d")
    form = await world.forged_form(world.mod, panel.message, f"cap-form:1:{'9' * 19}:{FORM}", amount="5")
    assert told(form) == UNKNOWN
    form = await world.forged_form(world.mod, panel.message, f"set-form:1:tolerance:0:{FORM}", value="6")
    assert told(form) == UNKNOWN
    refused = await world.forged_form(world.ada, panel.message, f"set-form:1:cooldown:0:{FORM}", value="5")
    assert "Manage Server" in told(refused)
    await panel.go("records")
    assert "Nothing was found." in panel.text
