"""The parts of messages and forms in which something is chosen."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from standins.discord.people.resolution import Resolution
from standins.discord.state import Payload

STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 3, 5, 6, 7, 8
FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP = 19, 21, 22
_OF_OPTIONS: Final = frozenset({STRING_SELECT, RADIO_GROUP, CHECKBOX_GROUP})


def chosen(component: Payload, values: Sequence[Any], resolution: Resolution, *, optional: bool = False) -> list[str]:
    """By values of its options, or by whatever bears an id. Raises `LookupError` or `ValueError`."""
    kind, name = component["type"], component["custom_id"]
    if optional and not values:
        return []
    least, most = _bounds(component)
    if not least <= len(values) <= most:
        raise ValueError(f"{name} takes {least} to {most}, not {len(values)}")
    if kind in _OF_OPTIONS:
        picked = _of_options(component, values)
    else:
        picked = [_resolved(component, it, resolution) for it in values]
    if len(set(picked)) < len(picked):
        raise ValueError(f"{name} takes nothing twice")
    return picked


def _bounds(component: Payload) -> tuple[int, int]:
    """How many can be chosen."""
    least, most = component.get("min_values"), component.get("max_values")
    all_of_them = len(component["options"]) if component["type"] == CHECKBOX_GROUP else 1
    return 1 if least is None else least, all_of_them if most is None else most


def preset(component: Payload) -> list[Any]:
    """What is chosen already when it is shown."""
    options: Iterable[Payload] = component.get("options") or []
    values = [it["value"] for it in options if it.get("default")]
    return values + [it["id"] for it in component.get("default_values") or []]


def _of_options(component: Payload, values: Sequence[Any]) -> list[str]:
    offered = [it["value"] for it in component["options"]]
    missing = [it for it in values if it not in offered]
    if missing:
        raise LookupError(f"{missing} cannot be chosen among {offered}")
    return list(values)


def _resolved(component: Payload, value: Any, resolution: Resolution) -> str:
    match component["type"]:
        case kind if kind == USER_SELECT:
            return resolution.user(value)
        case kind if kind == ROLE_SELECT:
            return resolution.role(value)
        case kind if kind == MENTIONABLE_SELECT:
            return resolution.mentionable(value)
        case kind if kind == CHANNEL_SELECT:
            return resolution.place(value, component.get("channel_types"))
        case kind if kind == FILE_UPLOAD:
            return resolution.file(value, component.get("file_types"))
        case kind:
            raise LookupError(f"nothing to choose in a component of type {kind}")
