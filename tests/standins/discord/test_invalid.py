"""Requests that nobody should have made are counted, and too many of them shut the bot out."""

import pytest

from standins.discord import Channel, Discord, Interaction, Right
from tests.standins.discord.bots import Caller


async def test_they_are_counted_for_ten_minutes(
    discord_: Discord, caller: Caller, channel: Channel, order: Interaction
) -> None:
    assert discord_.invalid_requests == 0
    channel.forbid(Right.VIEW_CHANNEL)
    await caller.ask("GET", f"/channels/{channel.id}")  # 403
    await caller.ask("GET", "/channels/1")  # 404 is nobody's fault
    discord_.fail("GET", "/users/@me", status=401)
    await caller.ask("GET", "/users/@me")
    assert discord_.invalid_requests == 2
    await caller.answer(order, {"type": 5})
    for turn in range(6):
        await caller.with_token("PATCH", order, {"content": str(turn)})
    assert discord_.invalid_requests == 3  # the sixth was told to wait
    discord_.advance(10 * 60)
    assert discord_.invalid_requests == 0


async def test_a_limit_that_is_shared_with_others_does_not_count(
    discord_: Discord, caller: Caller, channel: Channel
) -> None:
    for _ in range(30):
        await caller.ask("POST", f"/channels/{channel.id}/messages", {"content": "x"})
        discord_.advance(1.1)
    told = await caller.ask("POST", f"/channels/{channel.id}/messages", {"content": "x"})
    assert (told.status, told.headers["X-RateLimit-Scope"]) == (429, "shared")
    assert told.json["message"] == "The resource is being rate limited."
    assert discord_.invalid_requests == 0


async def test_too_many_shut_the_bot_out(discord_: Discord, caller: Caller) -> None:
    discord_.allow_invalid_requests(2)
    discord_.fail("GET", "/users/@me", status=403, times=2)
    for _ in range(2):
        assert (await caller.ask("GET", "/users/@me")).status == 403
    shut = await caller.ask("GET", "/users/@me/guilds")
    assert (shut.status, shut.body) == (429, b"error code: 1015")
    assert "Via" not in shut.headers
    discord_.advance(10 * 60)
    assert (await caller.ask("GET", "/users/@me")).status == 200


async def test_a_webhook_that_is_none_is_tried_once(discord_: Discord, caller: Caller, order: Interaction) -> None:
    # Its interaction was never answered.
    discord_.advance(4)
    assert (await caller.with_token("PATCH", order, {"content": "x"})).code == 10015
    assert [*discord_.violations] == []
    assert (await caller.with_token("PATCH", order, {"content": "x"})).code == 10015
    assert "was tried again" in str(discord_.violations[0])


@pytest.mark.parametrize("path", ["/guilds/1/members", "/users/@me/channels", "/applications/1/emojis"])
async def test_what_nobody_should_need_is_put_down(discord_: Discord, caller: Caller, path: str) -> None:
    assert (await caller.ask("GET", path)).status == 404
    assert [it.path for it in discord_.violations] == [path]
