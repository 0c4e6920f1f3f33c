import pytest

from bot.adapters.onemin.complaints import complaint_of
from bot.adapters.onemin.errors import named_wait
from bot.adapters.onemin.waits import LONGEST, header_wait, spoken_wait
from bot.adapters.onemin.wire import Reply

NOON = "Tue, 03 Mar 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("151", 151.0),
        (" 151 ", 151.0),
        ("0", 0.0),
        ("0.25", 0.25),
        ("99999999999999999999", LONGEST),
        ("9" * 400, LONGEST),
        ("Tue, 03 Mar 2026 12:00:30 GMT", 30.0),
        ("Tue, 03 Mar 2026 11:00:00 GMT", 0.0),
        ("Wed, 04 Mar 2026 12:00:00 GMT", LONGEST),
        ("", None),
        ("-5", None),
        ("nan", None),
        ("inf", None),
        ("1e3", None),
        ("1_000", None),
        ("soon", None),
        ("٣", None),
        ("Tue, 99 Mar 2026 12:00:00 GMT", None),
        ("Tue, 03 Mar 2026 12:00:30 -0000", None),
    ],
)
def test_the_header_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    assert header_wait(Reply(429, {"retry-after": value, "Date": NOON}, b"")) == seconds


def test_a_date_alone_says_nothing() -> None:
    assert header_wait(Reply(429, {"Retry-After": NOON}, b"")) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Too many requests. Please try again after 151 seconds", 151.0),
        ("retry in 1 second.", 1.0),
        ("wait 30s", 30.0),
        ("Try again in 2 minutes", 120.0),
        ("180 requests per minute", None),
        ("Too many requests", None),
        ("try again after 12345678901234567890 seconds", None),
        ("try again after 999999999 minutes", LONGEST),
    ],
)
def test_the_text_names_a_number(text: str, seconds: float | None) -> None:
    assert spoken_wait(text) == seconds


@pytest.mark.parametrize(
    ("headers", "body", "seconds"),
    [
        ({"Retry-After": "1"}, b'{"message": "after 3 seconds", "retryAfter": 2}', 1.0),
        ({"Retry-After": "soon"}, b'{"message": "after 3 seconds", "retryAfter": 2}', 2.0),
        ({}, b'{"message": "after 3 seconds", "retryAfter": "2"}', 2.0),
        ({}, b'{"message": "after 3 seconds", "retryAfter": 0}', 0.0),
        ({}, b'{"message": "after 3 seconds", "retryAfter": true}', 3.0),
        ({}, b'{"message": "after 3 seconds", "retryAfter": -2}', 3.0),
        ({}, b'{"message": "after 3 seconds", "retryAfter": NaN}', 3.0),
        ({}, b'{"message": "after 3 seconds", "retryAfter": 1e300}', LONGEST),
        ({}, b'{"error": {"message": "later", "retryAfter": 4}}', 4.0),
        ({}, b'{"message": "after 3 seconds"}', 3.0),
        ({}, b"try again after 3 seconds", 3.0),
        ({}, b'{"message": "Too many requests"}', None),
        ({}, b"", None),
    ],
)
def test_the_header_goes_before_the_field_and_the_field_before_the_text(
    headers: dict[str, str], body: bytes, seconds: float | None
) -> None:
    assert named_wait(Reply(429, headers, body), complaint_of(body)) == seconds
