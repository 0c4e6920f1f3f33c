from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from demo.front import Door, opened
from demo.stage import simulated_stage
from demo.window import Window
from demo.world import World
from tests.demo.running import run


@dataclass(frozen=True, slots=True)
class Page:
    """A browser's page, as its requests are."""

    door: Door
    headers: dict[str, str]
    state: dict[str, Any]
    session: aiohttp.ClientSession

    @classmethod
    async def open(cls, door: Door, key: str, session: aiohttp.ClientSession) -> "Page":
        headers = {"X-Simcord-Capability": key}
        async with session.post(f"{door.origin}/api/pages", json={}, headers=headers) as answer:
            state = await answer.json()
        return cls(door, headers | {"X-Simcord-Context": state["context"]["id"]}, state, session)

    async def get(self, path: str) -> aiohttp.ClientResponse:
        return await self.session.get(f"{self.door.origin}{path}", headers=self.headers)

    async def command(self, revision: int, sequence: int = 1, **options: str) -> dict[str, Any]:
        entries = (await (await self.get("/api/commands")).json())["entries"]
        entry = next(it for it in entries if it["path"] == ["imagine"])
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
            "published_revision": revision,
        }
        async with self.session.post(f"{self.door.origin}/api/action", json=body, headers=self.headers) as answer:
            receipt: dict[str, Any] = await answer.json()
        return receipt


@dataclass(frozen=True, slots=True)
class Tabs:
    world: World
    art: Page
    dark: Page


@asynccontextmanager
async def tabs() -> AsyncIterator[Tabs]:
    """Both channels, open side by side. No fixture: SimCord ends in the context that it began in."""
    async with (
        simulated_stage(latency=0, guild_credits=5, scale=0.1) as stage,
        Window.open(stage.world) as window,
        opened(window, [stage.world.art, stage.world.dark], port=0) as doors,
        aiohttp.ClientSession() as session,
    ):
        yield Tabs(stage.world, *[await Page.open(door, window.key, session) for door in doors])


async def test_each_address_shows_its_channel() -> None:
    async with tabs() as both:
        names = [page.state["channel"]["name"] for page in (both.art, both.dark)]

        assert names == ["art", "after-dark"]


async def test_an_action_happens_in_the_channel_it_was_taken_in() -> None:
    async with tabs() as both:
        first = await both.art.command(both.art.state["publishedRevision"], prompt="a fox")
        second = await both.dark.command(both.dark.state["publishedRevision"], prompt="an owl")
        third = await both.art.command(first["revision"], sequence=2, prompt="a hare")
        await both.world.finish()

        assert {first["settlement"], second["settlement"], third["settlement"]} == {"settled"}
        assert (len(both.world.art.history()), len(both.world.dark.history())) == (2, 1)


async def test_an_action_aimed_at_what_was_shown_a_moment_ago_is_taken() -> None:
    async with tabs() as both:
        receipt = await both.dark.command(both.dark.state["publishedRevision"] + 1, prompt="a fox")
        await both.world.finish()

        assert (receipt["rejected"], receipt["settlement"]) == (False, "settled")
        assert len(both.world.dark.history()) == 1


async def test_the_page_leads_to_the_other_channel() -> None:
    async with tabs() as both:
        page = await both.art.get("/")
        doors = await both.art.get("/demo.json")

        assert "/demo.js" in await page.text()
        assert [(door["name"], door["origin"], door["here"]) for door in await doors.json()] == [
            ("art", both.art.door.origin, True),
            ("after-dark", both.dark.door.origin, False),
        ]


async def test_the_page_finds_its_files() -> None:
    async with tabs() as both:
        for path in ("/demo.js", "/demo.css", "/app.js", "/favicon.ico"):
            assert (await both.art.get(path)).ok, path


async def test_nothing_is_told_without_the_key() -> None:
    async with tabs() as both, both.art.session.post(f"{both.art.door.origin}/api/pages", json={}) as answer:
        assert answer.status == 401


async def test_a_taken_port_is_said(tmp_path: Path) -> None:
    async with tabs() as both:
        port = both.art.door.origin.rpartition(":")[2]

        ended = await run(tmp_path, "--no-browser", "--latency", "0", "--port", port)

    assert ended.code == 2
    assert ended.complained == f"The page cannot be served on port {port}. Choose another --port.\n"
