"""Neither errors nor logs tell a key, an account, an address or a prompt, whatever goes wrong."""

import traceback

import pytest
from structlog.testing import capture_logs

from bot.adapters.onemin import OneMin
from bot.domain.failures import PaintingError
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Painted, Pending
from standins.endpoint import Endpoint, Fault, PathKind
from tests.adapters.onemin.conftest import KEY, MakeClient, downloaded
from tests.adapters.onemin.servers import free_port

PRIVATE = ImageParameters(prompt="a very private portrait", seed=7)
SECRETS = (KEY, "private portrait", "Stand-in Studio", "Olivia", "X-Amz", "127.0.0.1", "http:", "administrator")


def assert_discreet(told: str) -> None:
    assert [secret for secret in SECRETS if secret in told] == []


def everything(error: PaintingError) -> str:
    return "\n".join([str(error), repr(error), str(vars(error)), *traceback.format_exception(error)])


@pytest.mark.parametrize("at", [PathKind.GENERATE, PathKind.RESULT, PathKind.DOWNLOAD])
@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.HANG])
async def test_no_fault_makes_it_talk(
    endpoint: Endpoint, client: OneMin, make_client: MakeClient, fault: Fault, at: PathKind
) -> None:
    if at not in fault.kinds:
        return
    brief = make_client(endpoint.url, timeout_seconds=0.1)
    if at is PathKind.RESULT:
        endpoint.fail(Fault.PROCESSING_FIRST, at=PathKind.GENERATE)
    endpoint.fail(fault, times=None, at=at, retry_after=0)

    told = ""
    with capture_logs() as logs:
        try:
            outcome = await client.request(PRIVATE)
            painted = await brief.follow(outcome.reference) if isinstance(outcome, Pending) else outcome
            await downloaded(client, painted)
        except PaintingError as error:
            told = everything(error)
    assert_discreet(f"{told} {logs}")


async def test_an_unreachable_host_is_not_named(make_client: MakeClient) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    client = make_client(url, url, timeout_seconds=3)
    with capture_logs() as logs:
        for attempt in (client.request(PRIVATE), downloaded(client, Painted("u", f"{url}/x?X-Amz-Signature=1"))):
            with pytest.raises(PaintingError) as caught:
                await attempt
            assert_discreet(everything(caught.value))
    assert_discreet(str(logs))
    assert {entry["event"] for entry in logs} == {"onemin.again"}


async def test_a_pending_order_leaves_its_reference_in_the_log(client: OneMin, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.PROCESSING_FIRST)
    with capture_logs() as logs:
        outcome = await client.request(PRIVATE)
    assert isinstance(outcome, Pending)
    assert logs == [{"event": "onemin.pending", "reference": outcome.reference, "log_level": "info"}]


async def test_neither_client_nor_result_shows_a_secret(client: OneMin) -> None:
    outcome = await client.request(PRIVATE)
    assert_discreet(f"{client!r} {outcome!r}")
