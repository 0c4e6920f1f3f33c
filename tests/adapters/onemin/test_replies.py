import json
from typing import Any

import pytest

from bot.adapters.onemin.replies import BlankReplyError, followed, ordered
from bot.adapters.onemin.wire import Reply
from bot.domain.failures import (
    BadReplyError,
    InvalidRequestError,
    ModeratedError,
    PaintingError,
    ProviderCreditsError,
    ProviderFaultError,
)
from bot.domain.pictures import Painted, Pending

UUID = "c3d4e5f6-a7b8-9012-cdef-123456789012"
URL = "https://s3.us-east-1.amazonaws.com/asset.1min.ai/development/images/watch.png?X-Amz-Signature=1"


def reply(record: Any, **top: Any) -> Reply:
    return Reply(200, {}, json.dumps({"aiRecord": record} | top).encode())


def record(status: str | None = "SUCCESS", result: Any = None, url: Any = None, **more: Any) -> dict[str, Any]:
    detail = {"promptObject": {"prompt": "an nsfw prompt"}, "resultObject": result} | more
    told = {"uuid": UUID, "status": status, "temporaryUrl": url, "aiRecordDetail": detail}
    return {name: value for name, value in told.items() if value is not None} | {"teamUser": {"userName": "Olivia"}}


@pytest.mark.parametrize(
    "received",
    [
        reply(record(result=["development/images/watch.png"], url=URL)),
        reply(record("COMPLETED", url=URL)),
        reply(record("success", url=URL)),
        reply(record(None, url=URL)),
        reply(record(result=["development/images/watch.png"]), temporaryUrl=URL),
        reply(record(result=[URL])),
        reply(record(result=URL)),
        reply(record(result="development/images/watch.png", url=URL)),
        reply(record(result={}, url=URL)),
        reply(record(result=7, url=URL)),
        reply(record(url=URL) | {"aiRecordDetail": "none"}),
        Reply(201, {}, reply(record(url=URL)).body),
    ],
)
def test_a_finished_picture(received: Reply) -> None:
    assert ordered(received) == Painted(UUID, URL)
    assert followed(received, UUID) == Painted(UUID, URL)


def test_the_records_own_address_goes_first() -> None:
    received = reply(record(result=["https://old.example/x.png"], url=URL), temporaryUrl="https://other.example/y.png")
    assert ordered(received) == Painted(UUID, URL)


@pytest.mark.parametrize("uuid", [None, "", "../features", "x" * 65, 7])
def test_a_picture_without_a_usable_reference_is_still_a_picture(uuid: object) -> None:
    assert ordered(reply(record(url=URL) | {"uuid": uuid})) == Painted("", URL)


@pytest.mark.parametrize("status", ["PROCESSING", "QUEUED", "SOMETHING_NEW"])
def test_what_is_no_known_end_is_waited_for(status: str) -> None:
    received = reply(record(status, result=[], url=URL))
    assert ordered(received) == Pending(UUID)
    assert followed(received, UUID) == Pending(UUID)


@pytest.mark.parametrize("received", [reply(record()), reply(record(url="")), reply(record(url=["x"], result=["key"]))])
def test_a_success_without_address_is_read_again(received: Reply) -> None:
    assert ordered(received) == Pending(UUID)
    with pytest.raises(BlankReplyError, match="200 without address"):
        followed(received, UUID)


@pytest.mark.parametrize(
    ("received", "told"),
    [
        (reply(None), "200 without record"),
        (reply(None, message="No result found", error=None), "200 without record"),
        (reply([]), "200 without record"),
        (Reply(404, {}, b""), "404"),
    ],
)
def test_a_record_that_is_not_there(received: Reply, told: str) -> None:
    with pytest.raises(BlankReplyError, match=told):
        followed(received, UUID)


@pytest.mark.parametrize(
    "received",
    [
        reply(None),
        reply("SUCCESS"),
        reply(record("PROCESSING") | {"uuid": None}),
        reply(record() | {"uuid": "../features"}),
        reply(None, temporaryUrl=URL),
        Reply(200, {}, b""),
        Reply(204, {}, b""),
        Reply(200, {}, b"<html>"),
        Reply(200, {}, b"null"),
        Reply(200, {}, b"[1]"),
        Reply(200, {}, b'{"aiRecord": {"uuid": "c3d4e5f6", "status": "SUCC'),
        Reply(200, {}, b"[" * 100_000),
        Reply(200, {}, b"\xff\xfe"),
        Reply(307, {"Location": URL}, b""),
    ],
)
def test_what_promises_nothing_is_a_bad_reply(received: Reply) -> None:
    with pytest.raises(BadReplyError):
        ordered(received)


CREDITS = "The feature requires 4800 credits, but the Singapore Office team only has 46 credits"


@pytest.mark.parametrize(
    ("received", "kind"),
    [
        (reply(record("FAILURE")), ProviderFaultError),
        (reply(record("FAILED", errorMessage="Generation failed")), ProviderFaultError),
        (reply(record("FAILURE", errorMessage="flagged as sensitive")), ModeratedError),
        (reply(record("FAILURE", result="NSFW content detected")), ModeratedError),
        (reply(record("FAILURE", url=URL)), ProviderFaultError),
        (reply(record("FAILURE") | {"aiRecordDetail": None}), ProviderFaultError),
        (reply(record(result={"code": "INSUFFICIENT_CREDITS", "message": CREDITS})), ProviderCreditsError),
        (reply(record(result={"name": "INSUFFICIENT_CREDITS", "error": CREDITS})), ProviderCreditsError),
        (reply(record(responseObject={"name": "Error", "error": CREDITS})), ProviderCreditsError),
        (reply(record(result={"code": "UNSUPPORTED_MODEL", "message": "no"})), InvalidRequestError),
        (reply(record(result={"message": "no"}, url=URL)), ProviderFaultError),
        (reply(None, errorCode="INSUFFICIENT_CREDITS", message=CREDITS), ProviderCreditsError),
        (reply(None, success=False, error={"code": "X_Y", "message": "content policy"}), ModeratedError),
        (reply(None, error="broken"), ProviderFaultError),
        (Reply(200, {}, json.dumps({"message": CREDITS}).encode()), ProviderCreditsError),
    ],
)
def test_an_error_behind_status_200(received: Reply, kind: type[PaintingError]) -> None:
    for read in (ordered, lambda reply: followed(reply, UUID)):
        with pytest.raises(PaintingError) as caught:
            read(received)
        assert type(caught.value) is kind
        assert not any(private in repr(caught.value) for private in ("Singapore", "Olivia", "prompt"))


def test_credits_behind_status_200_keep_their_figures() -> None:
    with pytest.raises(ProviderCreditsError) as caught:
        ordered(reply(record(result={"code": "INSUFFICIENT_CREDITS", "message": CREDITS})))
    assert (caught.value.needed, caught.value.left) == (4800, 46)
