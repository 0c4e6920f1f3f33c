"""How sessions outlive their connections, and when they do not."""

import pytest

from standins.discord import Channel, Discord, Guild, Member
from tests.standins.discord.lines import INVALID_SESSION, RESUME, dialled

pytestmark = pytest.mark.usefixtures("caller")
NOT_RESUMED = {"op": INVALID_SESSION, "d": False, "s": None, "t": None}


async def test_what_was_missed_comes_in_order(discord_: Discord, channel: Channel, ada: Member) -> None:
    async with dialled(discord_) as line:
        ready = await line.begin()
        await line.hear_of("GUILD_CREATE")
        await line.leave(4000)
    await discord_.left()
    missed = [ada.begin_slash(channel, "paint", prompt=it) for it in ("first", "second")]
    async with dialled(discord_, ready["resume_gateway_url"]) as line:
        await line.resume(ready["session_id"], 2)
        heard = [await line.hear() for _ in range(3)]
    assert [it["t"] for it in heard] == ["INTERACTION_CREATE", "INTERACTION_CREATE", "RESUMED"]
    assert [it["s"] for it in heard] == [3, 4, 5]
    assert [it["d"]["id"] for it in heard[:2]] == [str(it.id) for it in missed]


async def test_who_says_farewell_cannot_resume(discord_: Discord) -> None:
    async with dialled(discord_) as line:
        ready = await line.begin()
        await line.leave(1000)
    await discord_.left()
    async with dialled(discord_) as line:
        await line.resume(ready["session_id"], 1)
        assert await line.hear() == NOT_RESUMED


@pytest.mark.parametrize("number", [-1, 99])
async def test_a_number_that_was_never_reached_cannot_be_resumed(discord_: Discord, number: int) -> None:
    async with dialled(discord_) as line:
        ready = await line.begin()
        await line.leave(4000)
    async with dialled(discord_) as line:
        await line.resume(ready["session_id"], number)
        assert await line.hear() == NOT_RESUMED


async def test_what_is_remembered_no_more_cannot_be_resumed(discord_: Discord, guild: Guild) -> None:
    async with dialled(discord_) as line:
        ready = await line.begin()
        await line.leave(4000)
    await discord_.left()
    for _ in range(5001):
        discord_.gateway.tell(guild.id, "CHANNEL_UPDATE", dict)
    async with dialled(discord_) as line:
        await line.resume(ready["session_id"], 1)
        assert await line.hear() == NOT_RESUMED


async def test_a_session_that_nobody_has_cannot_be_resumed(discord_: Discord) -> None:
    async with dialled(discord_) as line:
        await line.resume("none", 3)
        assert await line.hear() == NOT_RESUMED


async def test_a_session_that_was_forgotten_cannot_be_resumed(discord_: Discord) -> None:
    async with dialled(discord_) as line:
        ready = await line.begin()
        await line.leave(4000)
    await discord_.left()
    discord_.gateway.forget()
    async with dialled(discord_) as line:
        await line.resume(ready["session_id"], 1)
        assert await line.hear() == NOT_RESUMED


async def test_a_wrong_token_resumes_nothing(discord_: Discord) -> None:
    async with dialled(discord_) as line:
        ready = await line.begin()
        await line.leave(4000)
    async with dialled(discord_) as line:
        await line.say(RESUME, {"token": "another", "session_id": ready["session_id"], "seq": 1})
        assert await line.code() == 4004


async def test_who_resumes_takes_over_a_line_that_seems_open(discord_: Discord, channel: Channel, ada: Member) -> None:
    async with dialled(discord_) as old, dialled(discord_) as new:
        ready = await old.begin()
        await new.resume(ready["session_id"], 2)
        assert (await new.hear())["t"] == "RESUMED"
        ada.begin_slash(channel, "paint")
        assert (await new.hear())["t"] == "INTERACTION_CREATE"
        assert len(discord_.gateway.connected) == 1


async def test_who_sends_no_heartbeat_is_cut_off_and_may_resume(discord_: Discord) -> None:
    discord_.gateway.heartbeat_patience = 0.5
    async with dialled(discord_) as line:
        ready = await line.begin()
        assert await line.code() == 4000
    assert "HEARTBEAT: body: missing" in str(discord_.violations[0])
    discord_.gateway.heartbeat_patience = 60
    async with dialled(discord_) as line:
        await line.resume(ready["session_id"], 1)
        assert (await line.hear())["t"] == "RESUMED"


async def test_a_silent_gateway_acknowledges_no_heartbeat(discord_: Discord) -> None:
    async with dialled(discord_) as line:
        await line.begin()
        await line.say(1, 1)
        assert (await line.hear())["op"] == 11
        discord_.gateway.fall_silent()
        await line.say(1, 1)
        await line.say(99)
        assert await line.code() == 4001
