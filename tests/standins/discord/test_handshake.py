"""Who may come in, what they may send, and with which code they are sent away."""

import json
from typing import Any

import pytest

from standins.discord import Channel, Discord, Guild, Member
from tests.standins.discord.bots import Caller
from tests.standins.discord.lines import ACK, HEARTBEAT, INVALID_SESSION, dialled

A_LITTLE_TOO_LONG = "x" * 4096


def complaints(discord_: Discord) -> str:
    return "; ".join(map(str, discord_.violations))


@pytest.mark.parametrize("packing", ["", "&compress=zlib-stream", "&compress=zstd-stream"])
async def test_a_small_client_reads_every_packing(
    discord_: Discord, guild: Guild, channel: Channel, caller: Caller, ada: Member, packing: str
) -> None:
    async with dialled(discord_, query=f"?v=10&encoding=json{packing}") as line:
        assert [it["id"] for it in (await line.begin())["guilds"]] == [str(guild.id)]
        assert [it["name"] for it in (await line.hear_of("GUILD_CREATE"))["channels"]] == ["art"]
        # Long enough to need more than one block of a packed stream.
        for turn in range(50):
            ada.begin_slash(channel, "paint", prompt=f"{turn} " * 200)
            assert (await line.hear_of("INTERACTION_CREATE"))["data"]["options"][0]["value"] == f"{turn} " * 200
    assert caller.discord.violations == ()


async def test_a_wrong_token_is_refused(discord_: Discord) -> None:
    async with dialled(discord_) as line:
        await line.identify(token="another")
        assert await line.code() == 4004


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"shard": [2, 2]}, 4010),
        ({"intents": 1 << 40}, 4013),
        ({"intents": 1 << 1}, 4014),
        ({"intents": 1 << 8}, 4014),
        ({"intents": 1 << 15}, 4014),
        ({"intents": "1"}, 4002),
    ],
)
async def test_who_identifies_wrongly_is_sent_away(discord_: Discord, fields: dict[str, Any], code: int) -> None:
    async with dialled(discord_) as line:
        await line.identify(**fields)
        assert await line.code() == code
    assert complaints(discord_)
    assert discord_.gateway.identifies == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", 4002),
        ("[]", 4002),
        (json.dumps({"op": 1, "d": "3"}), 4002),
        (json.dumps({"op": 1, "d": A_LITTLE_TOO_LONG}), 4002),
        (json.dumps({"op": 99, "d": None}), 4001),
    ],
)
async def test_what_is_no_payload_is_answered_with_a_code(discord_: Discord, text: str, code: int) -> None:
    async with dialled(discord_) as line:
        await line.say_text(text)
        assert await line.code() == code
    assert complaints(discord_)


async def test_a_payload_is_measured_in_bytes(discord_: Discord) -> None:
    async with dialled(discord_) as line:
        await line.say_text(json.dumps({"op": 1, "d": None, "x": "ü" * 2040}, ensure_ascii=False))
        assert await line.code() == 4002


async def test_nobody_acts_before_they_identify(discord_: Discord) -> None:
    async with dialled(discord_) as line:
        await line.say(HEARTBEAT)
        assert (await line.hear())["op"] == ACK
        await line.say(3, {})
        assert await line.code() == 4003


async def test_nobody_identifies_twice_on_one_line(discord_: Discord) -> None:
    async with dialled(discord_) as line:
        await line.begin()
        await line.identify()
        assert await line.code() == 4005
    assert "second time" in complaints(discord_)


async def test_another_version_is_refused(discord_: Discord) -> None:
    with pytest.raises(AssertionError, match="4012"):
        async with dialled(discord_, query="?v=9"):
            pass


async def test_a_minute_takes_120_payloads(discord_: Discord) -> None:
    async with dialled(discord_) as line:
        for _ in range(120):
            await line.say(HEARTBEAT)
        for _ in range(120):
            assert (await line.hear())["op"] == ACK
        discord_.advance(60)
        await line.say(HEARTBEAT)
        assert (await line.hear())["op"] == ACK
        assert complaints(discord_) == ""
        for _ in range(120):
            await line.say(HEARTBEAT)
        assert await line.code() == 4008
    assert "more than 120" in complaints(discord_)


async def test_a_request_that_nothing_answers_is_put_down(discord_: Discord) -> None:
    async with dialled(discord_) as line:
        await line.begin()
        await line.say(8, {"guild_id": "1", "query": "", "limit": 0})
        await line.say(HEARTBEAT)
        assert (await line.hear())["op"] == ACK
    assert "OPCODE 8" in complaints(discord_)


async def test_a_key_begins_one_session_in_five_seconds(discord_: Discord) -> None:
    async with dialled(discord_) as first, dialled(discord_) as second:
        await first.begin(shard=[0, 2])
        await second.identify(shard=[1, 2])
        assert await second.hear() == {"op": INVALID_SESSION, "d": False, "s": None, "t": None}
        assert "within 5 seconds" in complaints(discord_)
        discord_.advance(5)
        await second.begin(shard=[1, 2])
    assert discord_.gateway.identifies == [(0, 2), (1, 2)]


async def test_large_bots_begin_more_at_once(discord_: Discord) -> None:
    discord_.gateway.starts.max_concurrency = 2
    async with dialled(discord_) as first, dialled(discord_) as second, dialled(discord_) as third:
        await first.begin(shard=[0, 3])
        await second.begin(shard=[1, 3])
        await third.identify(shard=[2, 3])
        assert (await third.hear())["op"] == INVALID_SESSION


async def test_who_spends_the_starts_of_a_day_loses_the_token(discord_: Discord, caller: Caller) -> None:
    discord_.gateway.starts.per_day = 1
    token = discord_.token
    async with dialled(discord_) as first, dialled(discord_) as second:
        await first.begin()
        limit = (await caller.ask("GET", "/gateway/bot")).json["session_start_limit"]
        assert (limit["total"], limit["remaining"], limit["max_concurrency"]) == (1, 0, 1)
        assert 0 < limit["reset_after"] <= 24 * 60 * 60 * 1000
        discord_.advance(5)
        await second.identify()
        assert await second.code() == 4004
    assert discord_.gateway.connected == []
    head = {"Authorization": f"Bot {token}"}
    async with caller.session.get(f"{discord_.api_url}/users/@me", headers=head) as response:
        assert response.status == 401


async def test_one_shard_serves_2500_guilds(discord_: Discord) -> None:
    for number in range(2501):
        discord_.guild(f"Number {number}")
    async with dialled(discord_) as line:
        await line.identify()
        assert await line.code() == 4011
    discord_.advance(5)
    async with dialled(discord_) as line:
        await line.begin(shard=[0, 2])


async def test_only_what_was_asked_for_is_told(discord_: Discord, guild: Guild, caller: Caller, ada: Member) -> None:
    assert caller.discord is discord_
    async with dialled(discord_) as line:
        await line.begin(intents=0)
        channel = guild.channel("new")
        ada.begin_slash(channel, "paint")
        assert (await line.hear())["t"] == "INTERACTION_CREATE"
