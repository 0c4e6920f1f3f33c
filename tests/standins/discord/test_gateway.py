import asyncio
import json
import zlib
from typing import Any

import aiohttp
import discord
import pytest
from discord.gateway import DiscordWebSocket

from standins.discord import Channel, Discord, Guild, Member
from tests.standins.discord.bots import connected


class Zlib:
    COMPRESSION_TYPE = "zlib-stream"

    def __init__(self) -> None:
        self._stream = zlib.decompressobj()

    def decompress(self, data: bytes, /) -> str:
        return self._stream.decompress(data).decode()


@pytest.mark.parametrize("packing", ["none", "zlib-stream", "zstd-stream"])
async def test_every_packing_is_understood(
    discord_: Discord, channel: Channel, ada: Member, monkeypatch: pytest.MonkeyPatch, packing: str
) -> None:
    if packing == "none":
        plain = DiscordWebSocket.from_client.__func__  # type: ignore[attr-defined]
        monkeypatch.setattr(
            DiscordWebSocket, "from_client", classmethod(lambda cls, *a, **k: plain(cls, *a, compress=False, **k))
        )
    elif packing == "zlib-stream":
        monkeypatch.setattr(discord.utils, "_ActiveDecompressionContext", Zlib)
    async with connected(discord_, monkeypatch):
        asked = await ada.slash(channel, "hello", name="Ada")
    assert asked.response is not None
    assert asked.response["content"] == "Hello Ada"


@pytest.mark.usefixtures("bot")
async def test_what_was_missed_is_sent_again(discord_: Discord, channel: Channel, ada: Member) -> None:
    discord_.gateway.ask_to_reconnect()
    await discord_.left()
    asked = ada.begin_slash(channel, "hello", name="Ada")
    await asked.answered()
    assert asked.acknowledged is not None
    assert discord_.gateway.resumes == 1


@pytest.mark.usefixtures("bot")
async def test_a_cut_line_is_resumed(discord_: Discord) -> None:
    discord_.gateway.drop()
    await discord_.until(lambda: discord_.gateway.resumes == 1)
    assert len(discord_.gateway.identifies) == 1


@pytest.mark.usefixtures("bot")
async def test_an_invalid_session_is_begun_anew(discord_: Discord, channel: Channel, ada: Member) -> None:
    discord_.gateway.invalidate()
    await discord_.until(lambda: len(discord_.gateway.identifies) == 2)
    assert (await ada.slash(channel, "hello", name="Ada")).acknowledged is not None


async def test_each_shard_gets_its_guilds(discord_: Discord, monkeypatch: pytest.MonkeyPatch) -> None:
    guilds = [discord_.guild(f"Number {shard}", number=(1000 + shard) << 22) for shard in (0, 1)]
    channels = [guild.channel("art") for guild in guilds]
    async with connected(discord_, monkeypatch, shards=2) as bot:
        for guild, channel in zip(guilds, channels, strict=True):
            assert (await guild.member("ada").slash(channel, "hello", name="Ada")).acknowledged is not None
        assert [bot.get_guild(guild.id).shard_id for guild in guilds] == [0, 1]  # type: ignore[union-attr]


async def test_places_that_come_later_are_told(bot: discord.Client, guild: Guild, ada: Member) -> None:
    late = guild.channel("late", nsfw=True)
    assert (await ada.slash(late, "hello", name="Ada")).acknowledged is not None
    known = bot.get_channel(late.id)
    assert isinstance(known, discord.TextChannel)
    assert known.nsfw
    assert known.permissions_for(known.guild.me).attach_files


async def test_a_wrong_token_is_closed_with_4004(discord_: Discord) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(discord_.gateway_url) as socket:
        assert (await socket.receive_json())["op"] == 10
        await _send(socket, 2, {"token": "another", "intents": 1, "properties": {}})
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        assert socket.close_code == 4004


async def test_a_silent_gateway_acknowledges_no_heartbeat(discord_: Discord) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(discord_.gateway_url) as socket:
        await socket.receive_json()
        await _send(socket, 1, None)
        assert (await socket.receive_json())["op"] == 11
        await _send(socket, 2, {"token": discord_.token, "intents": 1, "properties": {}})
        assert (await socket.receive_json())["t"] == "READY"
        discord_.gateway.fall_silent()
        await _send(socket, 1, None)
        discord_.gateway.ask_to_reconnect()
        assert (await socket.receive_json())["op"] == 7


async def test_a_session_that_nobody_has_cannot_be_resumed(discord_: Discord) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(discord_.gateway_url) as socket:
        await socket.receive_json()
        await _send(socket, 6, {"token": discord_.token, "session_id": "none", "seq": 3})
        assert await socket.receive_json() == {"op": 9, "d": False, "s": None, "t": None}


async def _send(socket: aiohttp.ClientWebSocketResponse, op: int, data: Any) -> None:
    async with asyncio.timeout(5):
        await socket.send_str(json.dumps({"op": op, "d": data}))
