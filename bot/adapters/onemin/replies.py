"""Turns a reply into what it promises or raises what it admits.

Envelope: `{"aiRecord": {"uuid", "status", "aiRecordDetail": {"resultObject"}, "temporaryUrl"}}`. Only `SUCCESS`,
`PROCESSING` and `FAILURE` are documented as status. The record also names the account: it is never passed on whole.
"""

import re
from http import HTTPStatus
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, Field
from pydantic_core import from_json

from bot.adapters.onemin.complaints import complaint_in
from bot.adapters.onemin.errors import judged, refusal
from bot.adapters.onemin.wire import Reply
from bot.domain.failures import BadReplyError
from bot.domain.pictures import Painted, Pending

_DONE: Final = frozenset({"", "SUCCESS", "SUCCEEDED", "COMPLETED"})
_FAILED: Final = frozenset({"FAILURE", "FAILED", "ERROR"})
_REFERENCE: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")


class BlankReplyError(BadReplyError):
    """Nothing is known of the record, or not where its picture is; a moment later that can be different."""


def optional(kind: type, otherwise: Any = None) -> BeforeValidator:
    # A field of another type than documented is as good as missing; it must not spoil the rest of a paid reply.
    return BeforeValidator(lambda value: value if isinstance(value, kind) else otherwise)


Text = Annotated[str | None, optional(str)]


class Detail(BaseModel):
    result: Any = Field(default=None, alias="resultObject")
    response: Any = Field(default=None, alias="responseObject")
    error: Any = Field(default=None, alias="errorMessage")

    def address(self) -> str | None:
        """Results are storage keys; a few old replies hold an address in their place."""
        results = self.result if isinstance(self.result, list) else [self.result]
        return next((r for r in results if isinstance(r, str) and r.startswith(("https://", "http://"))), None)

    def admits_error(self) -> bool:
        return any(isinstance(o, dict) and o.keys() & {"code", "message", "name", "error"} for o in self._outcomes())

    def admissions(self) -> dict[str, Any]:
        objects = {str(at): outcome for at, outcome in enumerate(self._outcomes())}
        return {"message": self.error, **objects}

    def _outcomes(self) -> tuple[Any, Any]:
        return self.result, self.response


class Record(BaseModel):
    uuid: Text = None
    status: Text = None
    url: Text = Field(default=None, alias="temporaryUrl")
    detail: Annotated[Detail | None, optional(dict)] = Field(default=None, alias="aiRecordDetail")

    @property
    def state(self) -> str:
        return (self.status or "").strip().upper()

    @property
    def reference(self) -> str | None:
        return self.uuid if self.uuid and _REFERENCE.fullmatch(self.uuid) else None


class Envelope(BaseModel):
    record: Annotated[Record | None, optional(dict)] = Field(default=None, alias="aiRecord")
    url: Text = Field(default=None, alias="temporaryUrl")

    def address(self) -> str | None:
        """Where the picture is, if it is finished."""
        if self.record is None or self.record.state not in _DONE:
            return None
        return self.record.url or self.url or (self.record.detail.address() if self.record.detail else None)


def ordered(reply: Reply) -> Painted | Pending:
    """What a paid call came to.

    A finished picture without an address is `Pending`: its record can be read again, free of charge. So is any
    status that is no known end: what may still be painted is not given up.
    """
    envelope = _opened(reply)
    reference = envelope.record.reference if envelope.record else None
    if address := envelope.address():
        return Painted(reference or "", address)
    if reference is None:
        raise BadReplyError(f"{reply.status} without picture and reference")
    return Pending(reference)


def followed(reply: Reply, reference: str) -> Painted | Pending:
    """What has become of an earlier call; raises `BlankReplyError` where the reply does not say."""
    if reply.status == HTTPStatus.NOT_FOUND:
        raise BlankReplyError("404")
    envelope = _opened(reply)
    if address := envelope.address():
        return Painted(reference, address)
    if envelope.record is None:
        raise BlankReplyError(f"{reply.status} without record")
    if envelope.record.state in _DONE:
        raise BlankReplyError(f"{reply.status} without address")
    return Pending(reference)


def _opened(reply: Reply) -> Envelope:
    if not HTTPStatus.OK <= reply.status < HTTPStatus.MULTIPLE_CHOICES:
        raise refusal(reply)
    try:
        tree = from_json(reply.body)
        envelope = Envelope.model_validate(tree)
    # The errors quote the reply, which names the account: they must not even be chained.
    except ValueError:
        raise BadReplyError(f"{reply.status} is no reply of the API") from None
    _admit(reply, envelope, tree)
    return envelope


def _admit(reply: Reply, envelope: Envelope, tree: dict[str, Any]) -> None:
    """A reply of status 200 can still be an error: at its top, in its record's status, or in place of the result."""
    record = envelope.record
    if record is None:
        if _is_error(tree):
            raise judged(reply, complaint_in(tree))
        return
    detail = record.detail or Detail()
    if record.state in _FAILED or detail.admits_error():
        raise judged(reply, complaint_in(detail.admissions()))


def _is_error(tree: dict[str, Any]) -> bool:
    spoken = {"errorCode", "error"} if "aiRecord" in tree else {"errorCode", "error", "message"}
    return tree.get("success") is False or any(tree.get(name) for name in spoken)


def listed(reply: Reply) -> frozenset[str]:
    """The models of a list that nobody documents; empty where it is none."""
    if reply.status != HTTPStatus.OK:
        return frozenset()
    try:
        tree = from_json(reply.body)
    except ValueError:
        return frozenset()
    found = tree.get("models") if isinstance(tree, dict) else tree
    models = found if isinstance(found, list) else []
    return frozenset(it["modelId"] for it in models if isinstance(it, dict) and isinstance(it.get("modelId"), str))
