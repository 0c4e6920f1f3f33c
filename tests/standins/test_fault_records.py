"""Faults that show in the record of a generation."""

import io

import pytest
from PIL import Image

from standins.endpoint import Endpoint, Fault, PathKind
from tests.standins.caller import Caller

FAILURES = {
    Fault.MODERATED: ("FAILURE", "moderation"),
    Fault.FAILED: ("FAILURE", "Generation failed"),
    Fault.FAILED_OTHER_SPELLING: ("FAILED", "Generation failed"),
}
OTHER_RECORDS = frozenset(
    {
        Fault.SUCCESS_WITHOUT_URL,
        Fault.URL_AT_TOP_LEVEL,
        Fault.PROCESSING_FIRST,
        Fault.POLL_NEVER_ENDS,
        Fault.POLL_NULL,
        Fault.FOREIGN_PICTURE_URL,
        Fault.EXPIRED_PICTURE_URL,
        Fault.OTHER_FORMAT,
    }
)


@pytest.mark.parametrize(("fault", "seen"), FAILURES.items())
async def test_failure_is_told_in_the_record(
    caller: Caller, endpoint: Endpoint, fault: Fault, seen: tuple[str, str]
) -> None:
    endpoint.fail(fault)
    answer = await caller.generate()

    assert answer.status == 200
    assert answer.record["status"] == seen[0]
    assert seen[1] in answer.record["aiRecordDetail"]["errorMessage"]
    assert "temporaryUrl" not in answer.record
    assert endpoint.paid_calls == 1
    assert endpoint.pictures == {}


async def test_failure_ends_an_asynchronous_generation(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.hold()
    endpoint.fail(Fault.MODERATED)
    posted = (await caller.generate(asynchronous=True)).record
    endpoint.release()
    while (ended := (await caller.result(posted["uuid"])).record)["status"] == "PROCESSING":
        pass

    assert posted["status"] == "PROCESSING"
    assert ended["status"] == "FAILURE"


async def test_success_without_url_keeps_its_key(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.SUCCESS_WITHOUT_URL)
    answer = await caller.generate()

    assert answer.record["status"] == "SUCCESS"
    assert answer.record["aiRecordDetail"]["resultObject"]
    assert "temporaryUrl" not in answer.text


async def test_url_may_stand_at_the_top_level(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.URL_AT_TOP_LEVEL)
    answer = await caller.generate()

    assert "temporaryUrl" not in answer.record
    assert (await caller.download(answer.json)).status == 200


async def test_synchronous_call_may_be_answered_processing(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.PROCESSING_FIRST)
    first = (await caller.generate()).record
    while (later := (await caller.result(first["uuid"])).record)["status"] == "PROCESSING":
        pass

    assert first["status"] == "PROCESSING"
    assert later["status"] == "SUCCESS"


async def test_generation_may_never_end(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.POLL_NEVER_ENDS)
    record = (await caller.generate()).record
    polls = [(await caller.result(record["uuid"])).record["status"] for _ in range(5)]

    assert {record["status"], *polls} == {"PROCESSING"}


async def test_poll_may_find_nothing_at_first(caller: Caller, endpoint: Endpoint) -> None:
    uuid = (await caller.generate()).record["uuid"]
    endpoint.fail(Fault.POLL_NULL, times=2)

    assert [(await caller.result(uuid)).record is None for _ in range(3)] == [True, True, False]


async def test_record_may_read_differently_in_one_poll(caller: Caller, endpoint: Endpoint) -> None:
    uuid = (await caller.generate()).record["uuid"]
    endpoint.fail(Fault.FAILED, at=PathKind.RESULT)

    assert [(await caller.result(uuid)).record["status"] for _ in range(2)] == ["FAILURE", "SUCCESS"]


@pytest.mark.parametrize("url", [None, "http://169.254.169.254/latest"])
async def test_url_may_lead_to_a_foreign_origin(caller: Caller, endpoint: Endpoint, url: str | None) -> None:
    endpoint.fail(Fault.FOREIGN_PICTURE_URL, url=url)
    record = (await caller.generate()).record

    assert record["temporaryUrl"].startswith(url or "https://evil.example/asset.1min.ai/")


async def test_url_may_have_expired(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.EXPIRED_PICTURE_URL)
    picture = await caller.download((await caller.generate()).record)

    assert picture.status == 403
    assert "Request has expired" in picture.text


@pytest.mark.parametrize(("asked", "painted"), [("png", "JPEG"), ("jpg", "PNG")])
async def test_format_may_differ_from_the_one_asked_for(
    caller: Caller, endpoint: Endpoint, asked: str, painted: str
) -> None:
    endpoint.fail(Fault.OTHER_FORMAT)
    picture = await caller.download((await caller.generate(output_format=asked)).record)

    with Image.open(io.BytesIO(picture.body)) as opened:
        assert opened.format == painted
