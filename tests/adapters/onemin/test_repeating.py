"""When an order is repeated, and after which pause; a second picture is never paid for."""

from contextlib import AsyncExitStack
from functools import partial

import pytest

from bot.adapters.onemin import OneMin
from bot.domain.failures import ProviderBusyError, ProviderFaultError, RateLimitedError
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Painted
from standins.endpoint import Endpoint, Fault
from tests.adapters.onemin.conftest import KEY, MakeClient, Pauses
from tests.adapters.onemin.servers import free_port, saying

CAT = ImageParameters(prompt="a cat", seed=7)
OFTEN = 4


@pytest.mark.parametrize("fault", [Fault.RATE_LIMITED, Fault.RATE_LIMITED_TEXT_ONLY, Fault.RATE_LIMITED_FIELD_ONLY])
async def test_the_named_wait_is_waited_and_a_little_more(
    client: OneMin, endpoint: Endpoint, pauses: Pauses, fault: Fault
) -> None:
    endpoint.fail(fault, times=2, retry_after=3)

    assert isinstance(await client.request(CAT), Painted)
    assert len(pauses.seconds) == 2
    assert all(3 <= seconds <= 3.3 for seconds in pauses.seconds)
    assert endpoint.paid_calls == 1


async def test_without_a_named_wait_the_pauses_grow(client: OneMin, endpoint: Endpoint, pauses: Pauses) -> None:
    endpoint.fail(Fault.RATE_LIMITED_BARE, times=3)

    assert isinstance(await client.request(CAT), Painted)
    first, second, third = pauses.seconds
    assert 2 <= first <= 4 <= second <= 6
    assert 8 <= third <= 10


async def test_a_503_that_names_its_end_is_tried_again(client: OneMin, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.UNAVAILABLE, retry_after=0.5)

    assert isinstance(await client.request(CAT), Painted)
    assert (len(endpoint.posts), endpoint.paid_calls) == (2, 1)


async def test_a_503_that_never_ends_tells_its_wait(client: OneMin, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.UNAVAILABLE, times=None, retry_after=0.5)

    with pytest.raises(ProviderBusyError) as caught:
        await client.request(CAT)
    assert caught.value.wait == 0.5
    assert len(endpoint.posts) == OFTEN


async def test_a_wait_that_leaves_no_time_to_paint_is_the_callers(
    client: OneMin, endpoint: Endpoint, pauses: Pauses
) -> None:
    endpoint.fail(Fault.RATE_LIMITED, retry_after=31)

    with pytest.raises(RateLimitedError) as caught:
        await client.request(CAT)
    assert caught.value.wait == 31
    assert (len(endpoint.posts), pauses.seconds) == (1, [])


async def test_a_repetition_waits_for_its_turn_too(endpoint: Endpoint, make_client: MakeClient) -> None:
    client = make_client(endpoint.url, requests_per_minute=1, timeout_seconds=0.6)
    await client.turn()
    endpoint.fail(Fault.RATE_LIMITED, retry_after=0)

    with pytest.raises(RateLimitedError):
        await client.request(CAT)
    assert len(endpoint.posts) == 1


async def test_an_order_that_cannot_leave_is_tried_again(make_client: MakeClient, pauses: Pauses) -> None:
    with pytest.raises(ProviderFaultError, match="no connection"):
        await make_client(f"http://127.0.0.1:{free_port()}").request(CAT)
    assert len(pauses.seconds) == OFTEN - 1


async def test_an_order_leaves_once_when_the_api_comes_back(make_client: MakeClient, pauses: Pauses) -> None:
    port = free_port()
    client = make_client(f"http://127.0.0.1:{port}")
    async with AsyncExitStack() as stack:
        endpoint = Endpoint(api_key=KEY, scale=0.25, port=port)
        pauses.meanwhile = partial(stack.enter_async_context, endpoint)

        assert isinstance(await client.request(CAT), Painted)
        assert (len(endpoint.posts), endpoint.paid_calls) == (1, 1)


@pytest.mark.parametrize(
    "wire",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
    ],
    ids=["nothing", "cut", "chunks", "gzip", "ssh", "headers"],
)
async def test_a_broken_answer_is_never_asked_for_again(make_client: MakeClient, pauses: Pauses, wire: bytes) -> None:
    async with saying(wire) as url:
        with pytest.raises(ProviderFaultError, match="connection lost"):
            await make_client(url).request(CAT)
    assert pauses.seconds == []
