"""What arrived and what was wrong with it, for tests to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from standins.discord.changes import Changes
from standins.discord.refusals import Problem


@dataclass(slots=True, eq=False)
class Recorded:
    """One request to the REST interface."""

    method: str
    path: str
    seconds: float = 0.0
    body: Any = None
    files: tuple[str, ...] = ()
    status: int | None = None
    """None while no answer was given, or when it was lost."""
    remark: str = ""
    """What became of it, in words, where that is not plain."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A request that breaks the platform's documented rules."""

    method: str
    path: str
    problems: tuple[Problem, ...]

    @override
    def __str__(self) -> str:
        return f"{self.method} {self.path}: {'; '.join(map(str, self.problems))}"


class Journal:
    def __init__(self, changes: Changes) -> None:
        self.requests: list[Recorded] = []
        self.violations: list[Violation] = []
        self._changes = changes

    def open(self, request: Recorded) -> None:
        self.requests.append(request)
        self._changes.tell()

    def close(self, request: Recorded, *, status: int | None = None, remark: str = "") -> None:
        request.status, request.remark = status, remark
        self._changes.tell()

    def lost(self, method: str, path: str, remark: str) -> None:
        """A request of which only a part arrived."""
        self.open(Recorded(method, path, remark=remark))

    def clear(self) -> None:
        self.requests.clear()
        self.violations.clear()

    def violated(self, method: str, path: str, problems: Sequence[Problem]) -> None:
        self.violations.append(Violation(method, path, tuple(problems)))

    def gateway_violated(self, event: str, text: str) -> None:
        self.violated("GATEWAY", event, [Problem((), text)])
