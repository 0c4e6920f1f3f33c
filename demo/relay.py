"""Carries requests to SimCord's page, and its answers back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from aiohttp import web

KEY: Final = "X-Simcord-Capability"
PAGE: Final = "X-Simcord-Context"
_OURS: Final = frozenset({"host", "origin", "referer", "connection", "content-length", "accept-encoding"})
_THEIRS: Final = frozenset({"connection", "content-length", "content-encoding", "transfer-encoding", "date", "server"})
_PATIENCE: Final = aiohttp.ClientTimeout(total=60)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        return self.status == web.HTTPOk.status_code

    def json(self) -> Any:
        return json.loads(self.body)

    def response(self) -> web.Response:
        return web.Response(status=self.status, headers=self.headers, body=self.body)


@dataclass(frozen=True, slots=True)
class Relay:
    session: aiohttp.ClientSession
    origin: str

    async def ask(self, request: web.Request, body: bytes = b"") -> Answer:
        url = f"{self.origin}{request.raw_path}"
        headers = _without(request.headers, _OURS)
        asking = self.session.request(request.method, url, headers=headers, data=body or None, timeout=_PATIENCE)
        try:
            async with asking as theirs:
                return Answer(theirs.status, _without(theirs.headers, _THEIRS), await theirs.read())
        except aiohttp.ClientError:
            return Answer(web.HTTPBadGateway.status_code, {}, b"")  # the page has been ended, in another tab perhaps


def _without(headers: Mapping[str, str], names: frozenset[str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in names}
