import asyncio

import pytest

from standins.endpoint import Endpoint
from tests.standins.caller import Caller, calling, generation


async def test_asynchronous_generation_is_processing_until_it_is_done(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.hold()
    posted = (await caller.generate(asynchronous=True)).record
    while_held = (await caller.result(posted["uuid"])).record
    endpoint.release()
    async with asyncio.timeout(5):
        while (done := (await caller.result(posted["uuid"])).record)["status"] == "PROCESSING":
            pass

    assert posted["status"] == while_held["status"] == "PROCESSING"
    assert posted["aiRecordDetail"]["resultObject"] == []
    assert "temporaryUrl" not in posted
    assert done["status"] == "SUCCESS"
    assert (await caller.download(done)).status == 200


async def test_unknown_result_is_null(caller: Caller) -> None:
    answer = await caller.result("00000000-0000-0000-0000-000000000000")

    assert (answer.status, answer.json) == (200, {"aiRecord": None})


async def test_held_generations_wait_for_their_release(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.hold()
    async with asyncio.TaskGroup() as group:
        posts = [group.create_task(caller.generate(str(number))) for number in range(3)]
        await endpoint.arrived(3)
        assert not any(post.done() for post in posts)
        assert endpoint.paid_calls == 3
        assert [post.status for post in endpoint.posts] == [None] * 3
        endpoint.release()

    assert [post.result().status for post in posts] == [200] * 3


async def test_latency_is_spent_before_the_answer(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.latency = 0.05
    began = asyncio.get_running_loop().time()
    await caller.generate()

    assert asyncio.get_running_loop().time() - began >= endpoint.latency


async def test_generation_outlives_a_caller_who_left(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.hold()
    post = asyncio.create_task(caller.generate())
    await endpoint.arrived(1)
    post.cancel()
    await asyncio.gather(post, return_exceptions=True)
    endpoint.release()
    async with asyncio.timeout(5):
        while not (await caller.ask("GET", "/standin/state")).json["pictures"]:
            pass

    assert endpoint.paid_calls == 1


async def test_port_that_is_taken_is_reported(endpoint: Endpoint) -> None:
    port = int(endpoint.url.rsplit(":", 1)[1])
    with pytest.raises(OSError, match="address already in use"):
        async with Endpoint(port=port):
            pass


async def test_end_of_the_endpoint_does_not_wait_for_held_generations() -> None:
    async with Endpoint(scale=0.1) as endpoint, calling(endpoint) as caller:
        endpoint.hold()
        post = asyncio.create_task(caller.post(generation()))
        await endpoint.arrived(1)
    [outcome] = await asyncio.gather(post, return_exceptions=True)

    assert isinstance(outcome, Exception)
