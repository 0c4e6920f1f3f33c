from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from bot.adapters.onemin import OneMin, Sessions, open_sessions
from bot.domain.failures import RateLimitedError
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Painted
from tests.adapters.onemin.conftest import MakeClient, downloaded
from tests.adapters.onemin.servers import serving

if TYPE_CHECKING:
    from bot.ports import ImageProvider


async def test_both_sessions_are_closed_at_their_end() -> None:
    async with open_sessions() as sessions:
        before = [sessions.orders.closed, sessions.reads.closed]
    assert before == [False, False]
    assert [sessions.orders.closed, sessions.reads.closed] == [True, True]


async def test_nothing_of_the_environment_or_the_past_is_sent(
    monkeypatch: pytest.MonkeyPatch, sessions: Sessions
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    seen: list[web.Request] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(request)
        response = web.Response()
        response.set_cookie("__cf_bm", "1")
        return response

    async with serving(answer) as url:
        for session in (sessions.orders, sessions.reads) * 2:
            async with session.get(url):
                pass
    assert all("Cookie" not in request.headers for request in seen)
    assert all(request.headers["User-Agent"].startswith("imagine-bot/") for request in seen)


async def test_no_order_uses_a_connection_a_second_time(make_client: MakeClient) -> None:
    peers: list[object] = []

    async def answer(request: web.Request) -> web.Response:
        peers.append(_peer(request))
        status = 429 if len(peers) < 3 else 200
        return web.json_response(
            {"aiRecord": {"uuid": "u", "status": "SUCCESS", "temporaryUrl": "https://x.example/y"}}, status=status
        )

    async with serving(answer) as url:
        await make_client(url).request(ImageParameters(prompt="a cat"))
    assert len(set(peers)) == 3


async def test_downloads_share_a_connection_and_survive_its_end(make_client: MakeClient) -> None:
    peers: list[object] = []

    async def answer(request: web.Request) -> web.Response:
        peers.append(_peer(request))
        if len(peers) == 3:
            assert request.transport is not None
            request.transport.close()
        return web.Response(body=b"picture")

    async with serving(answer) as url:
        client = make_client("http://api.invalid", url)
        assert [await downloaded(client, Painted("u", f"{url}/{it}")) for it in range(4)] == [b"picture"] * 4
    assert len(peers) == 5
    assert len(set(peers)) == 2


def _peer(request: web.Request) -> object:
    assert request.transport is not None
    return request.transport.get_extra_info("peername")


async def test_turns_are_given_at_the_agreed_rate(make_client: MakeClient) -> None:
    client = make_client("http://api.invalid", requests_per_minute=20, timeout_seconds=0.05)
    await client.turn()
    await client.turn()
    with pytest.raises(RateLimitedError, match="no turn in time"):
        await client.turn()


def test_it_is_what_the_services_ask_for(client: OneMin) -> None:
    provider: ImageProvider = client
    assert provider is client
