"""Deadlines, files and messages, as the wire shows them."""

import aiohttp
import pytest

from standins.discord import Channel, Discord, Interaction, Member, Right
from standins.discord.rules.description import Description
from tests.standins.discord.bots import OPENAPI, Caller

HELLO = {"type": 4, "data": {"content": "hello"}}
LATER = {"type": 5, "data": {"flags": 64}}


async def test_three_seconds_are_the_limit(discord_: Discord, caller: Caller, order: Interaction) -> None:
    discord_.advance(3.1)
    late = await caller.answer(order, HELLO)
    assert (late.status, late.code) == (404, 10062)
    assert order.acknowledged is None


async def test_nobody_answers_twice(caller: Caller, order: Interaction) -> None:
    assert (await caller.answer(order, HELLO)).status == 204
    again = await caller.answer(order, HELLO)
    assert (again.status, again.code) == (400, 40060)


async def test_a_token_lives_for_a_quarter_of_an_hour(discord_: Discord, caller: Caller, order: Interaction) -> None:
    await caller.answer(order, LATER)
    discord_.advance(14 * 60)
    assert (await caller.with_token("PATCH", order, {"content": "in time"})).status == 200
    discord_.advance(61)
    late = await caller.with_token("PATCH", order, {"content": "too late"})
    assert (late.status, late.code) == (401, 50027)


async def test_a_token_is_worth_nothing_before_the_answer(caller: Caller, order: Interaction) -> None:
    early = await caller.with_token("PATCH", order, {"content": "early"})
    assert (early.status, early.code) == (404, 10015)


async def test_the_answer_is_described_on_request(caller: Caller, order: Interaction) -> None:
    told = (await caller.answer(order, HELLO, "?with_response=1")).json
    assert Description.load(OPENAPI).complaint("InteractionCallbackResponse", told) is None
    assert told["resource"]["message"]["content"] == "hello"


async def test_the_first_message_after_a_deferred_answer_takes_its_place(caller: Caller, order: Interaction) -> None:
    await caller.answer(order, LATER)
    await caller.with_token("POST", order, {"content": "first"})
    await caller.with_token("POST", order, {"content": "second", "flags": 64})
    assert order.response is not None
    assert (order.response["content"], order.ephemeral) == ("first", True)
    assert [it["content"] for it in order.followups] == ["second"]


async def test_what_was_removed_is_unknown(caller: Caller, order: Interaction) -> None:
    await caller.answer(order, HELLO)
    assert (await caller.with_token("DELETE", order)).status == 204
    gone = await caller.with_token("GET", order)
    assert (gone.status, gone.code) == (404, 10008)
    assert order.response is None


@pytest.mark.parametrize(("excess", "status"), [(0, 200), (1, 413)])
async def test_a_file_may_be_as_large_as_the_interaction_said(
    discord_: Discord, caller: Caller, excess: int, status: int
) -> None:
    guild = discord_.guild("Small", upload_limit=1000)
    channel = guild.channel("art")
    told = await caller.ask("POST", f"/channels/{channel.id}/messages", {}, a_bin=bytes(1000 + excess))
    assert told.status == status
    assert (told.json.get("code") == 40005) is (status == 413)
    assert discord_.violations == ()


async def test_only_listed_attachments_survive_an_edit(caller: Caller, order: Interaction) -> None:
    await caller.answer(order, {"type": 4, "data": {}}, "", a_png=b"a", b_png=b"b")
    assert order.response is not None
    first, second = order.response["attachments"]
    edit = {"attachments": [{"id": second["id"]}, {"id": 0, "description": "fresh"}]}
    shown = (await caller.with_token("PATCH", order, edit, c_png=b"c")).json
    assert [it["filename"] for it in shown["attachments"]] == ["b.png", "c.png"]
    assert shown["attachments"][1]["description"] == "fresh"
    assert first["id"] not in {it["id"] for it in shown["attachments"]}
    kept = (await caller.with_token("PATCH", order, {"content": "no list"})).json
    assert len(kept["attachments"]) == 2


async def test_addresses_end_after_a_day_and_are_fresh_in_every_reading(
    discord_: Discord, caller: Caller, order: Interaction
) -> None:
    await caller.answer(order, {"type": 4, "data": {}}, "", a_png=b"a")
    assert order.response is not None
    old = order.response["attachments"][0]["url"]
    discord_.advance(24 * 60 * 60 + 1)
    fresh = order.response["attachments"][0]["url"]
    async with aiohttp.ClientSession() as session:
        for url, status in ((old, 404), (fresh, 200), (fresh.replace("hm=", "hm=0"), 404)):
            async with session.get(url) as response:
                assert response.status == status


async def test_the_same_nonce_is_the_same_message(caller: Caller, channel: Channel) -> None:
    body = {"content": "once", "nonce": "n", "enforce_nonce": True}
    told = [(await caller.ask("POST", f"/channels/{channel.id}/messages", body)).json["id"] for _ in range(2)]
    assert told[0] == told[1]
    assert len(channel.messages) == 1


@pytest.mark.parametrize(
    ("forbidden", "code"),
    [(Right.VIEW_CHANNEL, 50001), (Right.SEND_MESSAGES, 50013), (Right.ATTACH_FILES, 50013)],
)
async def test_the_bot_needs_its_rights(
    caller: Caller, channel: Channel, order: Interaction, forbidden: Right, code: int
) -> None:
    channel.forbid(forbidden)
    told = await caller.ask("POST", f"/channels/{channel.id}/messages", {"content": "x"}, a_png=b"a")
    assert (told.status, told.code) == (403, code)
    # An interaction's token needs none of them.
    assert (await caller.answer(order, HELLO)).status == 204


async def test_a_private_answer_is_hidden_from_the_bots_own_token(
    caller: Caller, channel: Channel, order: Interaction
) -> None:
    await caller.answer(order, {"type": 4, "data": {"content": "private", "flags": 64}})
    assert order.response is not None
    told = await caller.ask("PATCH", f"/channels/{channel.id}/messages/{order.response['id']}", {"content": "x"})
    assert (told.status, told.code) == (404, 10008)


async def test_a_thread_has_a_right_of_its_own(caller: Caller, channel: Channel) -> None:
    thread = channel.thread("talk")
    thread.forbid(Right.SEND_MESSAGES)
    assert (await caller.ask("POST", f"/channels/{thread.id}/messages", {"content": "x"})).status == 200
    thread.forbid(Right.SEND_MESSAGES_IN_THREADS)
    assert (await caller.ask("POST", f"/channels/{thread.id}/messages", {"content": "x"})).code == 50013


async def test_a_command_for_some_is_hidden_from_others(caller: Caller, channel: Channel, ada: Member) -> None:
    await caller.sync({"name": "rule", "description": "For staff", "default_member_permissions": 32})
    with pytest.raises(PermissionError):
        ada.begin_slash(channel, "rule")
    staff = ada.state.guild.everybody | Right.MANAGE_GUILD
    ada.state.guild.everybody = staff
    ada.begin_slash(channel, "rule")


async def test_a_wrong_token_and_an_unknown_route_are_told(discord_: Discord, caller: Caller) -> None:
    async with caller.session.get(f"{discord_.api_url}/users/@me", headers={"Authorization": "Bot x"}) as response:
        assert response.status == 401
    assert (await caller.ask("GET", "/voice/regions")).status == 404
    assert [it.path for it in discord_.violations] == ["/voice/regions"]
