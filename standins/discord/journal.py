"""What arrived and what was wrong with it, for tests to read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from typing_extensions import override

from standins.discord.changes import Changes
from standins.discord.refusals import Problem


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request to the REST interface."""

    method: str
    path: str
    body: Any
    files: tuple[str, ...]
    seconds: float
    status: int | None = None
    """None while no answer was given, or when it was lost."""


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

    def close(self, request: Recorded, status: int) -> None:
        """Does nothing where the request was forgotten meanwhile."""
        place = next((place for place, it in enumerate(self.requests) if it is request), None)
        if place is not None:
            self.requests[place] = replace(request, status=status)
        self._changes.tell()

    def clear(self) -> None:
        self.requests.clear()
        self.violations.clear()

    def violated(self, method: str, path: str, problems: Sequence[Problem]) -> None:
        self.violations.append(Violation(method, path, tuple(problems)))
