import zlib

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
    discord_.advance(5)
    discord_.gateway.invalidate()
    await discord_.until(lambda: len(discord_.gateway.identifies) == 2)
    assert (await ada.slash(channel, "hello", name="Ada")).acknowledged is not None


async def test_each_shard_gets_its_guilds(discord_: Discord, monkeypatch: pytest.MonkeyPatch) -> None:
    guilds = [discord_.guild(f"Number {shard}", number=(1000 + shard) << 22) for shard in (0, 1)]
    channels = [guild.channel("art") for guild in guilds]
    discord_.gateway.starts.max_concurrency = 2
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


async def test_a_gateway_that_falls_silent_is_left_and_resumed(
    discord_: Discord, channel: Channel, ada: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord_.gateway.heartbeat_seconds = 0.05
    async with connected(discord_, monkeypatch, heartbeat_timeout=0.5):
        before = discord_.gateway.resumes
        discord_.gateway.fall_silent()
        await discord_.until(lambda: discord_.gateway.resumes > before)
        assert (await ada.slash(channel, "hello", name="Ada")).acknowledged is not None
    assert len(discord_.gateway.identifies) == 1


@pytest.mark.usefixtures("bot")
async def test_a_heartbeat_that_is_asked_for_comes_at_once(discord_: Discord) -> None:
    beats = discord_.gateway.heartbeats
    discord_.gateway.ask_for_heartbeat()
    await discord_.until(lambda: discord_.gateway.heartbeats == beats + 1)


@pytest.mark.usefixtures("bot")
async def test_direct_messages_reach_the_first_shard(discord_: Discord, ada: Member) -> None:
    private = discord_.direct(ada)
    told = await ada.slash(private, "hello", name="Ada")
    assert told.response is not None
    assert told.response["content"] == "Hello Ada"
