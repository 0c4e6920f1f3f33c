"""A message as a person reads it."""

from collections.abc import Iterator
from typing import Any, Final

from standins.discord.components import throughout
from standins.discord.state import Payload

BUTTON: Final = 2
_LINK: Final = 5


def texts(message: Payload) -> str:
    """Everything that is written on it, one block a line."""
    parts = [message["content"]] if message["content"] else []
    return "\n".join(parts + [it["content"] for it in throughout(message["components"]) if "content" in it])


def buttons(message: Payload) -> list[str]:
    return [it.get("label", "") for it in _buttons(message)]


def pictures(message: Payload) -> list[Payload]:
    """What its galleries show: each with its address and its alt text."""
    return [item for it in throughout(message["components"]) for item in it.get("items", [])]


def button(message: Payload, *, label: str | None = None, custom_id: str | None = None) -> Payload:
    """The one that can be pressed. Raises `LookupError`."""
    for it in _buttons(message):
        if (label is None or it.get("label") == label) and (custom_id is None or it.get("custom_id") == custom_id):
            if it.get("disabled") or it["style"] == _LINK:
                raise LookupError(f"{it.get('label')!r} cannot be pressed")
            return it
    raise LookupError(f"no button {label or custom_id!r} among {buttons(message)}")


def select(message: Payload, custom_id: str) -> Payload:
    """The part in which something can be chosen. Raises `LookupError`."""
    found = next((it for it in throughout(message["components"]) if it.get("custom_id") == custom_id), None)
    if found is None or found["type"] == BUTTON or found.get("disabled"):
        raise LookupError(f"nothing to choose under {custom_id!r}")
    return found


def _buttons(message: Payload) -> Iterator[dict[str, Any]]:
    return (it for it in throughout(message["components"]) if it["type"] == BUTTON)
