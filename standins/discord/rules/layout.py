"""How the components of a message may stand together."""

from collections.abc import Iterator, Sequence
from typing import Final

from standins.discord.components import LOCAL
from standins.discord.refusals import Problem
from standins.discord.rules.parts import BUTTON, CONTAINER, FILE, ROW, SELECTS, TEXT, Path, everywhere, part_problems
from standins.discord.state import Payload

_ROWS: Final = 5
_BUTTONS: Final = 5
_PARTS: Final = 40
_CHARACTERS: Final = 4000
_ANYWHERE: Final = (LOCAL, "https://", "http://")


def layout_problems(components: Sequence[Payload], *, second: bool, files: set[str]) -> Iterator[Problem]:
    """`second` is whether the message has IS_COMPONENTS_V2; `files` are the names that it can show."""
    placed = list(everywhere(components))
    yield from part_problems(placed)
    yield from _second(components) if second else _first(components)
    for path, part in placed:
        if part.get("type") == ROW:
            yield from _row(path, part)
        if part.get("type") == CONTAINER and len(path) > 2:
            yield Problem(path, "a container stands at the top only")
        yield from _media(path, part, files)


def shown_files(components: Sequence[Payload]) -> set[str]:
    return {url.removeprefix(LOCAL) for _, part in everywhere(components) for _, url in _urls(part)}


def _first(components: Sequence[Payload]) -> Iterator[Problem]:
    if any(part.get("type") != ROW for part in components):
        yield Problem(("components",), "these need the flag IS_COMPONENTS_V2")
    if len(components) > _ROWS:
        yield Problem(("components",), f"more than {_ROWS} rows")


def _second(components: Sequence[Payload]) -> Iterator[Problem]:
    placed = list(everywhere(components))
    if len(placed) > _PARTS:
        yield Problem(("components",), f"{len(placed)} components where {_PARTS} are allowed in all")
    written = sum(len(part.get("content") or "") for _, part in placed if part.get("type") == TEXT)
    if written > _CHARACTERS:
        yield Problem(("components",), f"{written} characters of text where {_CHARACTERS} are allowed in all")


def _row(path: Path, row: Payload) -> Iterator[Problem]:
    kinds = [part.get("type") for part in row.get("components") or []]
    selects = sum(kind in SELECTS for kind in kinds)
    if not kinds or len(kinds) > _BUTTONS or (selects and len(kinds) > 1):
        yield Problem(path, f"a row holds 1 to {_BUTTONS} buttons or one select")
    if any(kind != BUTTON and kind not in SELECTS for kind in kinds):
        yield Problem(path, "a row of a message holds buttons or a select")


def _media(path: Path, part: Payload, files: set[str]) -> Iterator[Problem]:
    for name, url in _urls(part):
        if part.get("type") == FILE and not url.startswith(LOCAL):
            yield Problem((*path, name), "a file shows what is uploaded, no address")
        elif not url.startswith(_ANYWHERE):
            yield Problem((*path, name), f"no address: {url!r}")
        elif url.startswith(LOCAL) and url.removeprefix(LOCAL) not in files:
            yield Problem((*path, name), f"{url} is not among the files {sorted(files)}")


def _urls(part: Payload) -> Iterator[tuple[str, str]]:
    for holder in (part, *(part.get("items") or [])):
        for name in ("media", "file"):
            if isinstance(holder.get(name), dict):
                yield name, str(holder[name].get("url") or "")
