"""The faults that can be ordered, and where each of them strikes."""

from collections.abc import Mapping
from enum import StrEnum, auto
from types import MappingProxyType
from typing import Final


class PathKind(StrEnum):
    GENERATE = auto()
    RESULT = auto()
    DOWNLOAD = auto()
    ASSET = auto()
    MODELS = auto()


class Stage(StrEnum):
    DOOR = auto()
    """Instead of any work: nothing is painted, nothing is billed."""
    RECORD = auto()
    """The work is done or billed, and its record reads differently."""
    ANSWER = auto()
    """The work is done and billed, and the answer is lost or damaged on its way."""
    PICTURE = auto()
    """The record is in order, and the picture behind its URL is not."""


class Fault(StrEnum):
    UNSUPPORTED_MODEL = auto()
    UNSUPPORTED_MODEL_OLD_WORDING = auto()
    MISSING_FIELDS = auto()
    UPSTREAM_BUSY = auto()
    UPSTREAM_REFUSED = auto()
    UPSTREAM_MODERATED = auto()
    STRUCTURED_ERROR = auto()
    BAD_KEY = auto()
    KEY_DELETED = auto()
    KEY_INACTIVE = auto()
    PAYMENT_REQUIRED = auto()
    OUT_OF_CREDITS = auto()
    OUT_OF_CREDITS_IN_200 = auto()
    OUT_OF_CREDITS_IN_200_NAMED = auto()
    PAYLOAD_TOO_LARGE = auto()
    UNPROCESSABLE = auto()
    RATE_LIMITED = auto()
    RATE_LIMITED_HEADER_ONLY = auto()
    RATE_LIMITED_FIELD_ONLY = auto()
    RATE_LIMITED_TEXT_ONLY = auto()
    RATE_LIMITED_BARE = auto()
    SERVER_ERROR = auto()
    BAD_GATEWAY = auto()
    UNAVAILABLE = auto()
    EDGE_BLOCKED = auto()
    EDGE_RATE_LIMITED = auto()
    EDGE_CHALLENGE = auto()
    EDGE_EMPTY = auto()
    EDGE_UNREACHABLE = auto()
    RESET_AT_ONCE = auto()

    GATEWAY_TIMEOUT = auto()
    EDGE_UNKNOWN = auto()
    EDGE_TIMEOUT = auto()
    RESET_AFTER_BODY = auto()
    HANG = auto()
    EMPTY_ANSWER = auto()
    BAD_JSON = auto()
    TRUNCATED_JSON = auto()
    ENORMOUS_JSON = auto()

    MODERATED = auto()
    FAILED = auto()
    FAILED_OTHER_SPELLING = auto()
    SUCCESS_WITHOUT_URL = auto()
    URL_AT_TOP_LEVEL = auto()
    PROCESSING_FIRST = auto()
    POLL_NEVER_ENDS = auto()
    POLL_NULL = auto()
    FOREIGN_PICTURE_URL = auto()
    EXPIRED_PICTURE_URL = auto()
    OTHER_FORMAT = auto()

    PICTURE_IS_HTML = auto()
    PICTURE_TRUNCATED = auto()
    PICTURE_OVERSIZE = auto()
    PICTURE_BOMB = auto()
    PICTURE_WEBP = auto()
    PICTURE_EMPTY = auto()
    PICTURE_REDIRECTED = auto()
    PICTURE_MISSING = auto()
    PICTURE_FORBIDDEN = auto()

    @property
    def stage(self) -> Stage:
        if self in _RECORD:
            return Stage.RECORD
        if self in _ANSWER:
            return Stage.ANSWER
        return Stage.PICTURE if self in _PICTURE else Stage.DOOR

    @property
    def kinds(self) -> frozenset[PathKind]:
        """The paths where this fault makes sense, and where it strikes unless it is limited to one."""
        if self is Fault.POLL_NULL:
            return frozenset({PathKind.RESULT})
        if self in _GENERATION_ONLY:
            return frozenset({PathKind.GENERATE})
        return _KINDS_OF_STAGE[self.stage]


_GENERATION_ONLY: Final = frozenset(
    {
        Fault.UNSUPPORTED_MODEL,
        Fault.UNSUPPORTED_MODEL_OLD_WORDING,
        Fault.MISSING_FIELDS,
        Fault.UPSTREAM_BUSY,
        Fault.UPSTREAM_REFUSED,
        Fault.UPSTREAM_MODERATED,
        Fault.STRUCTURED_ERROR,
        Fault.PAYMENT_REQUIRED,
        Fault.OUT_OF_CREDITS,
        Fault.OUT_OF_CREDITS_IN_200,
        Fault.OUT_OF_CREDITS_IN_200_NAMED,
        Fault.PROCESSING_FIRST,
    }
)
_RECORD: Final = frozenset(
    {
        Fault.MODERATED,
        Fault.FAILED,
        Fault.FAILED_OTHER_SPELLING,
        Fault.SUCCESS_WITHOUT_URL,
        Fault.URL_AT_TOP_LEVEL,
        Fault.PROCESSING_FIRST,
        Fault.POLL_NEVER_ENDS,
        Fault.FOREIGN_PICTURE_URL,
        Fault.EXPIRED_PICTURE_URL,
        Fault.OTHER_FORMAT,
    }
)
_ANSWER: Final = frozenset(
    {
        # The edge gave up waiting; the origin may well have finished the work.
        Fault.GATEWAY_TIMEOUT,
        Fault.EDGE_UNKNOWN,
        Fault.EDGE_TIMEOUT,
        Fault.RESET_AFTER_BODY,
        Fault.HANG,
        Fault.EMPTY_ANSWER,
        Fault.BAD_JSON,
        Fault.TRUNCATED_JSON,
        Fault.ENORMOUS_JSON,
    }
)
_PICTURE: Final = frozenset(fault for fault in Fault if fault.name.startswith("PICTURE_"))

_KINDS_OF_STAGE: Final[Mapping[Stage, frozenset[PathKind]]] = MappingProxyType(
    {
        Stage.DOOR: frozenset(PathKind),
        Stage.RECORD: frozenset({PathKind.GENERATE, PathKind.RESULT}),
        Stage.ANSWER: frozenset(PathKind),
        Stage.PICTURE: frozenset({PathKind.DOWNLOAD}),
    }
)
