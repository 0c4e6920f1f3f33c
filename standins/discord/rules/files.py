import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from standins.discord.refusals import Problem

_MOST: Final = 10
_GROUPS: Final = frozenset({"image", "video", "audio"})
_EXTENSION: Final = re.compile(r"\.[^\s./\\]+")


def file_type_problems(path: tuple[str | int, ...], part: Mapping[str, Any]) -> Iterator[Problem]:
    """The official description does not know this field yet."""
    kinds = part.get("file_types") or []
    if len(kinds) > _MOST:
        yield Problem((*path, "file_types"), f"more than {_MOST}")
    for place, kind in enumerate(kinds):
        if kind not in _GROUPS and not _EXTENSION.fullmatch(str(kind)):
            yield Problem((*path, "file_types", place), f"{kind!r} is neither a group nor an extension")
