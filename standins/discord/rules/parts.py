"""Rules of single components, wherever they stand."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from standins.discord.components import inside
from standins.discord.refusals import Problem
from standins.discord.state import Payload

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SELECTS: Final = frozenset({3, 5, 6, 7, 8})
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL, FILE_UPLOAD = 9, 10, 11, 12, 13, 14, 17, 18, 19

_LINK, _PREMIUM = 5, 6
_LABEL_LIMIT: Final = 80
_ID_LIMIT: Final = 100

Path = tuple[str | int, ...]
Placed = tuple[Path, Payload]


def everywhere(components: Sequence[Payload], path: Path = ("components",)) -> Iterator[Placed]:
    """Each with the place where it stands."""
    for place, component in enumerate(components):
        yield (*path, place), component
        yield from everywhere(list(inside(component)), (*path, place, "components"))


def part_problems(placed: Sequence[Placed]) -> Iterator[Problem]:
    yield from _twice(placed, "custom_id")
    yield from _twice(placed, "id")
    for path, part in placed:
        yield from _custom_id(path, part)
        if part.get("type") == BUTTON:
            yield from _button(path, part)
        elif part.get("type") in SELECTS:
            yield from _select(path, part)


def bounds(path: Path, part: Payload, low: str, high: str) -> Iterator[Problem]:
    if part.get(low) is not None and part.get(high) is not None and part[low] > part[high]:
        yield Problem((*path, low), f"must not be larger than {high}")


def _twice(placed: Sequence[Placed], name: str) -> Iterator[Problem]:
    seen: set[Any] = set()
    for path, part in placed:
        value = part.get(name)
        if value and value in seen:
            yield Problem((*path, name), f"{value!r} stands twice")
        seen.add(value)


def _custom_id(path: Path, part: Payload) -> Iterator[Problem]:
    if "custom_id" in part and not 1 <= len(part["custom_id"] or "") <= _ID_LIMIT:
        yield Problem((*path, "custom_id"), f"must have 1 to {_ID_LIMIT} characters")


def _button(path: Path, part: Payload) -> Iterator[Problem]:
    style = part.get("style")
    needed = {_LINK: "url", _PREMIUM: "sku_id"}.get(style or 0, "custom_id")
    for name in ("custom_id", "url", "sku_id"):
        if (part.get(name) is not None) is not (name == needed):
            yield Problem((*path, name), f"a button of style {style} has a {needed} and no other")
    named = part.get("label") or part.get("emoji")
    if style == _PREMIUM and named:
        yield Problem(path, "a premium button has neither label nor emoji")
    elif style != _PREMIUM and not named:
        yield Problem(path, "a button needs a label or an emoji")
    if len(part.get("label") or "") > _LABEL_LIMIT:
        yield Problem((*path, "label"), f"more than {_LABEL_LIMIT} characters")


def _select(path: Path, part: Payload) -> Iterator[Problem]:
    yield from bounds(path, part, "min_values", "max_values")
    options = part.get("options") or []
    values = [it.get("value") for it in options]
    if len(set(values)) < len(values):
        yield Problem((*path, "options"), "values stand twice")
    if part.get("type") == STRING_SELECT and (part.get("max_values") or 1) > len(options):
        yield Problem((*path, "max_values"), "more than there are options")
    if sum(bool(it.get("default")) for it in options) > (part.get("max_values") or 1):
        yield Problem((*path, "options"), "more defaults than can be chosen")
