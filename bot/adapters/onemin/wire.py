"""What goes over the wire to 1min.ai and what comes back, as plain values.

Source: https://docs.1min.ai/docs/api/ai-feature-api, https://docs.1min.ai/docs/api/asset-api and
https://docs.1min.ai/docs/api/get-result.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from urllib.parse import quote

from pydantic import SecretStr

from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Source

SOURCE_FIELD: Final = "imageUrl"


@dataclass(frozen=True, slots=True)
class Call:
    method: Literal["GET", "POST"]
    path: str
    headers: Mapping[str, str] = field(repr=False)
    body: Any = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def header(self, name: str) -> str:
        """Empty where it is missing; names are compared without regard to case."""
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), "")


class Calls:
    """Writes the calls of one account; with `asynchronous` the provider answers before it paints."""

    def __init__(self, *, key: SecretStr, model: str, asynchronous: bool) -> None:
        self._key = key
        self._model = model
        self._asynchronous = asynchronous

    @property
    def model(self) -> str:
        return self._model

    def order(self, parameters: ImageParameters, source: Source | None = None) -> Call:
        order: dict[str, Any] = {
            "type": "IMAGE_GENERATOR" if source is None else "IMAGE_EDITOR",
            "model": self._model,
            "promptObject": parameters.prompt_object() | ({} if source is None else {SOURCE_FIELD: source.asset}),
        }
        if self._asynchronous:
            order["async"] = True
        headers = {"API-KEY": self._key.get_secret_value(), "Content-Type": "application/json"}
        return Call("POST", "/api/features", headers, json.dumps(order).encode())

    def asset(self, body: Any) -> Call:
        """With a form as its body, which names its own type."""
        return Call("POST", "/api/assets", {"API-KEY": self._key.get_secret_value()}, body)

    def models(self, feature: str) -> Call:
        """Not documented, but seen: the list is public, so the key stays here."""
        return Call("GET", f"/models?feature={quote(feature, safe='')}", {})

    def result(self, reference: str) -> Call:
        headers = {"API-KEY": self._key.get_secret_value()}
        return Call("GET", f"/api/results/{quote(reference, safe='')}", headers)
