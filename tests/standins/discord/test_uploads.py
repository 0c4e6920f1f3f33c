"""Uploads: how large they may be, how often they are held, and what becomes of those that break off."""

import asyncio
import json
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from standins.discord import Channel, Discord, Interaction
from tests.standins.discord import bodies
from tests.standins.discord.bots import Caller

MEBIBYTE = 1024 * 1024
FILE = b'--X\r\nContent-Disposition: form-data; name="files[0]"; filename="a.png"\r\n\r\n'
PAYLOAD = b'--X\r\nContent-Disposition: form-data; name="payload_json"\r\n\r\n{"content": "half"}\r\n'
FORM = "multipart/form-data; boundary=X"


@asynccontextmanager
async def posting(
    discord_: Discord, channel: Channel, *headers: str
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """The beginning of a request, whose body is to follow."""
    host, _, port = discord_.api_url.split("/")[2].partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = [
        f"POST /api/v10/channels/{channel.id}/messages HTTP/1.1",
        f"Host: {host}",
        f"Authorization: Bot {discord_.token}",
        *headers,
    ]
    writer.write("\r\n".join([*head, "", ""]).encode())
    try:
        yield reader, writer
    finally:
        writer.close()
        await asyncio.gather(writer.wait_closed(), return_exceptions=True)


HALVES = {
    "length": (f"Content-Type: {FORM}", "Content-Length: 500000", PAYLOAD + FILE + bytes(200_000)),
    "only the words": (f"Content-Type: {FORM}", "Content-Length: 500000", PAYLOAD),
    "chunked": (f"Content-Type: {FORM}", "Transfer-Encoding: chunked", b"40000\r\n" + PAYLOAD + FILE + bytes(1000)),
    "JSON": ("Content-Type: application/json", "Content-Length: 50", b'{"content": "half'),
}


@pytest.mark.parametrize(("kind", "length", "half"), HALVES.values(), ids=HALVES)
async def test_a_client_that_leaves_half_way_leaves_nothing_behind(
    discord_: Discord, channel: Channel, caplog: pytest.LogCaptureFixture, kind: str, length: str, half: bytes
) -> None:
    async with posting(discord_, channel, kind, length) as (_, writer):
        writer.write(half)
        await writer.drain()
    await discord_.until(lambda: bool(discord_.requests))
    [request] = discord_.requests
    assert (request.path, request.status, request.body) == (f"/channels/{channel.id}/messages", None, None)
    assert request.remark == "the client left before its body had arrived"
    assert channel.messages == []
    assert discord_.violations == ()
    assert caplog.records == []


async def test_after_one_that_left_others_are_served(discord_: Discord, caller: Caller, channel: Channel) -> None:
    async with posting(discord_, channel, *HALVES["length"][:2]) as (_, writer):
        writer.write(HALVES["length"][2])
        await writer.drain()
        told = await caller.ask("POST", f"/channels/{channel.id}/messages", {"content": "whole"})
        assert told.status == 200
    await discord_.until(lambda: any(it.remark for it in discord_.requests))
    assert [it["content"] for it in channel.messages] == ["whole"]


async def test_the_end_waits_for_no_upload(caplog: pytest.LogCaptureFixture) -> None:
    async with asyncio.timeout(5):
        async with Discord() as discord_:
            channel = discord_.guild("Atelier").channel("art")
            beginning = posting(discord_, channel, *HALVES["length"][:2])
            _, writer = await beginning.__aenter__()
            writer.write(HALVES["length"][2])
            await writer.drain()
        await beginning.__aexit__(None, None, None)
    assert caplog.records == []


async def test_a_file_is_held_once(discord_: Discord) -> None:
    guild = discord_.guild("Boosted", upload_limit=100 * MEBIBYTE)
    channel, size, chunk = guild.channel("art"), 8 * MEBIBYTE, bytes(64 * 1024)
    end = b"\r\n--X--\r\n"
    length = len(PAYLOAD) + len(FILE) + size + len(end)
    async with posting(discord_, channel, f"Content-Type: {FORM}", f"Content-Length: {length}") as (reader, writer):
        tracemalloc.start()
        writer.write(PAYLOAD + FILE)
        for _ in range(size // len(chunk)):
            writer.write(chunk)
            await writer.drain()
        writer.write(end)
        assert b"200 OK" in await asyncio.wait_for(reader.readline(), 5)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert channel.messages[0]["attachments"][0]["size"] == size
    assert most < 1.5 * size


async def test_all_files_together_are_bounded(discord_: Discord, caller: Caller, channel: Channel) -> None:
    path, file = f"/channels/{channel.id}/messages", bytes(9 * MEBIBYTE)
    assert (await caller.ask("POST", path, {}, a_bin=file, b_bin=file)).status == 200
    told = await caller.ask("POST", path, {}, a_bin=file, b_bin=file, c_bin=file)
    assert (told.status, told.code) == (413, 40005)
    assert discord_.violations == ()


@pytest.mark.parametrize(("paid", "status"), [(0, 413), (5000, 204)])
async def test_whoever_paid_for_it_gets_larger_files(discord_: Discord, caller: Caller, paid: int, status: int) -> None:
    guild = discord_.guild("Small", upload_limit=1000)
    asked = guild.member("ada", upload_limit=paid).begin_slash(guild.channel("art"), "paint")
    assert (await caller.answer(asked, {"type": 4, "data": {}}, "", a_png=bytes(2000))).status == status


async def test_eleven_files_are_too_many(discord_: Discord, caller: Caller, order: Interaction) -> None:
    files = {f"f{number}_png": b"x" for number in range(10)}
    assert (await caller.answer(order, {"type": 4, "data": {}}, "", **files)).status == 204
    told = await caller.with_token("PATCH", order, {"content": "one more"}, g_png=b"x")
    assert (told.status, told.code) == (400, 50035)
    told = await caller.with_token("POST", order, {}, **files, g_png=b"x")
    assert (told.status, told.code) == (400, 50035)
    assert len(discord_.violations) == 2


async def test_a_description_is_bounded(caller: Caller, order: Interaction) -> None:
    await caller.answer(order, {"type": 5})
    for length, status in ((1025, 400), (1024, 200)):
        listed = {"attachments": [{"id": 0, "description": "x" * length}]}
        assert (await caller.with_token("PATCH", order, listed, a_png=b"x")).status == status


async def test_an_embed_shows_what_was_uploaded(caller: Caller, order: Interaction) -> None:
    await caller.answer(order, {"type": 5})
    embeds = [{"image": {"url": "attachment://a.png"}, "footer": {"text": "x", "icon_url": "attachment://b.txt"}}]
    told = await caller.with_token("PATCH", order, {"embeds": embeds}, a_png=b"a", b_txt=b"b")
    assert told.status == 400
    del embeds[0]["footer"]
    assert (await caller.with_token("PATCH", order, {"embeds": embeds}, c_png=b"a")).status == 400
    shown = (await caller.with_token("PATCH", order, {"embeds": embeds}, a_png=b"a")).json
    async with caller.session.get(shown["embeds"][0]["image"]["url"]) as response:
        assert await response.read() == b"a"


async def test_a_further_message_brings_a_card_with_its_picture(caller: Caller, order: Interaction) -> None:
    await caller.answer(order, {"type": 4, "data": {"content": "first"}})
    card = bodies.second(bodies.gallery("attachment://a.png"))
    told = await caller.with_token("POST", order, card, a_png=b"a")
    assert told.status == 200, json.dumps(told.json)
