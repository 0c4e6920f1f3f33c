"""Faults ordered from within a prompt, for a try-out by hand: `a lighthouse #fault:moderated`."""

import re
from collections.abc import Mapping
from typing import Any

from standins.endpoint.faults import Fault
from standins.endpoint.register import ArmedFault

_WISH = re.compile(r"#fault:(\w+)")


def wished_fault(body: Mapping[str, Any]) -> ArmedFault | None:
    """A prompt is free text: a name that is no fault is none of our business."""
    inner = body.get("promptObject")
    prompt = inner.get("prompt") if isinstance(inner, dict) else None
    wish = _WISH.search(prompt) if isinstance(prompt, str) else None
    if wish is None or wish[1].lower() not in set(Fault):
        return None
    return ArmedFault(Fault(wish[1].lower()))
