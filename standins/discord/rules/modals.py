from collections.abc import Iterator, Mapping
from typing import Any, Final

from standins.discord.components import inside
from standins.discord.refusals import Problem
from standins.discord.rules.files import file_type_problems
from standins.discord.rules.parts import (
    CHECKBOX_GROUP,
    FILE_UPLOAD,
    LABEL,
    RADIO_GROUP,
    ROW,
    TEXT,
    TEXT_INPUT,
    Path,
    bounds,
    everywhere,
    option_problems,
    part_problems,
)
from standins.discord.state import Payload

_TITLE_LIMIT: Final = 45
_FIELDS: Final = 5
_ID_LIMIT: Final = 100
_LONGEST_INPUT: Final = 4000


def modal_problems(modal: Mapping[str, Any]) -> Iterator[Problem]:
    components = list(modal.get("components") or [])
    if not 1 <= len(modal.get("title") or "") <= _TITLE_LIMIT:
        yield Problem(("title",), f"must have 1 to {_TITLE_LIMIT} characters")
    if not 1 <= len(modal.get("custom_id") or "") <= _ID_LIMIT:
        yield Problem(("custom_id",), f"must have 1 to {_ID_LIMIT} characters")
    if not 1 <= len(components) <= _FIELDS:
        yield Problem(("components",), f"a form has 1 to {_FIELDS} fields")
    placed = list(everywhere(components))
    yield from part_problems(placed)
    for path, part in placed:
        yield from _field(path, part)
    for place, component in enumerate(components):
        yield from _top(("components", place), component)


def _top(path: Path, component: Payload) -> Iterator[Problem]:
    if component.get("type") not in {LABEL, ROW, TEXT}:
        yield Problem((*path, "type"), "fields of a form stand in labels")
    if component.get("type") == LABEL and not component.get("component"):
        yield Problem((*path, "component"), "is required")
    for inner in inside(component):
        if component.get("type") == LABEL and inner.get("label"):
            yield Problem((*path, "component", "label"), "the label around it says it")


def _choice(path: Path, part: Payload) -> Iterator[Problem]:
    match part.get("type"):
        case kind if kind == RADIO_GROUP:
            yield from option_problems(path, part, 1)
        case kind if kind == CHECKBOX_GROUP:
            yield from bounds(path, part, "min_values", "max_values")
            yield from option_problems(path, part, part.get("max_values") or len(part.get("options") or []))
        case kind if kind == FILE_UPLOAD:
            yield from bounds(path, part, "min_values", "max_values")
            yield from file_type_problems(path, part)
        case _:
            pass


def _field(path: Path, part: Payload) -> Iterator[Problem]:
    if part.get("disabled"):
        yield Problem((*path, "disabled"), "is not for forms")
    yield from bounds(path, part, "min_length", "max_length")
    yield from _choice(path, part)
    if part.get("required", True) and part.get("min_values") == 0:
        yield Problem((*path, "min_values"), "must be at least 1 where something is required")
    if part.get("type") == TEXT_INPUT:
        longest = part.get("max_length") or _LONGEST_INPUT
        if len(part.get("value") or "") > longest:
            yield Problem((*path, "value"), f"more than {longest} characters")
