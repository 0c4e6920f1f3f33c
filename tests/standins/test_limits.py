from datetime import timedelta

import pytest

from standins.endpoint import Endpoint
from standins.endpoint.rate import Allowance
from standins.endpoint.replies import RefusedError
from tests.standins.caller import Caller, calling


async def test_credits_run_out() -> None:
    async with Endpoint(scale=0.1, credits=5000) as endpoint, calling(endpoint) as caller:
        answers = [await caller.generate() for _ in range(2)]
        endpoint.credits_left = 4800
        refilled = await caller.generate()

        assert [answer.status for answer in answers] == [200, 406]
        assert answers[1].json["errorCode"] == "INSUFFICIENT_CREDITS"
        assert "requires 4800 credits, but the Stand-in Studio team only has 200 credits" in answers[1].text
        assert refilled.status == 200
        assert (endpoint.credits_left, endpoint.paid_calls) == (0, 2)


async def test_requests_of_a_minute_run_out() -> None:
    async with Endpoint(scale=0.1, requests_per_minute=1) as endpoint, calling(endpoint) as caller:
        answers = [await caller.generate() for _ in range(2)]

        assert [answer.status for answer in answers] == [200, 429]
        assert 0 < answers[1].json["retryAfter"] <= 60
        assert float(answers[1].headers["Retry-After"]) == answers[1].json["retryAfter"]


def test_allowance_comes_back_after_a_minute() -> None:
    times = iter([0.0, 59.0, 60.0])
    allowance = Allowance(1, clock=lambda: next(times))
    allowance.spend()
    with pytest.raises(RefusedError):
        allowance.spend()

    allowance.spend()


async def test_picture_store_refuses_the_api_key(caller: Caller) -> None:
    record = (await caller.generate()).record

    assert (await caller.download(record, headers={"API-KEY": "standin-key"})).status == 400


async def test_picture_store_refuses_a_forged_signature(caller: Caller) -> None:
    url = (await caller.generate()).record["temporaryUrl"]
    forgeries = [url.split("?")[0], url[:-1], url.replace("604800", "704800"), url.replace("_001_", "_002_")]
    answers = [await caller.download({"temporaryUrl": forgery}) for forgery in forgeries]

    assert [answer.status for answer in answers] == [403] * 4
    assert all("SignatureDoesNotMatch" in answer.text for answer in answers)


async def test_signature_expires() -> None:
    async with Endpoint(scale=0.1, link_lifetime=timedelta(0)) as endpoint, calling(endpoint) as caller:
        answer = await caller.download((await caller.generate()).record)

    assert answer.status == 403
    assert "Request has expired" in answer.text
