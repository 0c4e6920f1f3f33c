"""Files that people posted, fetched over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.adapters.attachments import DiscordFiles
from bot.adapters.spool import Spool
from bot.domain.origins import ImageOrigin
from bot.domain.refusals import SourceError, SourceProblem
from bot.settings import Settings
from tests.adapters.onemin.servers import Handler, free_port, serving
from tests.adapters.spooling import nameless


@asynccontextmanager
async def files(
    folder: Path, handler: Handler, *, seconds: float = 60, largest: int = 10**6
) -> AsyncIterator[tuple[DiscordFiles, str]]:
    async with serving(handler) as origin:
        origins = [ImageOrigin.parse(f"{origin}/cdn")]
        async with DiscordFiles.open(Spool(folder, in_memory=10), origins) as opened:
            yield (
                DiscordFiles(opened._session, opened._spool, origins, seconds=seconds, largest=largest),
                f"{origin}/cdn/x.png?ex=1&hm=%2B",
            )


async def fetched(store: DiscordFiles, url: str) -> bytes:
    async with store.download(url) as content:
        return await asyncio.to_thread(content.reader().read)


async def problem(store: DiscordFiles, url: str) -> SourceProblem:
    with pytest.raises(SourceError) as caught:
        await fetched(store, url)
    return caught.value.problem


async def test_a_file_is_fetched_with_its_address_untouched_and_nothing_is_left_over(tmp_path: Path) -> None:
    seen: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(request)
        return web.Response(body=b"a picture of a fox")

    async with files(tmp_path, answer) as (store, url):
        assert await fetched(store, url) == b"a picture of a fox"
        assert nameless(tmp_path) == []
    assert seen[0].raw_path == "/cdn/x.png?ex=1&hm=%2B"
    assert {"API-KEY", "Authorization", "Cookie"}.isdisjoint(seen[0].headers)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/cdn/x.png",
        "file:///etc/passwd",
        "http://169.254.169.254/latest",
        "{origin}/api/x.png",
        "{origin}/cdn/../api/x.png",
        "{origin}/cdn/x.png\r\nHost: evil.example",
        "https://cdn.discordapp.com.evil.example/x.png",
        "",
    ],
)
async def test_nothing_is_fetched_from_elsewhere(tmp_path: Path, url: str) -> None:
    async def answer(_: web.Request) -> web.Response:
        pytest.fail("somebody asked")

    async with files(tmp_path, answer) as (store, allowed):
        address = url.format(origin=allowed.partition("/cdn")[0])
        assert not store.allows(address)
        assert await problem(store, address) is SourceProblem.FOREIGN


@pytest.mark.parametrize(
    ("status", "expected", "times"),
    [
        (404, SourceProblem.EXPIRED, 1),
        (403, SourceProblem.EXPIRED, 1),
        (302, SourceProblem.UNREACHABLE, 1),
        (206, SourceProblem.UNREACHABLE, 1),
        (500, SourceProblem.UNREACHABLE, 2),
        (429, SourceProblem.UNREACHABLE, 2),
    ],
)
async def test_what_the_store_answers_is_told_apart(
    tmp_path: Path, status: int, expected: SourceProblem, times: int
) -> None:
    asked = 0

    async def answer(_: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.Response(status=status, headers={"Location": "https://evil.example/"})

    async with files(tmp_path, answer) as (store, url):
        assert await problem(store, url) is expected
        assert nameless(tmp_path) == []
    assert asked == times


async def test_a_second_attempt_gets_what_the_first_did_not(tmp_path: Path) -> None:
    asked = 0

    async def answer(_: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.Response(status=502) if asked == 1 else web.Response(body=b"a fox")

    async with files(tmp_path, answer) as (store, url):
        assert await fetched(store, url) == b"a fox"


@pytest.mark.parametrize("announced", [True, False])
async def test_a_file_that_is_too_large_is_given_up(tmp_path: Path, announced: bool) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        if announced:
            response.content_length = 1001
        else:
            response.enable_chunked_encoding()
        await response.prepare(request)
        await response.write(b"x" * 1001)
        return response

    async with files(tmp_path, answer, largest=1000) as (store, url):
        assert await problem(store, url) is SourceProblem.HEAVY
        assert nameless(tmp_path) == []


async def test_a_store_that_never_ends_is_given_up(tmp_path: Path) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"x")
        await asyncio.Event().wait()
        return response

    async with files(tmp_path, answer, seconds=0.2) as (store, url):
        assert await problem(store, url) is SourceProblem.UNREACHABLE
        assert nameless(tmp_path) == []


async def test_where_nobody_answers_that_is_said(tmp_path: Path) -> None:
    origin = f"http://127.0.0.1:{free_port()}"
    async with DiscordFiles.open(Spool(tmp_path), [ImageOrigin.parse(origin)]) as store:
        assert await problem(store, f"{origin}/x.png") is SourceProblem.UNREACHABLE


def test_files_come_from_discord_and_from_what_stands_in_for_it() -> None:
    given = {"discord_token": "some-token-of-discord", "onemin_api_key": "some-key-of-onemin"}
    usual = Settings(_env_file=None, **given).attachment_origins  # type: ignore[arg-type]  # read as the environment is
    assert [(it.scheme, it.host) for it in usual] == [
        ("https", "cdn.discordapp.com"),
        ("https", "media.discordapp.net"),
    ]
    proxied = Settings(_env_file=None, discord_api_url="http://127.0.0.1:80/api/v10", **given)  # type: ignore[arg-type]
    assert [(it.host, it.path) for it in proxied.attachment_origins[2:]] == [("127.0.0.1", "/cdn/")]
