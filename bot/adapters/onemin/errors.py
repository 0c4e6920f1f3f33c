"""Which of our errors a complaint amounts to.

Sources: the statuses and codes noted by several clients of the API; none of it is promised by the vendor.
"""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from bot.adapters.onemin.complaints import Complaint, complaint_of
from bot.adapters.onemin.waits import header_wait
from bot.adapters.onemin.wire import SOURCE_FIELD, Reply
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
    SourceGoneError,
)

_EDGE_RATE_LIMIT: Final = 1015

_BY_STATUS: Final[Mapping[int, type[PaintingError]]] = MappingProxyType(
    {
        401: AuthenticationError,
        403: AuthenticationError,
        408: ProviderTimeoutError,
        425: ProviderBusyError,
        429: RateLimitedError,
        503: ProviderBusyError,
        504: ProviderTimeoutError,
        522: ProviderTimeoutError,
        524: ProviderTimeoutError,
    }
)
_BY_CODE: Final[Mapping[str, type[PaintingError]]] = MappingProxyType(
    {"MISSING_REQUIRED_FIELDS": InvalidRequestError, "UNSUPPORTED_MODEL": InvalidRequestError}
)
# The supplier's own troubles with 1min.ai are neither the member's fault nor our key's.
_BY_UPSTREAM: Final[Mapping[int, type[PaintingError]]] = MappingProxyType(
    {401: ProviderFaultError, 402: ProviderFaultError, 403: ProviderFaultError, 408: ProviderBusyError}
    | {429: ProviderBusyError}
)


def refusal(reply: Reply) -> PaintingError:
    """The error of a reply whose status is one."""
    return judged(reply, complaint_of(reply.body))


def judged(reply: Reply, complaint: Complaint) -> PaintingError:
    detail = _detail(reply.status, complaint)
    kind = _kind(reply.status, complaint)
    if kind is ProviderCreditsError:
        needed, left = complaint.credits or (None, None)
        return ProviderCreditsError(detail, needed=needed, left=left)
    if kind is RateLimitedError:
        return RateLimitedError(detail, wait=named_wait(reply, complaint))
    if kind is ProviderBusyError:
        return ProviderBusyError(detail, wait=header_wait(reply))
    return kind(detail)


def named_wait(reply: Reply, complaint: Complaint) -> float | None:
    """The header's word, then the body's field, then the number in its text."""
    wait = header_wait(reply)
    return complaint.wait if wait is None else wait


def _kind(status: int, complaint: Complaint) -> type[PaintingError]:
    if status == HTTPStatus.UNAUTHORIZED:
        return AuthenticationError
    if complaint.out_of_credits or status in {402, 406}:
        return ProviderCreditsError
    if complaint.code in _BY_CODE and SOURCE_FIELD not in complaint.fields:
        return _BY_CODE[complaint.code]
    if status == HTTPStatus.TOO_MANY_REQUESTS or complaint.edge == _EDGE_RATE_LIMIT:
        return RateLimitedError
    return _told_kind(complaint) or _upstream_kind(complaint) or _status_kind(status, complaint)


def _told_kind(complaint: Complaint) -> type[PaintingError] | None:
    """What only the words say."""
    if complaint.moderated:
        return ModeratedError
    return SourceGoneError if complaint.source_gone else None


def _upstream_kind(complaint: Complaint) -> type[PaintingError] | None:
    """The API words every fault of its supplier as a busy one; the supplier's status, deep inside, is the truth."""
    if complaint.code != "EXTERNAL_API_RESPONSE_WITH_ERROR" and not complaint.code.endswith("_UNEXPECTED_ERROR"):
        return None
    upstream = complaint.upstream or HTTPStatus.INTERNAL_SERVER_ERROR
    broken = upstream >= HTTPStatus.INTERNAL_SERVER_ERROR
    return _BY_UPSTREAM.get(upstream, ProviderBusyError if broken else InvalidRequestError)


def _status_kind(status: int, complaint: Complaint) -> type[PaintingError]:
    if status == HTTPStatus.FORBIDDEN and not complaint.in_json:
        return ProviderFaultError
    match status // 100:
        case 4:
            return _BY_STATUS.get(status, InvalidRequestError)
        case 2 | 5:
            return _BY_STATUS.get(status, ProviderFaultError)
        case _:
            return BadReplyError


def _detail(status: int, complaint: Complaint) -> str:
    hints = [str(status), complaint.code]
    hints += [f"upstream {complaint.upstream}"] if complaint.upstream else []
    hints += [f"edge {complaint.edge}"] if complaint.edge else []
    hints += [f"fields {','.join(complaint.fields)}"] if complaint.fields else []
    return " ".join(hint for hint in hints if hint)
