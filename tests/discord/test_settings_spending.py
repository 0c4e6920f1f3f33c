"""Caps in the moderators' panel: the same acts as by `/credits-admin`, confirmed in the panel itself."""

from datetime import timedelta

import pytest

from tests.discord.panel import Panel
from tests.discord.world import World, in_world, told

UNTOUCHED = "Nothing moved in the server's pool."
GONE = "This can no longer be confirmed here. Type the command again. Nothing was changed."


@in_world()
async def test_every_members_cap_is_set_and_lifted_once_confirmed(world: World) -> None:
    panel = await Panel.open(world, page="spending")
    await panel.fill("cap-of:1:everybody", amount="5")
    assert panel.line.startswith("The default cap of every member will change, for each: none → 5 credits a period.")
    assert panel.shown("Cap of every member") == "none"
    await world.restart()
    await panel.press("cap-confirm:")
    assert panel.line == f"Default cap of every member: none → 5 credits. {UNTOUCHED}"
    assert panel.shown("Cap of every member") == "5 credits a month"
    form = await panel.press("cap-of:1:everybody")
    assert form.modal is not None
    assert form.modal["components"][0]["component"]["value"] == "5"
    await world.mod.submit_modal(form, {"amount": ""})
    await panel.press("cap-confirm:")
    assert panel.shown("Cap of every member") == "none"
    assert "Every member: no cap" in told(await world.admin(world.mod, "show"))


@in_world()
async def test_a_role_is_chosen_and_its_cap_typed(world: World) -> None:
    artists = world.role("Artists", world.ada)
    panel = await Panel.open(world, page="spending")
    form = await panel.choose("cap-of:1:role", [artists])
    await world.restart()
    await world.mod.submit_modal(form, {"amount": "0"})
    await panel.press("cap-confirm:")
    assert panel.line == f"Cap of everybody with <@&{artists.id}>: none → 0 credits. {UNTOUCHED}"
    assert panel.shown("Caps by role") == f"<@&{artists.id}> 0 credits"
    assert "Your cap is 0 credits" in told(await world.imagine(world.ada))
    world.delete_role(artists)
    await panel.go("spending")
    assert panel.shown("Caps by role") == "none"


@in_world()
async def test_a_role_is_exempt_and_bound_again_by_choosing_it(world: World) -> None:
    artists = world.role("Artists")
    panel = await Panel.open(world, page="spending")
    await panel.choose("cap-of:1:exempt", [artists])
    await panel.press("cap-confirm:")
    assert panel.shown("Exempt roles") == f"<@&{artists.id}>"
    await panel.choose("cap-of:1:exempt", [artists])
    await panel.press("cap-confirm:")
    assert panel.line == f"Everybody with <@&{artists.id}>: exempt from caps → not exempt. {UNTOUCHED}"
    assert panel.shown("Exempt roles") == "none"


@pytest.mark.parametrize("amount", ["many", "-1", "1000001", "1.5"])
@in_world()
async def test_an_amount_that_is_none_is_refused_in_words(world: World, amount: str) -> None:
    panel = await Panel.open(world, page="spending")
    await panel.fill("cap-of:1:everybody", amount=amount)
    assert panel.line == "The number has to be from 0 to 1,000,000. Nothing was changed."
    assert "Confirm" not in panel.labels()


@in_world()
async def test_a_role_that_is_deleted_meanwhile_is_refused(world: World) -> None:
    artists = world.role("Artists")
    panel = await Panel.open(world, page="spending")
    form = await panel.choose("cap-of:1:role", [artists])
    await panel.choose("cap-of:1:exempt", [artists])
    world.delete_role(artists)
    await panel.press("cap-confirm:")
    assert panel.line == "This role does not exist any more. Nothing was changed."
    await world.mod.submit_modal(form, {"amount": "5"})
    assert panel.line == "This role does not exist any more. Nothing was changed."


@in_world()
async def test_what_is_to_be_confirmed_is_for_who_asked_within_an_hour(world: World) -> None:
    other = world.member("other", world.staff)
    panel = await Panel.open(world, page="spending")
    await panel.fill("cap-of:1:everybody", amount="5")
    button = panel.control("cap-confirm:")["custom_id"]
    theirs = await Panel.open(world, other, "spending")
    await world.pry(other, theirs.message, button)
    assert theirs.line == GONE
    assert "Manage Server" in told(await world.pry(world.ada, panel.message, button))
    world.clock.ahead += timedelta(hours=1, seconds=1)
    await panel.press("cap-confirm:")
    assert panel.line == GONE
    assert panel.shown("Cap of every member") == "none"


@in_world()
async def test_a_list_of_roles_pressed_as_a_button_is_forged(world: World) -> None:
    panel = await Panel.open(world, page="spending")
    for what in ("role", "exempt"):
        answer = await world.pry(world.mod, panel.message, f"cap-of:1:{what}")
        assert told(answer).startswith("I do not know this button")
