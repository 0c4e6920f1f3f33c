"""A browser's page, as its requests are."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp


@dataclass(frozen=True, slots=True)
class Page:
    origin: str
    headers: dict[str, str]
    state: dict[str, Any]
    """As it was when the page was opened."""
    session: aiohttp.ClientSession

    @classmethod
    async def open(cls, address: str, session: aiohttp.ClientSession, **shown: str) -> "Page":
        parts = urlsplit(address)
        origin, headers = f"{parts.scheme}://{parts.netloc}", {"X-Simcord-Capability": parts.fragment}
        async with session.post(f"{origin}/api/pages", params=shown, json={}, headers=headers) as answer:
            state = await answer.json()
        return cls(origin, headers | {"X-Simcord-Context": state["context"]["id"]}, state, session)

    async def get(self, path: str) -> aiohttp.ClientResponse:
        return await self.session.get(f"{self.origin}{path}", headers=self.headers)

    async def post(self, path: str) -> aiohttp.ClientResponse:
        return await self.session.post(f"{self.origin}{path}", headers=self.headers)

    async def now(self) -> dict[str, Any]:
        state: dict[str, Any] = await (await self.get("/api/state")).json()
        return state

    async def imagine(self, prompt: str, *, sequence: int = 1, revision: int | None = None) -> dict[str, Any]:
        """The receipt. Unless told, it is aimed at what the page shows now."""
        entry = next(it for it in await self.offered() if it["path"] == ["imagine"])
        return await self.run(entry, {"prompt": prompt}, sequence=sequence, revision=revision)

    async def offered(self) -> list[dict[str, Any]]:
        """The commands that the person on the page may choose from."""
        entries: list[dict[str, Any]] = (await (await self.get("/api/commands")).json())["entries"]
        return entries

    async def run(
        self, entry: dict[str, Any], options: dict[str, Any], *, sequence: int = 1, revision: int | None = None
    ) -> dict[str, Any]:
        """The receipt for a command, offered to this person or not."""
        body = {
            "kind": "run_command",
            "command_id": entry["commandId"],
            "path": entry["path"],
            "schema_fingerprint": entry["schemaFingerprint"],
            "options": options,
            "protocol_version": self.state["protocolVersion"],
            "sequence": sequence,
            "request_id": f"request {sequence}",
            "generation": self.state["context"]["generation"],
            "bot_generation": self.state["botGeneration"],
            "published_revision": (await self.now())["publishedRevision"] if revision is None else revision,
        }
        async with self.session.post(f"{self.origin}/api/action", json=body, headers=self.headers) as answer:
            receipt: dict[str, Any] = await answer.json()
        return receipt
