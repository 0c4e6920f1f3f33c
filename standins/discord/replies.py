import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from standins.discord.faults import Fault
from standins.discord.refusals import RefusedError

_VIA: Final = "1.1 google"


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    via: bool = True

    @property
    def content(self) -> bytes:
        return b"" if self.status == 204 else json.dumps(self.body).encode()

    def head(self, limits: Mapping[str, str]) -> dict[str, str]:
        """Clients compare the content type exactly: it must not name a charset."""
        head = {**limits, **self.headers}
        if self.via:
            head["Via"] = _VIA
        return head if self.status == 204 else {**head, "Content-Type": "application/json"}


def refused(error: RefusedError) -> Reply:
    return Reply(error.refusal.status, error.body)


def too_many_requests(seconds: float, *, everywhere: bool = False, scope: str = "user", via: bool = True) -> Reply:
    headers = {"Retry-After": f"{seconds:.3f}", "X-RateLimit-Scope": scope}
    if everywhere:
        headers["X-RateLimit-Global"] = "true"
    who = "The resource is" if scope == "shared" else "You are"
    body = {"message": f"{who} being rate limited.", "retry_after": seconds, "global": everywhere}
    return Reply(429, body, headers, via)


def ordered(fault: Fault) -> Reply:
    if fault.status == 429:
        scope = "global" if fault.everywhere else "shared"
        return too_many_requests(fault.retry_after, everywhere=fault.everywhere, scope=scope, via=fault.via)
    return Reply(fault.status, {"message": "A fault that was ordered", "code": fault.code}, via=fault.via)
