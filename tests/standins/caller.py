"""A client that knows nothing but HTTP."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from standins.endpoint import Endpoint

KEY = {"API-KEY": "standin-key"}
MODEL = "black-forest-labs/flux-2-pro"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def record(self) -> Any:
        return self.json["aiRecord"]


@dataclass(frozen=True, slots=True)
class Caller:
    endpoint: Endpoint
    session: aiohttp.ClientSession

    async def generate(self, prompt: str = "a quiet bay", **fields: Any) -> Answer:
        return await self.post(generation(prompt, **fields))

    async def post(self, body: object, headers: Mapping[str, str] = KEY) -> Answer:
        return await self.ask("POST", "/api/features", json=body, headers=headers)

    async def result(self, uuid: str) -> Answer:
        return await self.ask("GET", f"/api/results/{uuid}", headers=KEY)

    async def download(self, record: Mapping[str, Any], **options: Any) -> Answer:
        return await self.ask("GET", record["temporaryUrl"].removeprefix(self.endpoint.url), **options)

    async def ask(self, method: str, path: str, **options: Any) -> Answer:
        url = f"{self.endpoint.url}{path}"
        async with self.session.request(method, url, allow_redirects=False, **options) as response:
            return Answer(response.status, response.headers, await response.read())


def generation(prompt: str = "a quiet bay", *, asynchronous: bool = False, **fields: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": "IMAGE_GENERATOR",
        "model": MODEL,
        "promptObject": {"prompt": prompt, "seed": 7, **fields},
    }
    return body | {"async": True} if asynchronous else body


@asynccontextmanager
async def calling(endpoint: Endpoint) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        yield Caller(endpoint, session)
