"""Bodies as several clients of the API have noted them; names and figures are made up where they were private."""

import json
from typing import Any

import pytest

from bot.adapters.onemin.errors import refusal
from bot.adapters.onemin.wire import Reply
from bot.domain.failures import (
    AuthenticationError,
    BadReplyError,
    InvalidRequestError,
    ModeratedError,
    PaintingError,
    ProviderBusyError,
    ProviderCreditsError,
    ProviderFaultError,
    ProviderTimeoutError,
    RateLimitedError,
)


def coded(code: str, message: str, **more: Any) -> bytes:
    return json.dumps({"errorCode": code, "message": message} | more).encode()


def upstream(status: int | None, said: str = "", more: dict[str, Any] | None = None) -> bytes:
    response = {"data": {"message": said}} | ({} if status is None else {"status": status})
    details = {"response": response, "request": {"url": "https://provider.example", "data": "an nsfw prompt"}}
    message = "The replicate service is a bit busy right now. Please try again later."
    return coded("EXTERNAL_API_RESPONSE_WITH_ERROR", message, details=json.dumps(details | (more or {})))


def says(message: str) -> bytes:
    return json.dumps({"message": message}).encode()


UNSUPPORTED = coded("UNSUPPORTED_MODEL", "Model m is not supported for feature IMAGE_GENERATOR")
MISSING = coded(
    "MISSING_REQUIRED_FIELDS",
    "Missing required fields for m model: safety_tolerance.",
    details='[{"field": "safety_tolerance", "message": "flagged as missing"}, {"field": "team-7"}]',
)
CREDITS = coded(
    "INSUFFICIENT_CREDITS",
    "The feature requires 4800 credits, but the Singapore Office team only has 46 credits",
)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, UNSUPPORTED, InvalidRequestError),
        (400, says("Invalid model m for AI feature IMAGE_GENERATOR!"), InvalidRequestError),
        (400, MISSING, InvalidRequestError),
        (400, coded("UNKNOWN_ERROR", "Unsupported feature type: X"), InvalidRequestError),
        (400, b'{"success": false, "error": {"code": "X_Y", "message": "no"}}', InvalidRequestError),
        (400, b"", InvalidRequestError),
        (400, upstream(429), ProviderBusyError),
        (400, upstream(503), ProviderBusyError),
        (400, upstream(408), ProviderBusyError),
        (400, upstream(None), ProviderBusyError),
        (400, upstream(400, "aspect_ratio must be one of"), InvalidRequestError),
        (400, upstream(422), InvalidRequestError),
        (400, upstream(401), ProviderFaultError),
        (400, upstream(402, "insufficient credits"), ProviderFaultError),
        (400, upstream(400, "Your content was flagged"), ModeratedError),
        (500, upstream(422), InvalidRequestError),
        (400, coded("OPEN_AI_UNEXPECTED_ERROR", "Oh"), ProviderBusyError),
        (400, coded("X_Y", "no", details="neither { JSON"), InvalidRequestError),
        (400, coded("X_Y", "no", details='{"response": "broken'), InvalidRequestError),
        (401, coded("HTTP_EXCEPTION", "API Key has been deleted"), AuthenticationError),
        (401, coded("INVALID_AUTH_TOKEN", "flagged: insufficient credits"), AuthenticationError),
        (401, b"", AuthenticationError),
        (402, says("Payment Required"), ProviderCreditsError),
        (403, says("Forbidden"), AuthenticationError),
        (403, b"error code: 1010", ProviderFaultError),
        (403, b"<title>Just a moment...</title>", ProviderFaultError),
        (403, b"error code: 1015", RateLimitedError),
        (403, b'<span class="cf-error-code">1015</span>', RateLimitedError),
        (404, says("Cannot POST"), InvalidRequestError),
        (406, CREDITS, ProviderCreditsError),
        (406, b"", ProviderCreditsError),
        (400, CREDITS, ProviderCreditsError),
        (500, CREDITS, ProviderCreditsError),
        (408, b"", ProviderTimeoutError),
        (409, says("no such ratio"), InvalidRequestError),
        (413, b"", InvalidRequestError),
        (422, b'{"error": {"message": "Validation failed", "details": [{"path": "p"}]}}', InvalidRequestError),
        (422, b'{"error": {"message": "no", "details": [{"message": "nsfw"}]}}', ModeratedError),
        (425, b"", ProviderBusyError),
        (429, b"error code: 1015", RateLimitedError),
        (429, b"", RateLimitedError),
        (500, coded("INTERNAL_SERVER_ERROR", "Internal server error"), ProviderFaultError),
        (502, b"<title>502 inappropriate safety gateway</title>", ProviderFaultError),
        (503, says("Service Unavailable"), ProviderBusyError),
        (504, b"", ProviderTimeoutError),
        (520, b"", ProviderFaultError),
        (522, b"<title>522</title>", ProviderTimeoutError),
        (524, b"", ProviderTimeoutError),
        (302, b"", BadReplyError),
        (100, b"", BadReplyError),
        (999, b"", BadReplyError),
    ],
)
def test_every_status_and_shape_has_its_error(status: int, body: bytes, kind: type[PaintingError]) -> None:
    assert type(refusal(Reply(status, {}, body))) is kind


