"""What concerns many, or resets a use, waits for a Confirm button: once, by the same person, with the same right."""

from datetime import timedelta

import pytest

from tests.discord.world import World, buttons, custom_ids, in_world, told

GONE = "This can no longer be confirmed here. Type the command again. Nothing was changed."


async def cap(world: World) -> str:
    """The rules as staff see them."""
    return told(await world.admin(world.mod, "show"))


@in_world()
async def test_nothing_happens_before_confirm_and_the_question_becomes_the_answer(world: World) -> None:
    artists = world.role("Artists")
    asked = await world.admin(world.mod, "set", target=artists, amount=3, reason="a contest")
    assert buttons(asked.response) == ["Confirm"]
    assert "Artists" not in await cap(world)
    assert "cap 3" not in await cap(world)
    pressed = await world.press(world.mod, world.message(asked), "Confirm")
    assert told(pressed) == told(asked)
    assert told(pressed) == (
        f"Cap of everybody with <@&{artists.id}>: none → 3 credits. Nothing moved in the server's pool.\n"
        "-# Reason: a contest"
    )
    assert "cap 3 credits" in await cap(world)


@in_world()
async def test_pressing_twice_does_it_once_and_tells_the_result_again(world: World) -> None:
    artists = world.role("Artists")
    asked = await world.admin(world.mod, "give", target=artists, amount=3)
    button = custom_ids(asked)[0]
    first = told(await world.press(world.mod, world.message(asked), "Confirm"))
    again = told(await world.pry(world.mod, world.message(asked), button))
    assert first == again
    assert "0 → 3 credits" in first
    assert "3 credits extra" in await cap(world)
    assert told(await world.admin(world.mod, "history", kind="extra")).count("<t:") == 1


@in_world()
async def test_a_question_outlives_a_restart(world: World) -> None:
    artists = world.role("Artists")
    asked = await world.admin(world.mod, "exempt", role=artists, exempt=True)
    await world.restart()
    assert "not exempt → exempt from caps" in told(await world.press(world.mod, world.message(asked), "Confirm"))
    assert "exempt" in await cap(world)


@in_world()
async def test_who_lost_the_right_meanwhile_is_refused_and_nothing_changed(world: World) -> None:
    artists = world.role("Artists")
    asked = await world.admin(world.mod, "set", target=artists, amount=3)
    world.withdraw_role(world.mod, world.staff)
    refused = told(await world.press(world.mod, world.message(asked), "Confirm"))
    assert refused.endswith("it takes the permission **Manage Server**. Nothing was changed.")
    world.grant_role(world.mod, world.staff)
    assert "cap 3" not in await cap(world)


@in_world()
async def test_nobody_else_can_confirm_not_even_other_staff(world: World) -> None:
    artists, other = world.role("Artists"), world.member("other", world.staff)
    asked = await world.admin(world.mod, "set", target=artists, amount=3)
    assert told(await world.pry(other, world.message(asked), custom_ids(asked)[0])) == GONE
    assert "Manage Server" in told(await world.pry(world.ada, world.message(asked), custom_ids(asked)[0]))
    assert "cap 3" not in await cap(world)


@in_world()
async def test_a_question_of_one_server_cannot_be_confirmed_in_another(world: World) -> None:
    asked = await world.admin(world.mod, "set", target=world.guild.default_role, amount=3)
    other = world.elsewhere()
    same_person = other.joined(world.mod)
    there = await other.admin(same_person, "top")
    assert told(await other.pry(same_person, other.message(there), custom_ids(asked)[0])) == GONE
    assert "no cap" in told(await other.admin(same_person, "show"))


@in_world()
async def test_a_question_is_over_after_an_hour(world: World) -> None:
    artists = world.role("Artists")
    asked = await world.admin(world.mod, "set", target=artists, amount=3)
    world.clock.ahead += timedelta(hours=1, seconds=1)
    assert told(await world.press(world.mod, world.message(asked), "Confirm")) == GONE
    assert "cap 3" not in await cap(world)


@in_world()
async def test_a_role_that_was_deleted_meanwhile_is_refused(world: World) -> None:
    artists = world.role("Artists")
    asked = await world.admin(world.mod, "set", target=artists, amount=3)
    world.delete_role(artists)
    refused = told(await world.press(world.mod, world.message(asked), "Confirm"))
    assert refused == "This role does not exist any more. Nothing was changed."
    assert "Nothing" not in told(await world.admin(world.mod, "history"))
    assert "No entries match." in told(await world.admin(world.mod, "history", kind="staff"))


@in_world()
async def test_a_role_is_not_taken_for_deleted_while_the_bot_knows_nothing_of_the_server(world: World) -> None:
    artists = world.role("Artists")
    world.forget_the_guild()
    asked = await world.admin(world.mod, "set", target=artists, amount=3)
    assert "none → 3 credits" in told(await world.press(world.mod, world.message(asked), "Confirm"))
    assert f"<@&{artists.id}>: cap 3 credits" in await cap(world)


@in_world()
async def test_what_is_confirmed_in_the_next_period_counts_there(world: World) -> None:
    world.clock.ahead += timedelta(days=30, hours=23, minutes=50)
    asked = await world.admin(world.mod, "give", target=world.guild.default_role, amount=3)
    world.clock.ahead += timedelta(minutes=20)
    assert "0 → 3 credits" in told(await world.press(world.mod, world.message(asked), "Confirm"))
    assert "3 credits extra" in await cap(world)


@pytest.mark.parametrize("key", ["0", "1", "9" * 20])
@in_world()
async def test_a_forged_key_confirms_nothing(world: World, key: str) -> None:
    shown = await world.admin(world.mod, "top")
    assert told(await world.pry(world.mod, world.message(shown), f"confirm:1:{key}")) == GONE
