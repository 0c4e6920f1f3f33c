"""Generations, and how the service tells of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from standins.endpoint.contract import MODEL, Order
from standins.endpoint.faults import Fault
from standins.endpoint.pictures import FOREIGN_ORIGIN
from standins.endpoint.register import ArmedFault

_MODERATED = "The generated image was flagged by content moderation as sensitive."
_NO_REASON = "Generation failed"
_LONG_AGO = timedelta(days=365)

Linker = Callable[[str, datetime], str]
"""Makes the address of the picture with this key, signed at this moment."""


class State(StrEnum):
    PROCESSING = "PROCESSING"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Generation:
    uuid: str
    order: Order
    key: str
    created_at: datetime
    state: State = State.PROCESSING
    reason: str | None = None
    armed: ArmedFault | None = None
    """The fault that bends its record, if any."""


def bend(generation: Generation, armed: ArmedFault | None) -> Generation:
    """The generation as the fault lets it end."""
    match armed.fault if armed else None:
        case Fault.MODERATED:
            return replace(generation, state=State.FAILURE, reason=_MODERATED, armed=armed)
        case Fault.FAILED:
            return replace(generation, state=State.FAILURE, reason=_NO_REASON, armed=armed)
        case Fault.FAILED_OTHER_SPELLING:
            return replace(generation, state=State.FAILED, reason=_NO_REASON, armed=armed)
        case Fault.POLL_NEVER_ENDS:
            return replace(generation, state=State.PROCESSING, armed=armed)
        case _:
            return replace(generation, armed=armed)


def tell(generation: Generation, link: Linker) -> dict[str, Any]:
    record = _record(generation)
    fault = generation.armed.fault if generation.armed else None
    if generation.state is not State.SUCCESS or fault is Fault.SUCCESS_WITHOUT_URL:
        return {"aiRecord": record}
    url = _picture_url(generation, link)
    if fault is Fault.URL_AT_TOP_LEVEL:
        return {"aiRecord": record, "temporaryUrl": url}
    return {"aiRecord": record | {"temporaryUrl": url}}


def _picture_url(generation: Generation, link: Linker) -> str:
    now = datetime.now(UTC)
    match generation.armed:
        case ArmedFault(fault=Fault.FOREIGN_PICTURE_URL, url=url):
            return url or f"{FOREIGN_ORIGIN}/asset.1min.ai/{generation.key}"
        case ArmedFault(fault=Fault.EXPIRED_PICTURE_URL):
            return link(generation.key, now - _LONG_AGO)
        case _:
            return link(generation.key, now)


def _record(generation: Generation) -> dict[str, Any]:
    return {
        "uuid": generation.uuid,
        "userId": "6b7f0e0d-1111-4222-8333-0123456789ab",
        "teamId": "0f9d6f53-4444-4555-8666-ba9876543210",
        "teamUser": _team_user(),
        "model": MODEL,
        "type": generation.order.feature,
        "status": generation.state,
        "createdAt": f"{generation.created_at.isoformat(timespec='milliseconds').removesuffix('+00:00')}Z",
        "metadata": None,
        "rating": None,
        "feedback": None,
        "conversationId": None,
        "additionalData": None,
        "aiRecordDetail": _detail(generation),
    }


def _team_user() -> dict[str, Any]:
    """Belongs to the owner of the account: a client must neither log nor show any of it."""
    return {
        "userName": "Olivia Owner",
        "userAvatar": "https://lh3.example/avatar.png",
        "role": "ADMIN",
        "status": "ACTIVE",
        "creditLimit": 100_000_000,
        "usedCredit": 1_234_567,
    }


def _detail(generation: Generation) -> dict[str, Any]:
    done = generation.state is State.SUCCESS
    detail = {"promptObject": dict(generation.order.sent), "resultObject": [generation.key] if done else []}
    return detail if generation.reason is None else detail | {"errorMessage": generation.reason}
