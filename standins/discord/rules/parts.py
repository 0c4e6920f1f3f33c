"""Rules of single components, wherever they stand."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from standins.discord.components import inside
from standins.discord.refusals import Problem
from standins.discord.state import Payload

ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 5, 6, 7, 8
SELECTS: Final = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL, FILE_UPLOAD = 9, 10, 11, 12, 13, 14, 17, 18, 19
RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 21, 22, 23

_LINK, _PREMIUM = 5, 6
_LABEL_LIMIT: Final = 80
_ID_LIMIT: Final = 100

_DEFAULTS: Final = {
    USER_SELECT: {"user"},
    ROLE_SELECT: {"role"},
    MENTIONABLE_SELECT: {"user", "role"},
    CHANNEL_SELECT: {"channel"},
}

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


def option_problems(path: Path, part: Payload, most: int) -> Iterator[Problem]:
    """Of whatever has options to choose from."""
    options = part.get("options") or []
    values = [it.get("value") for it in options]
    if len(set(values)) < len(values):
        yield Problem((*path, "options"), "values stand twice")
    if most > len(options):
        yield Problem((*path, "max_values"), "more than there are options")
    if sum(bool(it.get("default")) for it in options) > most:
        yield Problem((*path, "options"), "more defaults than can be chosen")


def _select(path: Path, part: Payload) -> Iterator[Problem]:
    yield from bounds(path, part, "min_values", "max_values")
    least, most = part.get("min_values"), part.get("max_values") or 1
    if part.get("type") == STRING_SELECT:
        yield from option_problems(path, part, most)
        return
    chosen = part.get("default_values") or []
    if chosen and not (1 if least is None else least) <= len(chosen) <= most:
        yield Problem((*path, "default_values"), f"{len(chosen)} where {least} to {most} can be chosen")
    for place, value in enumerate(chosen):
        if value.get("type") not in _DEFAULTS[part["type"]]:
            yield Problem((*path, "default_values", place, "type"), "cannot be chosen here")
