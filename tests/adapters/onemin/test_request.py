"""Orders over real HTTP."""

import asyncio
import json

import pytest
from aiohttp import web

from bot.adapters.onemin import OneMin
from bot.domain.failures import BadReplyError, ProviderCreditsError
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Painted, Pending
from standins.endpoint import Endpoint, Fault
from tests.adapters.onemin.conftest import KEY, MODEL, MakeClient
from tests.adapters.onemin.servers import serving

CAT = ImageParameters(prompt="a cat", seed=7)


async def test_a_picture_is_ordered_as_the_page_says(client: OneMin, endpoint: Endpoint) -> None:
    painted = await client.request(CAT)

    (post,) = endpoint.posts
    assert post.body == {"type": "IMAGE_GENERATOR", "model": MODEL, "promptObject": CAT.prompt_object()}
    assert post.headers["API-KEY"] == KEY
    assert post.headers["User-Agent"].startswith("imagine-bot/")
    assert isinstance(painted, Painted)
    assert painted.url.startswith(endpoint.image_origin)


@pytest.mark.parametrize("fault", [Fault.URL_AT_TOP_LEVEL, Fault.OTHER_FORMAT])
async def test_a_harmless_oddity_is_borne(client: OneMin, endpoint: Endpoint, fault: Fault) -> None:
    endpoint.fail(fault)
    assert isinstance(await client.request(CAT), Painted)


@pytest.mark.parametrize("fault", [Fault.PROCESSING_FIRST, Fault.SUCCESS_WITHOUT_URL])
async def test_what_is_not_there_yet_is_pending(client: OneMin, endpoint: Endpoint, fault: Fault) -> None:
    endpoint.fail(fault)
    assert isinstance(await client.request(CAT), Pending)
    assert endpoint.paid_calls == 1


async def test_the_asynchronous_mode_answers_at_once(endpoint: Endpoint, make_client: MakeClient) -> None:
    endpoint.hold()
    assert isinstance(await make_client(endpoint.url, asynchronous=True).request(CAT), Pending)
    assert endpoint.posts[0].body["async"] is True


async def test_a_trailing_slash_of_the_api_does_no_harm(endpoint: Endpoint, make_client: MakeClient) -> None:
    assert isinstance(await make_client(f"{endpoint.url}/").request(CAT), Painted)


async def test_credits_carry_their_figures(client: OneMin, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.OUT_OF_CREDITS)

    with pytest.raises(ProviderCreditsError) as caught:
        await client.request(CAT)
    assert (caught.value.needed, caught.value.left) == (4800, 46)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_takes_neither_key_nor_order_elsewhere(make_client: MakeClient, status: int) -> None:
    seen: list[str] = []

    async def redirect(request: web.Request) -> web.Response:
        seen.append(request.path)
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    async with serving(redirect) as url:
        with pytest.raises(BadReplyError):
            await make_client(url).request(CAT)
    assert seen == ["/api/features"]


async def test_a_bomb_in_the_answer_is_not_unpacked(make_client: MakeClient) -> None:
    async def bomb(_: web.Request) -> web.Response:
        response = web.Response(body=b" " * 64 * 1024 * 1024)
        response.enable_compression(web.ContentCoding.gzip)
        return response

    async with serving(bomb) as url:
        with pytest.raises(BadReplyError, match="more than 1048576 bytes"):
            await make_client(url).request(CAT)


async def test_a_compressed_answer_is_read(make_client: MakeClient) -> None:
    async def answer(_: web.Request) -> web.Response:
        told = {"aiRecord": {"uuid": "u", "status": "SUCCESS", "temporaryUrl": "https://x.example/y"}}
        response = web.Response(body=json.dumps(told).encode())
        response.enable_compression(web.ContentCoding.gzip)
        return response

    async with serving(answer) as url:
        assert await make_client(url).request(CAT) == Painted("u", "https://x.example/y")


async def test_cancelling_an_order_is_no_error_of_the_provider(client: OneMin, endpoint: Endpoint) -> None:
    endpoint.hold()
    order = asyncio.create_task(client.request(CAT))
    await endpoint.arrived(1)
    order.cancel()
    with pytest.raises(asyncio.CancelledError):
        await order
    assert len(endpoint.posts) == 1
