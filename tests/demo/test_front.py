from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest

from demo.front import listening
from demo.page import served
from demo.stage import simulated_stage
from demo.world import World
from tests.demo.pages import Page


@dataclass(frozen=True, slots=True)
class Tabs:
    world: World
    address: str
    session: aiohttp.ClientSession
    art: Page
    dark: Page


@asynccontextmanager
async def tabs() -> AsyncIterator[Tabs]:
    """Both channels, open side by side. No fixture: SimCord ends in the context that it began in."""
    with listening(0) as door:
        async with (
            simulated_stage(latency=0, guild_credits=5, scale=0.1) as stage,
            served(stage.world, stage.endpoint, door) as page,
            aiohttp.ClientSession() as session,
        ):
            art = await Page.open(page.address, session)
            dark = await Page.open(page.address, session, channel="after-dark")
            yield Tabs(stage.world, page.address, session, art, dark)


async def test_the_address_says_which_channel_is_shown_and_who_looks() -> None:
    async with tabs() as both:
        page = await Page.open(both.address, both.session, **{"channel": "after-dark", "as": "cleo"})

        assert page.state["channel"]["name"] == "after-dark"
        assert page.state["viewerId"] == str(both.world.cleo.id)


async def test_an_address_that_names_nothing_known_shows_the_first() -> None:
    async with tabs() as both:
        page = await Page.open(both.address, both.session, **{"channel": "nowhere", "as": "nobody"})

        assert page.state["channel"]["name"] == "art"
        assert page.state["viewerId"] == str(both.world.ada.id)


async def test_an_action_happens_in_the_channel_it_was_taken_in() -> None:
    async with tabs() as both:
        receipts = [
            await both.art.imagine("a fox"),
            await both.dark.imagine("an owl"),
            await both.art.imagine("a hare", sequence=2),
        ]
        await both.world.finish()

        assert {receipt["settlement"] for receipt in receipts} == {"settled"}
        assert (len(both.world.art.history()), len(both.world.dark.history())) == (2, 1)


async def test_an_action_aimed_at_what_was_shown_a_moment_ago_is_taken() -> None:
    async with tabs() as both:
        receipt = await both.dark.imagine("a fox", revision=both.dark.state["publishedRevision"] + 1)
        await both.world.finish()

        assert (receipt["rejected"], receipt["settlement"]) == (False, "settled")
        assert len(both.world.dark.history()) == 1


async def test_a_page_sees_what_another_page_did() -> None:
    async with tabs() as both:
        other = await Page.open(both.address, both.session)
        assert (await other.now())["timeline"] == []

        await both.art.imagine("a fox")

        assert len((await other.now())["timeline"]) == 1


async def test_what_staff_do_is_offered_to_staff_and_goes_through_for_nobody_else() -> None:
    async with tabs() as both:
        cleo = await Page.open(both.address, both.session, **{"as": "cleo"})
        entry = next(it for it in await cleo.offered() if it["path"] == ["credits-admin", "top"])
        assert entry not in await both.art.offered()

        typed, chosen = await both.art.run(entry, {}), await cleo.run(entry, {})

        assert (typed["rejected"], chosen["rejected"]) == (True, False)


async def test_every_page_is_given_the_same_picture() -> None:
    async with tabs() as both:
        await both.art.imagine("a fox")
        await both.world.finish()
        pages = [await Page.open(both.address, both.session, **{"as": name}) for name in ("ada", "ben")]
        shown = [await page.get(f"/api/assets/{_picture(page)}") for page in pages]

        assert [answer.status for answer in shown] == [200, 200]
        assert len({await answer.read() for answer in shown}) == 1
        assert {answer.headers["X-Display-Width"] for answer in shown} == {"102"}


async def test_the_next_picture_fails_where_that_is_asked_for_and_only_that_one() -> None:
    async with tabs() as both:
        for _ in range(2):
            assert (await both.art.post("/demo/fail")).ok
        await both.art.imagine("a fox")
        await both.world.finish()
        await both.art.imagine("an owl", sequence=2)
        await both.world.finish()

        fox, owl = (both.world.read(message.id) for message in both.world.art.history())
        assert "The image service had a fault. Nothing was charged." in fox
        assert "seed" in owl
        assert await both.world.credits_left() == 4


async def test_the_page_tells_where_one_can_go_and_who_one_can_be() -> None:
    async with tabs() as both:
        page = await (await both.art.get("/")).text()
        facts = await (await both.art.get("/demo/facts.json")).json()

        assert "/demo/demo.js" in page
        assert facts["channels"] == [{"name": "art", "restricted": False}, {"name": "after-dark", "restricted": True}]
        assert list(facts["people"].values()) == ["ada", "ben", "cleo"]
        assert facts["live"] is False


@pytest.mark.parametrize("path", ["/demo/demo.js", "/demo/door.js", "/demo/demo.css", "/app.js", "/favicon.ico"])
async def test_the_page_finds_its_files(path: str) -> None:
    async with tabs() as both:
        assert (await both.art.get(path)).ok


async def test_nothing_is_told_or_done_without_the_key() -> None:
    async with tabs() as both:
        await both.art.imagine("a fox")
        await both.world.finish()
        page = await Page.open(both.address, both.session)
        picture = f"/api/assets/{_picture(page)}"
        assert (await page.get(picture)).ok
        page.headers["X-Simcord-Capability"] = "guessed"

        assert [(await page.get(path)).status for path in ("/api/state", picture)] == [401, 401]
        assert (await page.post("/api/pages")).status == 401
        assert (await page.post("/demo/fail")).status == 403


async def test_a_page_that_was_closed_is_forgotten() -> None:
    async with tabs() as both:
        assert (await both.art.get("/api/state")).ok
        page = both.art.headers["X-Simcord-Context"]
        await both.session.delete(f"{both.art.origin}/api/pages/{page}", headers=both.art.headers)

        assert (await both.art.get("/api/state")).status == 410


def _picture(page: Page) -> str:
    return next(str(message["attachments"][0]["asset_id"]) for message in page.state["messages"].values())
