"""Discord's own description of its API, to hold payloads against."""

import importlib
import json
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "data" / "discord-openapi.json"


def complaints(schema: str, payload: object) -> list[str]:
    """What Discord would not take of the payload, by the named schema of its description."""
    return [f"{error.json_path}: {error.message}" for error in _validator(schema).iter_errors(payload)]


@cache
def _validator(schema: str) -> Any:
    jsonschema = importlib.import_module("jsonschema")  # it has no types
    return jsonschema.Draft202012Validator({**_description(), "$ref": f"#/components/schemas/{schema}"})


@cache
def _description() -> dict[str, Any]:
    description: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return description
