"""What goes back to the caller, and the shapes that the vendor gives to its errors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from types import MappingProxyType


class Delivery(StrEnum):
    WHOLE = auto()
    CUT = auto()
    """All of it is announced, half of it is sent."""
    FLOOD = auto()
    """The body opens an answer far larger than anybody should read."""
    RESET = auto()
    HANG = auto()


@dataclass(frozen=True, slots=True)
class Reply:
    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    delivery: Delivery = Delivery.WHOLE

    @property
    def arrives(self) -> bool:
        return self.delivery not in {Delivery.RESET, Delivery.HANG}


class RefusedError(Exception):
    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def json_reply(payload: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(status, json.dumps(payload).encode(), headers=headers or MappingProxyType({}))


def coded(status: int, code: str, message: str, *, details: object = None, service: str | None = None) -> Reply:
    """Shape A. The vendor sends `details` as JSON inside a string."""
    payload: dict[str, object] = {"errorCode": code, "message": message}
    if details is not None:
        payload["details"] = json.dumps(details)
    if service is not None:
        payload["context"] = {"service": service}
    return json_reply(payload, status=status)


def unauthorised(message: str) -> Reply:
    return coded(401, "HTTP_EXCEPTION", message)


def page(status: int, text: str, *, content_type: str = "text/html") -> Reply:
    return Reply(status, text.encode(), content_type)


def storage_error(status: int, code: str, message: str) -> Reply:
    """What object storage answers: XML, never JSON."""
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>'
    return page(status, text, content_type="application/xml")


def too_many_requests(seconds: float) -> Reply:
    """Shape F, with the hint in all three places where clients look for it."""
    payload = {
        "message": f"Too many requests. Please try again after {seconds:g} seconds",
        "retryAfter": seconds,
    }
    return json_reply(payload, status=429, headers={"Retry-After": f"{seconds:g}"})


def credits_wording(needed: int, left: int) -> str:
    return f"The feature requires {needed} credits, but the Stand-in Studio team only has {left} credits"
