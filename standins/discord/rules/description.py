"""The official OpenAPI description, held more strictly than it is written: fields it does not know are wrong."""

import copy
import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final, Self

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from standins.discord.refusals import Problem

_URI: Final = "urn:discord"
_LONGEST_TEXT: Final = 300
_TAKES_FILES: Final = frozenset({11, 19})
"""The option and the field of a form in which files are attached."""


class Description:
    def __init__(self, document: Mapping[str, Any]) -> None:
        self._registry: Registry[Any] = Registry().with_resource(_URI, DRAFT202012.create_resource(_closed(document)))

    @classmethod
    @cache
    def load(cls, path: Path) -> Self:
        """Once in a process: it is large."""
        return cls(json.loads(path.read_bytes()))

    def problems(self, path: str, method: str, payload: Any) -> Iterator[Problem]:
        """What is wrong by the schema of a request, told of the parts that are to blame."""
        place = f"/paths/{_escaped(path)}/{method}/requestBody/content/application~1json/schema"
        for error in self._validator(place).iter_errors(_normalised(payload)):
            cause = _cause(error)
            yield Problem(tuple(cause.absolute_path), cause.message[:_LONGEST_TEXT])

    def complaint(self, schema: str, payload: Any) -> str | None:
        """What is wrong with an answer of our own."""
        for error in self._validator(f"/components/schemas/{schema}").iter_errors(payload):
            cause = _cause(error)
            return f"{list(cause.absolute_path)}: {cause.message[:_LONGEST_TEXT]}"
        return None

    def _validator(self, pointer: str) -> Any:
        return Draft202012Validator({"$ref": f"{_URI}#{pointer}"}, registry=self._registry)


def _cause(error: Any) -> Any:
    """Of the alternatives that all failed, the one that was meant: its `type` fits, and its mistake lies deepest."""
    while error.context:
        branches = [list(branch) for _, branch in groupby(error.context, key=lambda it: it.relative_schema_path[0])]
        meant = [branch for branch in branches if not any(_of_another_type(it) for it in branch)] or branches
        error = max((it for branch in meant for it in branch), key=lambda it: len(it.absolute_path))
    return error


def _of_another_type(error: Any) -> bool:
    return list(error.relative_path) == ["type"] or error.validator_value == "null"


def _escaped(path: str) -> str:
    return path.replace("~", "~0").replace("/", "~1")


def _closed(node: Any) -> Any:
    """The same schemas, without room for unknown fields."""
    if isinstance(node, list):
        return [_closed(it) for it in node]
    if not isinstance(node, Mapping):
        return node
    closed = {name: _closed(it) for name, it in node.items()}
    if node.get("type") == "object" and isinstance(node.get("properties"), Mapping):
        closed.setdefault("additionalProperties", False)
    return closed


def _normalised(payload: Any) -> Any:
    """What the description misses although the documentation names it and every library sends it."""
    payload = copy.deepcopy(payload)
    for command in payload if isinstance(payload, list) else []:
        if isinstance(command, dict):
            command.pop("nsfw", None)
    for part in _parts(payload):
        if part.get("type") in _TAKES_FILES:
            part.pop("file_types", None)
    for message in _messages(payload):
        message.pop("tts", None)
        for attachment in message.get("attachments") or []:
            if isinstance(attachment, dict) and isinstance(attachment.get("id"), int):
                attachment["id"] = str(attachment["id"])
    return payload


def _parts(node: Any) -> Iterator[dict[str, Any]]:
    """Options and components, wherever they stand."""
    for inner in node if isinstance(node, list) else [node]:
        if isinstance(inner, dict):
            yield inner
            for name in ("options", "components", "component", "data"):
                yield from _parts(inner.get(name))


def _messages(payload: Any) -> Iterator[dict[str, Any]]:
    if isinstance(payload, dict):
        yield payload
        if isinstance(payload.get("data"), dict):
            yield payload["data"]
