"""Whatever comes back, the caller gets a value or one of our errors."""

import json
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.adapters.onemin.replies import followed, ordered
from bot.adapters.onemin.wire import Reply
from bot.domain.failures import PaintingError
from bot.domain.pictures import Painted, Pending

RECORD_NAMES = ["aiRecord", "aiRecordDetail", "resultObject", "responseObject", "temporaryUrl", "uuid", "status"]
ERROR_NAMES = ["errorCode", "errorMessage", "message", "details", "error", "code", "name", "success", "retryAfter"]
NAMES = st.sampled_from([*RECORD_NAMES, *ERROR_NAMES, "response", "request", "prompt", "field"]) | st.text(max_size=3)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["SUCCESS", "FAILURE", "PROCESSING", "https://x.example/y", "INSUFFICIENT_CREDITS", "nsfw"])
)


def texts(values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return values.map(json.dumps)


JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5) | texts(inner),
    max_leaves=12,
)
RECORDS = st.fixed_dictionaries({"aiRecord": st.dictionaries(NAMES, JSON, max_size=6)})
BODIES = (JSON | RECORDS).map(lambda tree: json.dumps(tree).encode()) | st.binary(max_size=200)
HEADERS = st.dictionaries(
    st.sampled_from(["Retry-After", "Date", "content-type"]), st.text(max_size=30) | st.datetimes().map(str), max_size=3
)
STATUSES = st.sampled_from([200, 201, 400, 401, 403, 406, 429, 500, 503]) | st.integers(0, 1000)


@pytest.mark.parametrize("read", [ordered, lambda reply: followed(reply, "uuid")], ids=["ordered", "followed"])
@given(status=STATUSES, headers=HEADERS, body=BODIES)
@example(status=200, headers={}, body=b'{"aiRecord": {"uuid": ' + b"9" * 5000 + b"}}")
@example(status=400, headers={"Retry-After": "9" * 5000}, body=b'{"retryAfter": ' + b"9" * 5000 + b"}")
@example(status=400, headers={}, body=b'{"a": ' * 190 + b"1" + b"}" * 190)
def test_a_reply_is_a_value_or_a_painting_error(
    read: Callable[[Reply], Painted | Pending], status: int, headers: dict[str, str], body: bytes
) -> None:
    try:
        told = repr(read(Reply(status, headers, body)))
    except PaintingError as error:
        told = error.detail
    assert len(told) < 300
