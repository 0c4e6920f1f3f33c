"""What differs from run to run, by names that do not: the same value has the same name throughout."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

SOON_SECONDS: Final = 120

_VARYING: Final = re.compile(
    r"(?:(?<=expected <t:)|(?<=^<t:))(?P<soon>\d+)|(?<=<t:)(?P<time>\d+)"
    r"|^(?P<entry>\d+,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?=,)"
    r"|\b(?P<id>\d{17,20})\b"
    r"|(?<=seed )(?P<shown>\d+)|(?<=\*\*seed\*\* )(?P<told>\d+)|(?<= seed:)(?P<copied>\d+)"
    r"|(?<=\*\*painted in\*\* )(?P<duration>[\d.]+ s)"
    r"|(?<=-0:)(?P<nonce>[0-9a-f]{8})\b",
    re.MULTILINE,
)


class Placeholders:
    """`typed` are the seeds that people chose: they stay as they are."""

    def __init__(self, names: Mapping[int, str], typed: set[int], now: float) -> None:
        self._names = {str(number): f"{{{name}}}" for number, name in names.items()}
        self._typed = typed
        self._now = now
        self._seen: dict[str, list[str]] = {}

    def name(self, number: int, name: str) -> None:
        self._names[str(number)] = f"{{{name}}}"

    def fill(self, value: Any) -> Any:
        match value:
            case str():
                return _VARYING.sub(self._placeholder, value)
            case Mapping():
                return {key: self.fill(inner) for key, inner in value.items()}
            case list():
                return [self.fill(inner) for inner in value]
            case _:
                return value

    def file(self, content: bytes, *, chosen: bool) -> str:
        """`chosen` is whether people chose all that it is made of, so that it is the same everywhere."""
        if chosen:
            return f"{len(content)} bytes {hashlib.sha256(content).hexdigest()[:16]}"
        return self._numbered("file", hashlib.sha256(content).hexdigest())

    def _placeholder(self, found: re.Match[str]) -> str:
        kind, value = next((kind, it) for kind, it in found.groupdict().items() if it is not None)
        match kind:
            case "id":
                return self._names.get(value) or self._numbered("id", value)
            case "soon":  # two of these may or may not be the same second
                assert abs(int(value) - self._now) < SOON_SECONDS
                return "{soon}"
            case "entry":  # of a file: guilds share their numbers
                said = datetime.fromisoformat(value.partition(",")[2]).replace(tzinfo=UTC)
                assert abs(said.timestamp() - self._now) < SOON_SECONDS
                return "{entry},{soon}"
            case "duration":
                return "{duration}"
            case "nonce" | "time":
                return self._numbered(kind, value)
            case _:
                return value if int(value) in self._typed else self._numbered("seed", value)

    def _numbered(self, kind: str, value: str) -> str:
        seen = self._seen.setdefault(kind, [])
        if value not in seen:
            seen.append(value)
        return f"{{{kind} {seen.index(value) + 1}}}"
