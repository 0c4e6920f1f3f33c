"""What a person reads on their screen, from Discord's components and markup."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

_MOMENT: Final = re.compile(r"<t:(\d+):([Rf])>")
_PERSON: Final = re.compile(r"<@(\d+)>")
_MARKS: Final = re.compile(r"\*\*|`|^-# |^#+ ", re.MULTILINE)
_ESCAPED: Final = re.compile(r"\\(.)")
_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def words(components: Sequence[Mapping[str, Any]]) -> str:
    """All texts, markup and all."""
    return "\n".join(_texts(components))


def plain(text: str, names: Mapping[int, str], now: datetime) -> str:
    """The text as Discord shows it: moments as dates, people by name, no marks."""
    text = _MOMENT.sub(lambda found: _moment(int(found[1]), found[2], now), text)
    text = _PERSON.sub(lambda found: f"@{names.get(int(found[1]), 'somebody')}", text)
    return _ESCAPED.sub(r"\1", _MARKS.sub("", text))


def _texts(components: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for component in components:
        if "content" in component:
            yield component["content"]
        yield from _texts(component.get("components", []))


def _moment(stamp: int, style: str, now: datetime) -> str:
    moment = datetime.fromtimestamp(stamp, UTC)
    if style == "R":
        return _relative((moment - now).total_seconds())
    return f"{moment.day} {moment:%B %Y %H:%M} UTC"


def _relative(seconds: float) -> str:
    name, length = next((unit for unit in _UNITS if abs(seconds) >= unit[1]), _UNITS[-1])
    count = round(abs(seconds) / length)
    amount = f"{count} {name}" if count == 1 else f"{count} {name}s"
    return f"in {amount}" if seconds >= 0 else f"{amount} ago"
