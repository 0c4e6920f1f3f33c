"""Rate limits that are met, and faults that are ordered."""

import asyncio

import aiohttp
import pytest

from standins.discord import Channel, Discord, Interaction, Trouble
from tests.standins.discord.bots import Caller

LATER = {"type": 5}
ORIGINAL = "/webhooks/*/messages/@original"


async def test_an_interaction_takes_five_writes_in_two_seconds(
    discord_: Discord, caller: Caller, order: Interaction
) -> None:
    await caller.answer(order, LATER)
    told = [await caller.with_token("PATCH", order, {"content": str(turn)}) for turn in range(6)]
    assert [it.status for it in told] == [200] * 5 + [429]
    assert [it.headers["X-RateLimit-Remaining"] for it in told[:5]] == ["4", "3", "2", "1", "0"]
    assert 0 < told[5].json["retry_after"] <= 2
    assert told[5].headers["X-RateLimit-Scope"] == "user"
    assert told[5].headers["Via"]
    discord_.advance(2)
    assert (await caller.with_token("PATCH", order, {"content": "again"})).status == 200


async def test_a_channel_takes_thirty_writes_a_minute_and_says_so_nowhere(
    discord_: Discord, caller: Caller, channel: Channel
) -> None:
    path, told = f"/channels/{channel.id}/messages", []
    for _ in range(31):
        told.append(await caller.ask("POST", path, {"content": "x"}))
        discord_.advance(1.1)
    assert [it.status for it in told] == [200] * 30 + [429]
    assert told[30].headers["X-RateLimit-Scope"] == "shared"
    assert told[30].headers["X-RateLimit-Remaining"] != "0"
    discord_.advance(60)
    assert (await caller.ask("POST", path, {"content": "x"})).status == 200


async def test_the_bot_as_a_whole_has_fifty_requests_a_second(caller: Caller, order: Interaction) -> None:
    told = await asyncio.gather(*(caller.ask("GET", path) for path in ["/users/@me", "/users/@me/guilds"] * 30))
    refused = [it for it in told if it.status == 429]
    assert len(refused) >= 8
    assert refused[0].json["global"] is True
    # Interactions are exempt.
    assert (await caller.answer(order, LATER)).status == 204


@pytest.mark.parametrize("via", [False, True])
async def test_a_rate_limit_can_be_ordered(discord_: Discord, caller: Caller, *, via: bool) -> None:
    discord_.fail("GET", "/users/@me", status=429, retry_after=0.5, via=via)
    told = await caller.ask("GET", "/users/@me")
    assert (told.status, told.json["retry_after"]) == (429, 0.5)
    assert ("Via" in told.headers) is via
    assert (await caller.ask("GET", "/users/@me")).status == 200


@pytest.mark.parametrize("after", [False, True])
async def test_a_failure_comes_before_or_after_the_effect(
    discord_: Discord, caller: Caller, order: Interaction, *, after: bool
) -> None:
    await caller.answer(order, LATER)
    discord_.fail("PATCH", ORIGINAL, status=503, code=7, after=after)
    told = await caller.with_token("PATCH", order, {"content": "done"})
    assert (told.status, told.code) == (503, 7)
    assert order.response is not None
    assert (order.response["content"] == "done") is after


async def test_a_connection_can_be_reset(discord_: Discord, caller: Caller, order: Interaction) -> None:
    await caller.answer(order, LATER)
    discord_.fail("PATCH", ORIGINAL, trouble=Trouble.RESET)  # clients repeat a GET by themselves
    with pytest.raises(aiohttp.ClientError):
        await caller.with_token("PATCH", order, {"content": "x"})
    assert discord_.requests[-1].status is None


async def test_what_hangs_ends_with_healing(discord_: Discord, caller: Caller, order: Interaction) -> None:
    await caller.answer(order, LATER)
    discord_.fail("PATCH", ORIGINAL, trouble=Trouble.HANG)
    request = asyncio.create_task(caller.with_token("PATCH", order, {"content": "x"}))
    await discord_.until(lambda: discord_.requests[-1].method == "PATCH")
    assert not request.done()
    discord_.heal()
    with pytest.raises(aiohttp.ClientError):
        await request


async def test_the_content_type_is_exactly_json(caller: Caller) -> None:
    assert (await caller.ask("GET", "/users/@me")).headers["Content-Type"] == "application/json"
