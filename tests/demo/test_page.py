"""The page as a person uses it, in a real browser."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.demo.running import addresses, ended, interrupt, started

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PROMPT = "a red fox asleep in the snow"
MILLISECONDS = 20_000


@pytest.fixture
async def browser() -> AsyncIterator[Any]:
    playwright = pytest.importorskip("playwright.async_api", reason="the page is used with Playwright")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")
    async with playwright.async_playwright() as running:
        chromium = await running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        await chromium.close()


async def test_a_picture_appears_and_somebody_else_rerolls_it(tmp_path: Path, browser: Any) -> None:
    async with started(tmp_path, "--no-browser", "--latency", "2") as process:
        page = await browser.new_page()
        page.set_default_timeout(MILLISECONDS)
        await page.goto((await addresses(process))[0])

        await _imagine(page, PROMPT)
        await _card(page, PROMPT).get_by_role("button", name="Cancel").wait_for()
        await _picture(page, PROMPT).wait_for()

        await _become(page, "Ben")
        await _card(page, PROMPT).get_by_role("button", name="Reroll").click()
        await _timeline(page).get_by_text("Rerolled by @Ben").wait_for()
        await _picture(page, PROMPT).nth(1).wait_for()

        ending = await interrupt(process)
    assert (ending.code, ending.complained) == (0, "")


async def test_a_moderator_is_refused_in_private_in_the_other_channel(tmp_path: Path, browser: Any) -> None:
    async with started(tmp_path, "--no-browser", "--latency", "0", "--credits", "1") as process:
        page = await browser.new_page()
        page.set_default_timeout(MILLISECONDS)
        await page.goto((await addresses(process))[1])
        await _become(page, "Cleo (moderator)")

        await _imagine(page, PROMPT)
        refusals = _timeline(page).get_by_text("This server's credits are used up.")
        await refusals.wait_for()
        assert await _timeline(page).get_by_text("Only you can see this").count() == 1
        await _imagine(page, PROMPT)
        await refusals.nth(1).wait_for()

        ending = await interrupt(process)
    assert (ending.code, ending.complained) == (0, "")


async def test_the_page_leads_to_the_other_channel_and_can_be_ended(tmp_path: Path, browser: Any) -> None:
    async with started(tmp_path, "--no-browser", "--latency", "0") as process:
        page = await browser.new_page()
        page.set_default_timeout(MILLISECONDS)
        await page.goto((await addresses(process))[0])
        await page.get_by_role("link", name="# after-dark").click()
        await page.get_by_placeholder("Message #after-dark").wait_for()
        await page.get_by_text("End", exact=True).click()
        await page.get_by_role("button", name="End preview session").click()

        ending = await ended(process)
    assert (ending.code, ending.complained) == (0, "")


async def _become(page: Any, name: str) -> None:
    await _ready(page)
    await page.get_by_label("Viewing as").select_option(name)
    await _ready(page)


async def _imagine(page: Any, prompt: str) -> None:
    await _ready(page)
    await page.locator("#channel-composer-input").fill("/imagine")
    await page.get_by_role("option", name="/imagine").click()
    await page.get_by_label("prompt, required").fill(prompt)
    await _ready(page)
    await page.keyboard.press("Enter")


async def _ready(page: Any) -> None:
    """Not in the middle of something, where the page lets go of what is typed: a person is slower than that."""
    async with asyncio.timeout(MILLISECONDS / 1000):
        await page.evaluate("async () => { while (!simcordPreview.ready) await new Promise(requestAnimationFrame); }")


def _timeline(page: Any) -> Any:
    return page.get_by_role("log")


def _card(page: Any, prompt: str) -> Any:
    return _timeline(page).locator(".channel-message").filter(has_text=prompt)


def _picture(page: Any, prompt: str) -> Any:
    return _card(page, prompt).get_by_alt_text(prompt)
