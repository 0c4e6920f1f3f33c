"""Faults whose whole effect is one answer, in every shape that the vendor and its edge give to errors."""

import json
from typing import Any

import pytest

from standins.endpoint import Endpoint, Fault, PathKind
from tests.standins.caller import Caller

REFUSALS = {
    Fault.UNSUPPORTED_MODEL: (400, "UNSUPPORTED_MODEL"),
    Fault.UNSUPPORTED_MODEL_OLD_WORDING: (400, "Invalid model black-forest-labs/flux-2-pro for AI feature"),
    Fault.MISSING_FIELDS: (400, "MISSING_REQUIRED_FIELDS"),
    Fault.UPSTREAM_BUSY: (400, "EXTERNAL_API_RESPONSE_WITH_ERROR"),
    Fault.UPSTREAM_REFUSED: (400, "a bit busy right now"),
    Fault.UPSTREAM_MODERATED: (400, "content moderation"),
    Fault.STRUCTURED_ERROR: (400, '"success": false'),
    Fault.BAD_KEY: (401, "Invalid API Key"),
    Fault.KEY_DELETED: (401, "API Key has been deleted"),
    Fault.KEY_INACTIVE: (401, "API Key is not active"),
    Fault.PAYMENT_REQUIRED: (402, "Payment Required"),
    Fault.OUT_OF_CREDITS: (406, "requires 4800 credits, but the Stand-in Studio team only has 46 credits"),
    Fault.OUT_OF_CREDITS_IN_200: (200, '"code": "INSUFFICIENT_CREDITS"'),
    Fault.OUT_OF_CREDITS_IN_200_NAMED: (200, '"name": "INSUFFICIENT_CREDITS"'),
    Fault.PAYLOAD_TOO_LARGE: (413, "too large"),
    Fault.UNPROCESSABLE: (422, "Validation failed"),
    Fault.RATE_LIMITED: (429, '"retryAfter": 9'),
    Fault.RATE_LIMITED_HEADER_ONLY: (429, "Too many requests"),
    Fault.RATE_LIMITED_FIELD_ONLY: (429, '"retryAfter": 9'),
    Fault.RATE_LIMITED_TEXT_ONLY: (429, "try again after 9 seconds"),
    Fault.RATE_LIMITED_BARE: (429, ""),
    Fault.SERVER_ERROR: (500, "INTERNAL_SERVER_ERROR"),
    Fault.BAD_GATEWAY: (502, "<html>"),
    Fault.UNAVAILABLE: (503, "Service Unavailable"),
    Fault.EDGE_BLOCKED: (403, "error code: 1010"),
    Fault.EDGE_RATE_LIMITED: (429, "error code: 1015"),
    Fault.EDGE_CHALLENGE: (403, "Just a moment"),
    Fault.EDGE_EMPTY: (502, ""),
    Fault.EDGE_UNREACHABLE: (522, "Error 522"),
}
LOST_AFTER_THE_WORK = {
    Fault.GATEWAY_TIMEOUT: (504, "504 Gateway Time-out"),
    Fault.EDGE_UNKNOWN: (520, "Error 520"),
    Fault.EDGE_TIMEOUT: (524, "Error 524"),
    Fault.EMPTY_ANSWER: (200, ""),
    Fault.BAD_JSON: (200, "undefined"),
    Fault.TRUNCATED_JSON: (200, '"SUCC'),
}


@pytest.mark.parametrize(("fault", "seen"), REFUSALS.items())
async def test_refusal_costs_nothing(caller: Caller, endpoint: Endpoint, fault: Fault, seen: tuple[int, str]) -> None:
    endpoint.fail(fault, retry_after=9)
    answer, after = await caller.generate(), await caller.generate()

    assert answer.status == seen[0]
    assert seen[1] in answer.text
    assert after.status == 200
    assert endpoint.paid_calls == 1
    assert [post.status for post in endpoint.posts] == [seen[0], 200]


@pytest.mark.parametrize(("fault", "seen"), LOST_AFTER_THE_WORK.items())
async def test_lost_answer_is_paid_for(caller: Caller, endpoint: Endpoint, fault: Fault, seen: tuple[int, str]) -> None:
    endpoint.fail(fault)
    answer = await caller.generate()

    assert answer.status == seen[0]
    assert seen[1] in answer.text
    assert endpoint.paid_calls == len(endpoint.pictures) == 1


@pytest.mark.parametrize("fault", [Fault.BAD_JSON, Fault.TRUNCATED_JSON, Fault.EMPTY_ANSWER])
async def test_damaged_json_is_not_json(caller: Caller, endpoint: Endpoint, fault: Fault) -> None:
    endpoint.fail(fault)
    answer = await caller.generate()

    assert answer.headers["Content-Type"].startswith("application/json")
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.body)


@pytest.mark.parametrize(
    ("fault", "header"),
    [
        (Fault.RATE_LIMITED, "0.01"),
        (Fault.RATE_LIMITED_HEADER_ONLY, "0.01"),
        (Fault.RATE_LIMITED_FIELD_ONLY, None),
        (Fault.RATE_LIMITED_TEXT_ONLY, None),
        (Fault.RATE_LIMITED_BARE, None),
        (Fault.UNAVAILABLE, "0.01"),
    ],
)
async def test_hint_to_wait_stands_where_it_was_ordered(
    caller: Caller, endpoint: Endpoint, fault: Fault, header: str | None
) -> None:
    endpoint.fail(fault, retry_after=0.01)

    assert (await caller.generate()).headers.get("Retry-After") == header


async def test_unavailable_may_come_without_a_hint(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.UNAVAILABLE)

    assert "Retry-After" not in (await caller.generate()).headers


@pytest.mark.parametrize(
    ("fault", "status"),
    [(Fault.UPSTREAM_BUSY, 429), (Fault.UPSTREAM_REFUSED, 400), (Fault.UPSTREAM_MODERATED, 400)],
)
async def test_truth_of_a_provider_error_is_nested_in_its_details(
    caller: Caller, endpoint: Endpoint, fault: Fault, status: int
) -> None:
    endpoint.fail(fault)
    answer: Any = (await caller.generate()).json

    assert answer["context"] == {"service": "replicate"}
    assert json.loads(answer["details"])["response"]["status"] == status


@pytest.mark.parametrize("kind", PathKind)
async def test_general_fault_can_be_limited_to_one_kind_of_path(
    caller: Caller, endpoint: Endpoint, kind: PathKind
) -> None:
    endpoint.fail(Fault.SERVER_ERROR, at=kind, times=None)
    paths = {
        PathKind.GENERATE: ("POST", "/api/features"),
        PathKind.RESULT: ("GET", "/api/results/unknown"),
        PathKind.DOWNLOAD: ("GET", "/asset.1min.ai/unknown.png"),
        PathKind.ASSET: ("POST", "/api/assets"),
        PathKind.MODELS: ("GET", "/models"),
    }
    failing = {of for of, (method, path) in paths.items() if (await caller.ask(method, path)).status == 500}

    assert failing == {kind}
