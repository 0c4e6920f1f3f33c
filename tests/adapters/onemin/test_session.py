from typing import TYPE_CHECKING

import aiohttp
import pytest
from aiohttp import web

from bot.adapters.onemin import OneMin, open_session
from bot.domain.failures import RateLimitedError
from bot.domain.parameters import ImageParameters
from tests.adapters.onemin.conftest import MakeClient
from tests.adapters.onemin.servers import serving

if TYPE_CHECKING:
    from bot.ports import ImageProvider


async def test_the_session_is_closed_at_its_end() -> None:
    async with open_session() as session:
        assert not session.closed
    assert session.closed


async def test_nothing_of_the_environment_or_the_past_is_sent(
    monkeypatch: pytest.MonkeyPatch, session: aiohttp.ClientSession
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    seen: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(request)
        response = web.Response()
        response.set_cookie("__cf_bm", "1")
        return response

    async with serving(answer) as url:
        for _ in range(2):
            async with session.get(url):
                pass
    assert all("Cookie" not in request.headers for request in seen)
    assert all(request.headers["User-Agent"].startswith("imagine-bot/") for request in seen)


async def test_no_connection_is_used_twice(make_client: MakeClient) -> None:
    peers: list[object] = []

    async def answer(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.append(request.transport.get_extra_info("peername"))
        status = 429 if len(peers) < 3 else 200
        return web.json_response(
            {"aiRecord": {"uuid": "u", "status": "SUCCESS", "temporaryUrl": "https://x.example/y"}}, status=status
        )

    async with serving(answer) as url:
        await make_client(url).request(ImageParameters(prompt="a cat"))
    assert len(set(peers)) == 3


async def test_turns_are_given_at_the_agreed_rate(make_client: MakeClient) -> None:
    client = make_client("http://api.invalid", requests_per_minute=2, timeout_seconds=0.05)
    await client.turn()
    await client.turn()
    with pytest.raises(RateLimitedError, match="no turn in time"):
        await client.turn()


def test_it_is_what_the_services_ask_for(client: OneMin) -> None:
    provider: ImageProvider = client
    assert provider is client
