"""Where the operator's commands are, and for whom."""

from typing import Any

import discord
import pytest
from structlog.testing import capture_logs

from tests.discord.office import OFFICE, ONLY_THE_OPERATOR, VERBS, Office, in_office, seen_from
from tests.discord.world import World, custom_ids, in_world, told


def own(world: World, **owner: Any) -> None:
    """SimCord's application has one owner, the bot: another is put where discord.py keeps it."""
    user = {"username": "x", "discriminator": "0", "avatar": None, "id": "1"}
    data: Any = dict.fromkeys(("name", "description", "summary", "verify_key"), "")
    data |= {"id": "1", "icon": None, "bot_public": True, "bot_require_code_grant": False, "flags": 0, "team": None}
    data["owner"] = {**user, "id": str(owner.get("person", 1))}
    if "team" in owner:
        members = [
            {"user": {**user, "id": str(person)}, "membership_state": state, "team_id": "9", "role": "admin"}
            for person, state in owner["team"].items()
        ]
        data["team"] = {"id": "9", "name": "us", "icon": None, "owner_user_id": "1", "members": members}
    world.app.bot._application = discord.AppInfo(world.app.bot._connection, data)


@in_office()
async def test_the_commands_stand_in_the_operators_guild_only(office: Office) -> None:
    world = office.world
    [command] = world.env.backend.commands[OFFICE].values()
    assert command["name"] == "operator"
    assert int(command["default_member_permissions"]) == 0
    assert {it["name"] for it in command["options"]} == {verb for verb, _ in VERBS}
    assert set(world.env.backend.commands) == {None, OFFICE}
    assert ("operator", 1) not in world.env.backend.commands[None]
    king = world.guild.add_member(
        office.boss.user, roles=[world.guild.create_role("king", permissions=discord.Permissions(administrator=True))]
    )
    assert not [it for it in king.available_commands(world.channel) if it.startswith("operator")]
    with pytest.raises(Exception, match="operator"):
        await king.slash(world.channel, "operator guilds")


@in_office()
async def test_the_commands_are_hidden_from_ordinary_members_of_the_operators_guild(office: Office) -> None:
    visitor = office.guild.add_member(office.world.env.create_user("visitor"))
    assert "operator guilds" in office.boss.available_commands(office.channel)
    assert not [it for it in visitor.available_commands(office.channel) if it.startswith("operator")]


@in_world()
async def test_without_an_operators_guild_nothing_is_registered_and_nothing_asked(world: World) -> None:
    assert set(world.env.backend.commands) == {None}
    assert not [it.path for it in world.env.http_requests if "/guilds/" in it.path]


@in_office()
async def test_whoever_is_no_operator_is_refused_at_every_command(office: Office) -> None:
    for verb, options in VERBS:
        refused = await office.tells(verb, office.clerk, **options)
        assert refused == f"{ONLY_THE_OPERATOR} Nothing was changed.", verb


@in_office(guild_credits=50)
async def test_whoever_is_no_operator_is_refused_at_every_press(office: Office) -> None:
    world = office.world
    for n in range(12):
        world.elsewhere()
        await office.tells("grant", guild=str(1000 + n), amount=1)
    for _ in range(11):
        await office.tells("grant", guild=office.client, amount=1)
    asked = await office.do("pause")
    shown = [asked, await office.do("guilds"), await office.do("ledger", guild=office.client)]
    presses = [custom_id for result in shown for custom_id in custom_ids(result)]
    assert len(presses) == 3
    here = seen_from(office)
    for custom_id in presses:
        pressed = await here.pry(office.clerk, world.message(asked), custom_id)
        assert told(pressed) == f"{ONLY_THE_OPERATOR} Nothing was changed."
    await world.picture(world.ada)


@in_office()
async def test_the_owner_and_the_team_are_operators_beside_those_named(office: Office) -> None:
    owner, member, invited = (office.member(name) for name in ("owner", "member", "invited"))
    own(office.world, person=owner.id)
    assert "paid calls" in await office.tells("calls", owner)
    assert "paid calls" in await office.tells("calls", office.boss)
    assert ONLY_THE_OPERATOR in await office.tells("calls", member)
    own(office.world, person=owner.id, team={member.id: 2, invited.id: 1})
    assert "paid calls" in await office.tells("calls", member)
    assert "paid calls" in await office.tells("calls", office.boss)
    assert ONLY_THE_OPERATOR in await office.tells("calls", invited)
    assert ONLY_THE_OPERATOR in await office.tells("calls", owner)


@in_office()
async def test_a_bot_that_is_no_member_of_the_operators_guild_starts_all_the_same(office: Office) -> None:
    world = office.world
    for status, code in ((403, 50001), (404, 10004)):
        path = f"/applications/*/guilds/{OFFICE}/commands"
        world.env.inject_error("GET", path, status=status, code=code, message="Missing Access")
        with capture_logs() as logs:
            await world.restart()
        [line] = [it for it in logs if it["log_level"] in {"warning", "error"}]
        assert "is it a member there?" in line["event"]
        assert line["guild"] == str(OFFICE)
        await world.picture(world.ada)


@in_world()
async def test_a_bot_that_joins_the_operators_guild_later_writes_its_commands_then(world: World) -> None:
    world.env.inject_error("GET", f"/applications/*/guilds/{OFFICE}/commands", status=403, code=50001)
    await world.restart(operator_guild_id=OFFICE)
    for guild in (world.env.create_guild("Elsewhere"), world.env.create_guild("Office", id=OFFICE)):
        assert OFFICE not in world.env.backend.commands
        await world.env.settle()
        _say_joined(world, guild.id)
        await world.env.settle()
    assert [name for name, _ in world.env.backend.commands[OFFICE]] == ["operator"]


@in_office()
async def test_commands_are_written_once_and_do_not_linger_in_a_former_guild(office: Office) -> None:
    world, other = office.world, OFFICE + 1
    written = f"/guilds/{OFFICE}/commands"

    def writes() -> int:
        return sum(it.method == "PUT" and it.path.endswith(written) for it in world.env.http_requests)

    await world.restart()
    assert writes() == 1
    world.env.create_guild("New office", id=other)
    await world.restart(operator_guild_id=other)
    assert not world.env.backend.commands[OFFICE]
    assert world.env.backend.commands[other]
    await world.restart(operator_guild_id=None)
    assert not world.env.backend.commands[other]
    before = len(world.env.http_requests)
    await world.restart(operator_guild_id=None)
    assert not [it.path for it in world.env.http_requests[before:] if "/guilds/" in it.path]
    await world.restart(operator_guild_id=OFFICE)
    assert world.env.backend.commands[OFFICE]


@in_office()
async def test_a_former_guild_that_the_bot_has_left_holds_nothing_up(office: Office) -> None:
    world = office.world
    world.env.inject_error("*", f"/applications/*/guilds/{OFFICE}/commands", status=403, code=50001)
    await world.restart(operator_guild_id=OFFICE + 1)
    assert world.env.backend.commands[OFFICE + 1]


def _say_joined(world: World, guild: int) -> None:
    """SimCord says of every guild that it is available again, which is no joining."""
    arrivals = (body for _, event, body in world.env.backend.transcript if event == "GUILD_CREATE")
    body = next(it for it in arrivals if it["id"] == str(guild))
    world.env.backend.emit("GUILD_CREATE", {name: value for name, value in body.items() if name != "unavailable"})
