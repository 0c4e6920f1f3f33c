"""A modal as a person fills it in."""

from collections.abc import Mapping
from typing import Any, Final

from standins.discord.components import inside, throughout
from standins.discord.people.choosing import RADIO_GROUP, chosen, preset
from standins.discord.people.resolution import Resolution, as_list
from standins.discord.state import Payload

TEXT_INPUT, CHECKBOX = 4, 23
_LONGEST_TEXT: Final = 4000


def submission(modal: Payload, values: Mapping[str, Any], resolution: Resolution) -> Payload:
    """Raises `LookupError` or `ValueError` where the client would not let it go."""
    components: list[Payload] = modal["components"]
    fields = [it["custom_id"] for it in throughout(components) if "custom_id" in it]
    unknown = [name for name in values if name not in fields]
    if unknown:
        raise LookupError(f"the form has {fields}, not {unknown}")
    filled = [_filled(it, values, resolution) for it in components]
    return {"custom_id": modal["custom_id"], "components": filled, **resolution.data()}


def _filled(component: Payload, values: Mapping[str, Any], resolution: Resolution) -> Payload:
    filled: Payload = {"type": component["type"], "id": component["id"]}
    if "custom_id" in component:
        name = component["custom_id"]
        return filled | {"custom_id": name} | _entry(component, values.get(name), resolution, given=name in values)
    for inner in inside(component):
        if "component" in component:
            filled["component"] = _filled(inner, values, resolution)
        else:
            filled.setdefault("components", []).append(_filled(inner, values, resolution))
    return filled


def _entry(component: Payload, value: Any, resolution: Resolution, *, given: bool) -> Payload:
    if component["type"] == TEXT_INPUT:
        return {"value": _text(component, value if given else component.get("value") or "")}
    if component["type"] == CHECKBOX:
        return {"value": bool(value if given else component.get("default"))}
    wanted, optional = as_list(value) if given else preset(component), not component.get("required", True)
    values = chosen(component, wanted, resolution, optional=optional)
    if component["type"] == RADIO_GROUP:
        return {"value": values[0] if values else None}
    return {"values": values}


def _text(component: Payload, value: str) -> str:
    least = component.get("min_length") or int(component.get("required", True))
    if len(value) > (component.get("max_length") or _LONGEST_TEXT) or (
        (value or component.get("required", True)) and (len(value) < least)
    ):
        raise ValueError(f"{component['custom_id']} cannot be {len(value)} characters long")
    return value
