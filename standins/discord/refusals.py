"""What the platform answers to a request that it does not serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from typing_extensions import override


class Refusal(Enum):
    """Status, code and words, as documented."""

    UNAUTHORIZED = (401, 0, "401: Unauthorized")
    NO_ROUTE = (404, 0, "404: Not Found")
    UNKNOWN_CHANNEL = (404, 10003, "Unknown Channel")
    UNKNOWN_GUILD = (404, 10004, "Unknown Guild")
    UNKNOWN_MEMBER = (404, 10007, "Unknown Member")
    UNKNOWN_MESSAGE = (404, 10008, "Unknown Message")
    UNKNOWN_USER = (404, 10013, "Unknown User")
    UNKNOWN_WEBHOOK = (404, 10015, "Unknown Webhook")
    UNKNOWN_INTERACTION = (404, 10062, "Unknown interaction")
    TOO_MANY_CREATES = (400, 30034, "Max number of daily application command creates has been reached (200)")
    TOO_LARGE = (413, 40005, "Request entity too large")
    ALREADY_ACKNOWLEDGED = (400, 40060, "Interaction has already been acknowledged.")
    TOO_MANY_FOLLOWUPS = (400, 40094, "This interaction has hit the maximum number of follow up messages")
    MISSING_ACCESS = (403, 50001, "Missing Access")
    NOT_THE_AUTHOR = (403, 50005, "Cannot edit a message authored by another user")
    EMPTY_MESSAGE = (400, 50006, "Cannot send an empty message")
    NOT_A_TEXT_CHANNEL = (400, 50008, "Cannot send messages in a non-text channel")
    MISSING_PERMISSIONS = (403, 50013, "Missing Permissions")
    INVALID_WEBHOOK_TOKEN = (401, 50027, "Invalid Webhook Token")
    INVALID_FORM = (400, 50035, "Invalid Form Body")

    @property
    def status(self) -> int:
        return self.value[0]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a body, and where in it."""

    path: tuple[str | int, ...]
    text: str

    @override
    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path)) or 'body'}: {self.text}"


class RefusedError(Exception):
    def __init__(self, refusal: Refusal, problems: Sequence[Problem] = ()) -> None:
        super().__init__(refusal.name)
        self.refusal = refusal
        self.problems = tuple(problems)

    @property
    def body(self) -> dict[str, Any]:
        _, code, message = self.refusal.value
        body: dict[str, Any] = {"code": code, "message": message}
        if self.problems:
            body["errors"] = _tree(self.problems)
        return body


def _tree(problems: Sequence[Problem]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for problem in problems:
        branch = tree
        for step in problem.path:
            branch = branch.setdefault(str(step), {})
        branch.setdefault("_errors", []).append({"code": "STANDIN_RULE", "message": problem.text})
    return tree
