"""A modal as a person fills it in."""

from collections.abc import Mapping
from typing import Any

from standins.discord.components import inside, throughout
from standins.discord.state import Payload

TEXT_INPUT = 4


def submission(modal: Payload, values: Mapping[str, Any]) -> Payload:
    """Raises `LookupError` or `ValueError` where the client would not let it go."""
    fields = [it["custom_id"] for it in throughout(modal["components"]) if "custom_id" in it]
    unknown = [name for name in values if name not in fields]
    if unknown:
        raise LookupError(f"the form has {fields}, not {unknown}")
    components = [_filled(it, values) for it in modal["components"]]
    return {"custom_id": modal["custom_id"], "components": components}


def _filled(component: Payload, values: Mapping[str, Any]) -> Payload:
    filled: Payload = {"type": component["type"], "id": component.get("id", 0)}
    if "custom_id" not in component:
        for inner in inside(component):
            if "component" in component:
                filled["component"] = _filled(inner, values)
            else:
                filled.setdefault("components", []).append(_filled(inner, values))
        return filled
    name = component["custom_id"]
    if component["type"] == TEXT_INPUT:
        return filled | {"custom_id": name, "value": _text(component, values.get(name, component.get("value") or ""))}
    return filled | {"custom_id": name, "values": list(values.get(name, []))}


def _text(component: Payload, value: str) -> str:
    least = component.get("min_length") or int(component.get("required", True))
    if len(value) > (component.get("max_length") or 4000) or (
        (value or component.get("required", True)) and (len(value) < least)
    ):
        raise ValueError(f"{component['custom_id']} cannot be {len(value)} characters long")
    return value
