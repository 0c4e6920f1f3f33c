"""Faults of the connection itself."""

import asyncio

import aiohttp
import pytest

from standins.endpoint import Endpoint, Fault
from tests.standins.caller import KEY, Caller, calling, generation

TRANSPORT = {Fault.RESET_AT_ONCE: 0, Fault.RESET_AFTER_BODY: 1, Fault.HANG: 1, Fault.ENORMOUS_JSON: 1}


@pytest.mark.parametrize("fault", [Fault.RESET_AT_ONCE, Fault.RESET_AFTER_BODY])
async def test_connection_is_reset(caller: Caller, endpoint: Endpoint, fault: Fault) -> None:
    endpoint.fail(fault)
    with pytest.raises((ConnectionResetError, aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
        await caller.generate()

    assert [post.status for post in endpoint.posts] == [None]
    assert bool(endpoint.posts[0].body) is (fault is Fault.RESET_AFTER_BODY)
    assert endpoint.paid_calls == TRANSPORT[fault]
    assert (await caller.generate()).status == 200


async def test_hang_lasts_until_the_endpoint_closes() -> None:
    async with Endpoint(scale=0.1) as endpoint, calling(endpoint) as caller:
        endpoint.fail(Fault.HANG)
        post = asyncio.create_task(caller.post(generation()))
        async with asyncio.timeout(5):
            while not endpoint.pictures:
                await caller.ask("GET", "/standin/state")
        await caller.ask("GET", "/standin/state")
        assert endpoint.paid_calls == TRANSPORT[Fault.HANG]
        assert not post.done()
    [outcome] = await asyncio.gather(post, return_exceptions=True)

    assert isinstance(outcome, aiohttp.ClientError | ConnectionError)


async def test_json_may_be_larger_than_anybody_should_read(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.ENORMOUS_JSON)
    limit, size = 8 * 1024 * 1024, 0
    url = f"{endpoint.url}/api/features"
    async with caller.session.post(url, json=generation(), headers=KEY) as response:
        assert response.content_length is None
        while size <= limit and (chunk := await response.content.readany()):
            size += len(chunk)

    assert size > limit
    assert endpoint.paid_calls == TRANSPORT[Fault.ENORMOUS_JSON]