@pytest.mark.parametrize(
    "words",
    [
        "Request Moderated",
        "content moderation",
        "NSFW content detected",
        "flagged as sensitive",
        "safety system",
        "violates our content policy",
        "content_policy_violation",
        "inappropriate content",
    ],
)
def test_a_refusal_of_the_content_is_final(words: str) -> None:
    assert type(refusal(Reply(400, {}, says(words)))) is ModeratedError
    assert type(refusal(Reply(500, {}, coded("X_Y", "no", details=json.dumps({"reason": words}))))) is ModeratedError


@pytest.mark.parametrize(
    "words",
    [
        "safety_tolerance must be at most 5",
        "safety tolerance must be at most 5",
        "disable_safety_checker is not allowed",
        "names are case-sensitive",
        "moderate load",
    ],
)
def test_talk_of_parameters_is_no_moderation(words: str) -> None:
    assert type(refusal(Reply(400, {}, says(words)))) is InvalidRequestError


@pytest.mark.parametrize("echo", ["request", "config", "promptObject", "prompt", "input", "headers"])
def test_the_members_own_words_do_not_count(echo: str) -> None:
    body = upstream(429, more={echo: {"text": "a sensitive portrait", "status": 400}})
    assert type(refusal(Reply(400, {}, body))) is ProviderBusyError


def test_details_within_details_are_read() -> None:
    inner = json.dumps({"data": json.dumps({"response": {"status": 400, "data": json.dumps({"x": "nsfw"})}})})
    body = coded("EXTERNAL_API_RESPONSE_WITH_ERROR", "busy", details=inner)
    assert type(refusal(Reply(400, {}, body))) is ModeratedError


def test_details_without_end_are_given_up() -> None:
    text = json.dumps(["[" * 20 + '"nsfw"' + "]" * 20])
    assert type(refusal(Reply(400, {}, coded("X_Y", "no", details=text)))) is InvalidRequestError
    assert type(refusal(Reply(400, {}, b"[" * 100_000))) is InvalidRequestError


@pytest.mark.parametrize(
    "message",
    [
        "The feature requires 4800 credits, but the Singapore Office team only has 46 credits",
        "The feature requires 4800 credits, but the team only has 46 credits",
    ],
)
def test_the_figures_are_kept_and_the_team_is_not(message: str) -> None:
    error = refusal(Reply(406, {}, says(message)))

    assert isinstance(error, ProviderCreditsError)
    assert (error.needed, error.left) == (4800, 46)
    assert "Singapore" not in repr(error) + str(error) + str(vars(error))


def test_an_unknown_wording_has_no_figures() -> None:
    error = refusal(Reply(406, {}, says("No credits")))
    assert isinstance(error, ProviderCreditsError)
    assert (error.needed, error.left) == (None, None)


def test_a_busy_provider_can_say_when() -> None:
    error = refusal(Reply(503, {"Retry-After": "7"}, b""))
    assert isinstance(error, ProviderBusyError)
    assert error.wait == 7


@pytest.mark.parametrize(
    ("status", "body", "detail"),
    [
        (400, UNSUPPORTED, "400 UNSUPPORTED_MODEL"),
        (400, MISSING, "400 MISSING_REQUIRED_FIELDS fields safety_tolerance"),
        (400, upstream(422), "400 EXTERNAL_API_RESPONSE_WITH_ERROR upstream 422"),
        (403, b"error code: 1010", "403 edge 1010"),
        (502, b"", "502"),
        (400, coded("sk-Zebra-0451", "https://signed.example/?key"), "400"),
        (400, coded("Singapore Office", "Olivia"), "400"),
        (400, b'{"errorCode": 7, "error": {"code": "REAL_CODE"}}', "400 REAL_CODE"),
    ],
)
def test_the_log_is_told_codes_and_nothing_else(status: int, body: bytes, detail: str) -> None:
    assert refusal(Reply(status, {}, body)).detail == detail
