"""What a picture weighs on its way from 1min.ai to Discord."""

import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import discord
from aiohttp import web
from pydantic import SecretStr

from bot.adapters.onemin import OneMin, open_sessions
from bot.adapters.pictures import PillowPictures
from bot.adapters.spool import Spool
from bot.domain.inscriptions import Inscription
from bot.domain.origins import ImageOrigin
from bot.domain.pictures import Painted
from tests.adapters.onemin.servers import serving
from tests.adapters.pictures.files import png_claiming

MEBIBYTE = 1024 * 1024
PIECE = bytes(MEBIBYTE)
SIZE = 16


async def store(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(png_claiming(64, 64))
    for _ in range(SIZE):
        await response.write(PIECE)
    return response


async def sink(request: web.Request) -> web.Response:
    size = 0
    async for piece in request.content.iter_any():
        size += len(piece)
    return web.Response(text=str(size))


@asynccontextmanager
async def provider(url: str, spool: Spool) -> AsyncIterator[OneMin]:
    async with open_sessions() as sessions:
        yield OneMin(
            sessions,
            spool,
            api_url="http://api.invalid",
            api_key=SecretStr("key"),
            model="model",
            asynchronous=False,
            image_origins=[ImageOrigin.parse(url)],
            requests_per_minute=100,
            timeout_seconds=60,
        )


async def uploaded(url: str, file: discord.File) -> int:
    """As discord.py does it."""
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("files[0]", file.fp, filename=file.filename, content_type="application/octet-stream")
    async with aiohttp.ClientSession() as session, session.post(url, data=form) as answer:
        return int(await answer.text())


async def test_a_picture_on_its_way_is_not_held_in_memory(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    async with serving(store) as shop, serving(sink) as discords, provider(shop, spool) as endpoint:
        tracemalloc.start()
        async with endpoint.download(Painted("u", f"{shop}/x.png")) as content:
            picture = await PillowPictures(spool).check(content)
            sent = await uploaded(discords, discord.File(picture.content.reader(), filename="x.png"))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert sent > SIZE * MEBIBYTE
    assert most < SIZE * MEBIBYTE / 3, most / MEBIBYTE


async def test_its_words_are_read_in_between_and_its_size_is_announced(tmp_path: Path) -> None:
    lengths: list[int | None] = []

    async def announced(request: web.Request) -> web.Response:
        lengths.append(request.content_length)
        return await sink(request)

    spool, words = Spool(tmp_path), Inscription("a fox", "{}")
    async with (
        serving(store) as shop,
        serving(announced) as discords,
        provider(shop, spool) as endpoint,
        endpoint.download(Painted("u", f"{shop}/x.png")) as content,
    ):
        pictures = PillowPictures(spool)
        tracemalloc.start()
        async with pictures.fit(await pictures.check(content), 2**30, words) as picture:
            sent = await uploaded(discords, discord.File(picture.content.reader(), filename="x.png"))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert lengths == [sent]
    assert picture.content.size > content.size > SIZE * MEBIBYTE
    assert most < SIZE * MEBIBYTE / 3, most / MEBIBYTE
