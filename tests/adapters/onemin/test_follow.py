import asyncio

import pytest

from bot.adapters.onemin import OneMin
from bot.domain.failures import (
    AuthenticationError,
    BadReplyError,
    ModeratedError,
    PaintingError,
    ProviderFaultError,
    ProviderTimeoutError,
)
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Painted, Pending
from standins.endpoint import Endpoint, Fault, PathKind
from tests.adapters.onemin.conftest import MakeClient, Pauses
from tests.adapters.onemin.servers import free_port

CAT = ImageParameters(prompt="a cat", seed=7)


@pytest.fixture
async def reference(client: OneMin) -> str:
    """Of a picture that is finished."""
    painted = await client.request(CAT)
    assert isinstance(painted, Painted)
    return painted.reference


async def test_a_picture_is_waited_for(endpoint: Endpoint, client: OneMin, pauses: Pauses) -> None:
    endpoint.hold()
    endpoint.fail(Fault.PROCESSING_FIRST)
    pending = await client.request(CAT)
    assert isinstance(pending, Pending)

    async def paint() -> None:
        if len(pauses.seconds) == 8:
            endpoint.release()

    pauses.meanwhile = paint
    painted = await client.follow(pending.reference)

    assert len(pauses.seconds) >= 8
    assert painted.reference == pending.reference
    assert painted.url.startswith(endpoint.image_origin)
    assert 1 <= pauses.seconds[0] <= 1.5
    assert all(4.5 <= seconds <= 5 for seconds in pauses.seconds[4:])
    assert len(endpoint.posts) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault.POLL_NULL,
        Fault.SERVER_ERROR,
        Fault.BAD_GATEWAY,
        Fault.UNAVAILABLE,
        Fault.EDGE_RATE_LIMITED,
        Fault.EDGE_TIMEOUT,
        Fault.EDGE_UNKNOWN,
        Fault.RATE_LIMITED,
        Fault.RATE_LIMITED_BARE,
        Fault.RESET_AT_ONCE,
        Fault.RESET_AFTER_BODY,
        Fault.SUCCESS_WITHOUT_URL,
    ],
)
async def test_a_passing_fault_is_outlived(
    endpoint: Endpoint, client: OneMin, reference: str, pauses: Pauses, fault: Fault
) -> None:
    endpoint.fail(fault, times=3, at=PathKind.RESULT)

    assert isinstance(await client.follow(reference), Painted)
    assert 1 <= len(pauses.seconds) <= 3  # aiohttp itself repeats a GET once after a reset
    assert all(seconds <= 22 for seconds in pauses.seconds)
    assert endpoint.paid_calls == 1


@pytest.mark.parametrize(
    ("fault", "kind", "polls"),
    [
        (Fault.BAD_KEY, AuthenticationError, 1),
        (Fault.MODERATED, ModeratedError, 1),
        (Fault.FAILED, ProviderFaultError, 1),
        (Fault.FAILED_OTHER_SPELLING, ProviderFaultError, 1),
        (Fault.BAD_JSON, BadReplyError, 1),
        (Fault.ENORMOUS_JSON, BadReplyError, 1),
        (Fault.POLL_NULL, BadReplyError, 4),
        (Fault.SUCCESS_WITHOUT_URL, BadReplyError, 4),
    ],
)
async def test_an_end_is_an_end(
    endpoint: Endpoint, client: OneMin, reference: str, fault: Fault, kind: type[PaintingError], polls: int
) -> None:
    endpoint.fail(fault, times=None, at=PathKind.RESULT)

    with pytest.raises(PaintingError) as caught:
        await client.follow(reference)
    assert caught.value.code == kind.code
    assert endpoint.requests(PathKind.RESULT) == polls


async def test_an_unknown_reference_is_given_up(client: OneMin) -> None:
    with pytest.raises(BadReplyError):
        await client.follow("00000000-0000-0000-0000-000000000000")


@pytest.mark.parametrize("fault", [Fault.POLL_NEVER_ENDS, Fault.HANG, Fault.SERVER_ERROR])
async def test_a_picture_that_never_comes_is_a_timeout(
    endpoint: Endpoint, make_client: MakeClient, reference: str, fault: Fault
) -> None:
    endpoint.fail(fault, times=None, at=PathKind.RESULT)

    async with asyncio.timeout(5):
        with pytest.raises(ProviderTimeoutError):
            await make_client(endpoint.url, timeout_seconds=0.3).follow(reference)


async def test_a_poll_that_hangs_leaves_time_for_another(
    endpoint: Endpoint, make_client: MakeClient, reference: str
) -> None:
    endpoint.fail(Fault.HANG, at=PathKind.RESULT)
    assert isinstance(await make_client(endpoint.url, timeout_seconds=3).follow(reference), Painted)


async def test_an_api_that_is_gone_is_a_timeout(make_client: MakeClient, pauses: Pauses) -> None:
    with pytest.raises(ProviderTimeoutError):
        await make_client(f"http://127.0.0.1:{free_port()}", timeout_seconds=3).follow("uuid")
    assert pauses.seconds


async def test_a_poll_waits_for_its_turn(endpoint: Endpoint, make_client: MakeClient) -> None:
    client = make_client(endpoint.url, requests_per_minute=1, timeout_seconds=0.1)
    await client.turn()

    with pytest.raises(ProviderTimeoutError):
        await client.follow("uuid")
    assert endpoint.requests(PathKind.RESULT) == 0
