"""Commands for all guilds and for single ones, how many may be new in a day, and what completes their options."""

from collections.abc import Mapping
from typing import Any

import pytest

from standins.discord import Channel, Discord, Guild, Interaction, Member
from tests.standins.discord.bots import Answer, Caller

OPERATE: dict[str, Any] = {"name": "operate", "description": "For the operator"}


async def sync(caller: Caller, guild: Guild, *commands: Mapping[str, Any]) -> Answer:
    path = f"/applications/{caller.discord.application_id}/guilds/{guild.id}/commands"
    return await caller.ask("PUT", path, list(commands))


async def test_a_guild_has_commands_of_its_own(
    discord_: Discord, guild: Guild, caller: Caller, channel: Channel, ada: Member
) -> None:
    [stored] = (await sync(caller, guild, OPERATE)).json
    assert stored["guild_id"] == str(guild.id)
    asked = ada.begin_slash(channel, "operate")
    assert (asked.state.data["guild_id"], asked.state.data["id"]) == (str(guild.id), stored["id"])
    assert "guild_id" not in ada.begin_slash(channel, "paint").state.data
    other = discord_.guild("Other")
    with pytest.raises(LookupError):
        other.member("eve").begin_slash(other.channel("art"), "operate")
    path = f"/applications/{discord_.application_id}/guilds/{guild.id}/commands"
    assert (await caller.ask("GET", path)).json == [stored]
    assert "operate" not in {it["name"] for it in discord_.portal.commands}


async def test_a_guilds_own_command_comes_before_that_of_all(
    guild: Guild, caller: Caller, channel: Channel, ada: Member
) -> None:
    [own] = (await sync(caller, guild, {"name": "paint", "description": "Here"})).json
    assert ada.begin_slash(channel, "paint").state.data["id"] == own["id"]


async def test_a_guild_without_the_bot_takes_no_commands(caller: Caller, guild: Guild) -> None:
    guild.remove_bot()
    told = await sync(caller, guild, OPERATE)
    assert (told.status, told.code) == (403, 50001)


@pytest.mark.parametrize("field", [{"contexts": [0]}, {"integration_types": [0]}])
async def test_contexts_are_for_commands_of_all(
    discord_: Discord, caller: Caller, guild: Guild, field: Mapping[str, Any]
) -> None:
    told = await sync(caller, guild, {**OPERATE, **field})
    assert (told.status, told.code) == (400, 50035)
    assert len(discord_.violations) == 1


async def test_200_commands_may_be_new_in_a_day(discord_: Discord, caller: Caller) -> None:
    async def fill(prefix: str, number: int) -> Answer:
        return await caller.sync(*({"name": f"{prefix}{turn}", "description": "x"} for turn in range(number)))

    assert (await fill("a", 99)).status == 200
    assert (await fill("a", 99)).status == 200  # known, and not new
    assert (await fill("b", 100)).status == 200
    told = await fill("c", 1)
    assert (told.status, told.code) == (400, 30034)
    assert len(discord_.portal.commands) == 100
    discord_.advance(24 * 60 * 60)
    assert (await fill("c", 1)).status == 200


@pytest.mark.parametrize(
    ("kind", "choices", "status"),
    [
        (3, [{"name": "one", "value": "1"}], 204),
        (3, [{"name": "one", "value": 1}], 400),
        (3, [{"name": "one", "value": "x" * 101}], 400),
        (3, [{"name": "x" * 101, "value": "1"}], 400),
        (3, [{"name": str(turn), "value": str(turn)} for turn in range(26)], 400),
        (4, [{"name": "one", "value": 1}], 204),
        (4, [{"name": "one", "value": "1"}], 400),
        (4, [{"name": "one", "value": 2**53 + 2}], 400),
    ],
)
async def test_what_completes_an_option_has_its_type(
    discord_: Discord, caller: Caller, channel: Channel, ada: Member, kind: int, choices: Any, status: int
) -> None:
    option = {"type": kind, "name": "size", "description": "x", "autocomplete": True}
    await caller.sync({"name": "grow", "description": "x", "options": [option]})
    asked = ada.begin_complete(channel, "grow", "size", size="ha")
    assert asked.state.data["options"] == [{"name": "size", "type": kind, "value": "ha", "focused": True}]
    told = await caller.answer(asked, {"type": 8, "data": {"choices": choices}})
    assert told.status == status
    assert asked.choices == (choices if status == 204 else None)
    assert len(discord_.violations) == (status == 400)


async def test_each_interaction_has_its_answers(
    discord_: Discord, caller: Caller, channel: Channel, ada: Member
) -> None:
    message = {"type": 4, "data": {"content": "x", "components": [{"type": 1, "components": [_BUTTON]}]}}
    form = {"type": 9, "data": {"title": "x", "custom_id": "x", "components": [_FIELD]}}
    option = {"type": 3, "name": "size", "description": "x", "autocomplete": True}
    await caller.sync({"name": "grow", "description": "x", "options": [option]})

    async def answers(asked: Interaction, *bodies: Any) -> list[int]:
        return [(await caller.answer(asked, body)).status for body in bodies]

    completed = ada.begin_complete(channel, "grow", "size", size="x")
    assert await answers(completed, message, form, {"type": 5}) == [400] * 3
    opened = ada.begin_slash(channel, "grow")
    assert await answers(opened, {"type": 6}, {"type": 8, "data": {"choices": []}}, form) == [400, 400, 204]
    submitted = ada.begin_submit(opened, {"why": "x"})
    assert await answers(submitted, form, {"type": 7, "data": {"content": "x"}}, message) == [400, 400, 204]
    assert submitted.response is not None
    pressed = ada.begin_press(submitted.response, label="Go")
    assert await answers(pressed, {"type": 8, "data": {"choices": []}}, form) == [400, 204]
    on_the_card = ada.begin_submit(pressed, {"why": "x"})
    assert await answers(on_the_card, form, {"type": 7, "data": {"content": "changed"}}) == [400, 204]
    assert submitted.response["content"] == "changed"
    assert len(discord_.violations) == 9


_BUTTON = {"type": 2, "style": 1, "label": "Go", "custom_id": "go"}
_FIELD = {"type": 18, "label": "Why", "component": {"type": 4, "custom_id": "why", "style": 1}}
