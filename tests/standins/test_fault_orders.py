import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from standins.endpoint import Endpoint, Fault, PathKind
from standins.endpoint.control import local_only
from tests.standins import test_fault_answers, test_fault_pictures, test_fault_records, test_fault_transport
from tests.standins.caller import Caller


def test_every_fault_has_a_test() -> None:
    tested = {
        *test_fault_answers.REFUSALS,
        *test_fault_answers.LOST_AFTER_THE_WORK,
        *test_fault_records.FAILURES,
        *test_fault_records.OTHER_RECORDS,
        *test_fault_transport.TRANSPORT,
        *test_fault_pictures.SPOILED,
        *test_fault_pictures.STREAMED,
    }

    assert tested == set(Fault)


async def test_faults_strike_in_the_order_they_were_ordered(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.SERVER_ERROR, times=2)
    endpoint.fail(Fault.UNPROCESSABLE)

    assert [(await caller.generate()).status for _ in range(4)] == [500, 500, 422, 200]


async def test_fault_without_end_lasts_until_healed(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.SERVER_ERROR, times=None)
    broken = [(await caller.generate()).status for _ in range(3)]
    endpoint.heal()

    assert [*broken, (await caller.generate()).status] == [500, 500, 500, 200]


def test_fault_that_cannot_happen_is_not_taken() -> None:
    endpoint = Endpoint()

    with pytest.raises(ValueError, match="cannot happen at download"):
        endpoint.fail(Fault.MODERATED, at=PathKind.DOWNLOAD)
    with pytest.raises(ValueError, match="at least once"):
        endpoint.fail(Fault.MODERATED, times=0)


async def test_other_processes_order_faults_by_http(caller: Caller) -> None:
    order = {"fault": "rate_limited", "times": 2, "at": "generate", "retry_after": 3}
    ordered = await caller.ask("POST", "/standin/faults", json=order)
    struck = await caller.generate()
    state = (await caller.ask("GET", "/standin/state")).json
    cleared = await caller.ask("DELETE", "/standin/faults")

    assert ordered.status == 201
    assert (struck.status, struck.headers["Retry-After"]) == (429, "3")
    assert (state["posts"], state["paid_calls"], state["requests"]["generate"]) == (1, 0, 1)
    assert [(fault["fault"], fault["times"]) for fault in state["faults"]] == [("rate_limited", 1)]
    assert cleared.json["faults"] == []


async def test_callers_from_elsewhere_order_nothing() -> None:
    async def handler(_: web.Request) -> web.Response:
        return web.Response()

    request = make_mocked_request("GET", "/standin/state").clone(remote="192.0.2.7")
    with pytest.raises(web.HTTPForbidden):
        await local_only(handler)(request)


@pytest.mark.parametrize(
    "order",
    [
        {"fault": "unheard_of"},
        {"fault": "hang", "times": 0},
        {"fault": "hang", "when": 1},
        {"fault": "moderated", "at": "asset"},
    ],
)
async def test_order_that_makes_no_sense_is_refused(caller: Caller, order: dict[str, object]) -> None:
    assert (await caller.ask("POST", "/standin/faults", json=order)).status == 400


async def test_prompt_orders_a_fault_for_its_own_request(caller: Caller) -> None:
    answers = [await caller.generate(prompt) for prompt in ("a bay #fault:server_error", "a bay", "a #fault:moderated")]

    assert [answer.status for answer in answers] == [500, 200, 200]
    assert answers[2].record["status"] == "FAILURE"


async def test_prompt_orders_a_fault_for_its_own_picture(caller: Caller) -> None:
    wished, other = [(await caller.generate(prompt)).record for prompt in ("a #fault:picture_missing", "b")]

    assert [(await caller.download(record)).status for record in (other, wished, wished)] == [200, 404, 200]


async def test_prompt_orders_a_fault_for_its_own_polls(caller: Caller) -> None:
    record = (await caller.generate("a #fault:poll_null")).record

    assert record["status"] == "PROCESSING"
    assert [(await caller.result(record["uuid"])).record is None for _ in range(2)] == [True, False]


async def test_name_that_is_no_fault_is_only_words(caller: Caller) -> None:
    assert (await caller.generate("a #fault:line")).status == 200


async def test_prompts_order_nothing_unless_allowed(caller: Caller) -> None:
    async with Endpoint(scale=0.1) as strict:
        answer = await Caller(strict, caller.session).generate("a #fault:server_error")

    assert answer.status == 200
