"""The answers that need no request: what the service, its provider and its edge say when they fail."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from standins.endpoint.contract import MODEL, Feature
from standins.endpoint.faults import Fault
from standins.endpoint.register import ArmedFault
from standins.endpoint.replies import (
    Delivery,
    Reply,
    coded,
    credits_wording,
    json_reply,
    page,
    too_many_requests,
    unauthorised,
)

_NEEDED, _LEFT = 4800, 46
_DEFAULT_WAIT = 151.0
_HTML_CHALLENGE = "<!DOCTYPE html><title>Just a moment...</title><p>Checking your browser before accessing api.1min.ai."


def canned(armed: ArmedFault) -> Reply:
    """The answer of a fault that leaves the request aside."""
    wait = _DEFAULT_WAIT if armed.retry_after is None else armed.retry_after
    match armed.fault:
        case Fault.RATE_LIMITED:
            return too_many_requests(wait)
        case Fault.RATE_LIMITED_HEADER_ONLY:
            return json_reply({"message": "Too many requests"}, status=429, headers=_retry_after(wait))
        case Fault.RATE_LIMITED_FIELD_ONLY:
            return json_reply({"message": "Too many requests", "retryAfter": wait}, status=429)
        case Fault.RATE_LIMITED_TEXT_ONLY:
            message = f"Too many requests. Please try again after {wait:g} seconds"
            return json_reply({"message": message}, status=429)
        case Fault.UNAVAILABLE:
            headers = {} if armed.retry_after is None else _retry_after(armed.retry_after)
            return json_reply({"message": "Service Unavailable"}, status=503, headers=headers)
        case _:
            return _FIXED[armed.fault]


def _retry_after(seconds: float) -> Mapping[str, str]:
    return {"Retry-After": f"{seconds:g}"}


def _provider(message: str, status: int, reason: str) -> Reply:
    details = {
        "response": {"status": status, "data": {"message": reason}},
        "request": {"url": "https://provider.example/v1/predictions"},
    }
    return coded(400, "EXTERNAL_API_RESPONSE_WITH_ERROR", message, details=details, service="replicate")


def _busy(status: int, reason: str) -> Reply:
    """The friendly text is the same whatever went wrong; only the details tell."""
    return _provider("The replicate service is a bit busy right now. Please try again later.", status, reason)


def _missing_fields() -> Reply:
    message = f"Missing required fields for {MODEL} model: prompt. Please provide them."
    details = [{"field": "prompt", "message": "prompt is required"}]
    return coded(400, "MISSING_REQUIRED_FIELDS", message, details=details)


def _credits_in_200(error: Mapping[str, str]) -> Reply:
    """Shape C: an error where the picture's key should be."""
    detail = {"promptObject": {}, "resultObject": error}
    record = {"uuid": "c3d4e5f6-a7b8-9012-cdef-123456789012", "status": "SUCCESS", "aiRecordDetail": detail}
    return json_reply({"aiRecord": record | {"model": MODEL, "type": Feature.GENERATOR}})


def _edge(status: int, title: str) -> Reply:
    return page(status, f"<!DOCTYPE html><title>api.1min.ai | {status}: {title}</title><h1>Error {status}</h1>")


_CREDITS = credits_wording(_NEEDED, _LEFT)
_FIXED: Final[Mapping[Fault, Reply]] = MappingProxyType(
    {
        Fault.UNSUPPORTED_MODEL: coded(
            400, "UNSUPPORTED_MODEL", f"Model {MODEL} is not supported for feature IMAGE_GENERATOR"
        ),
        Fault.UNSUPPORTED_MODEL_OLD_WORDING: json_reply(
            {"message": f"Invalid model {MODEL} for AI feature IMAGE_GENERATOR!"}, status=400
        ),
        Fault.MISSING_FIELDS: _missing_fields(),
        Fault.UPSTREAM_BUSY: _busy(429, "Request was throttled."),
        Fault.UPSTREAM_REFUSED: _busy(400, "aspect_ratio must be one of the allowed values"),
        Fault.UPSTREAM_MODERATED: _busy(400, "The input was flagged as sensitive by content moderation (NSFW)."),
        Fault.STRUCTURED_ERROR: json_reply(
            {"success": False, "error": {"code": "INVALID_REQUEST", "message": "The request is not valid"}},
            status=400,
        ),
        Fault.BAD_KEY: unauthorised("Invalid API Key"),
        Fault.KEY_DELETED: unauthorised("API Key has been deleted"),
        Fault.KEY_INACTIVE: unauthorised(
            "API Key is not active. Please contact your team administrator to be unblocked"
        ),
        Fault.PAYMENT_REQUIRED: json_reply({"message": "Payment Required"}, status=402),
        Fault.OUT_OF_CREDITS: coded(406, "INSUFFICIENT_CREDITS", _CREDITS),
        Fault.OUT_OF_CREDITS_IN_200: _credits_in_200({"code": "INSUFFICIENT_CREDITS", "message": _CREDITS}),
        Fault.OUT_OF_CREDITS_IN_200_NAMED: _credits_in_200({"name": "INSUFFICIENT_CREDITS", "error": _CREDITS}),
        Fault.PAYLOAD_TOO_LARGE: coded(413, "HTTP_EXCEPTION", "Request entity too large"),
        Fault.UNPROCESSABLE: json_reply(
            {
                "error": {
                    "message": "Validation failed",
                    "details": [{"path": "promptObject", "message": "Invalid"}],
                }
            },
            status=422,
        ),
        Fault.RATE_LIMITED_BARE: Reply(429),
        Fault.SERVER_ERROR: coded(500, "INTERNAL_SERVER_ERROR", "Internal server error"),
        Fault.BAD_GATEWAY: page(502, "<html><title>502 Bad Gateway</title></html>"),
        Fault.EDGE_BLOCKED: page(403, "error code: 1010", content_type="text/plain"),
        Fault.EDGE_RATE_LIMITED: page(429, "error code: 1015", content_type="text/plain"),
        Fault.EDGE_CHALLENGE: page(403, _HTML_CHALLENGE),
        Fault.EDGE_EMPTY: Reply(502, content_type="text/plain"),
        Fault.EDGE_UNREACHABLE: _edge(522, "Connection timed out"),
        Fault.RESET_AT_ONCE: Reply(delivery=Delivery.RESET),
        Fault.GATEWAY_TIMEOUT: page(504, "<html><title>504 Gateway Time-out</title></html>"),
        Fault.EDGE_UNKNOWN: _edge(520, "Web server is returning an unknown error"),
        Fault.EDGE_TIMEOUT: _edge(524, "A timeout occurred"),
        Fault.RESET_AFTER_BODY: Reply(delivery=Delivery.RESET),
        Fault.HANG: Reply(delivery=Delivery.HANG),
        Fault.EMPTY_ANSWER: Reply(200),
        Fault.BAD_JSON: Reply(200, b'{"aiRecord": undefined}'),
        Fault.TRUNCATED_JSON: Reply(200, b'{"aiRecord": {"uuid": "c3d4e5f6-a7b8-9012", "status": "SUCC'),
        Fault.ENORMOUS_JSON: Reply(200, b'{"aiRecord": {"padding": "', delivery=Delivery.FLOOD),
        Fault.POLL_NULL: json_reply({"aiRecord": None}),
    }
)
