"""The page as a person uses it, in a real browser."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.demo.running import addresses, interrupt, started

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
    async with started(tmp_path, "--no-browser", "--latency", "3") as process:
        page = await browser.new_page()
        page.set_default_timeout(MILLISECONDS)
        await page.goto((await addresses(process))[0])

        await _imagine(page, PROMPT)
        await _card(page, PROMPT).get_by_role("button", name="Cancel").wait_for()
        await _picture(page, PROMPT).wait_for()

        await page.get_by_label("Viewing as").select_option("Ben")
        await _card(page, PROMPT).get_by_role("button", name="Reroll").click()
        await _timeline(page).get_by_text("Rerolled by @Ben").wait_for()
        await _picture(page, PROMPT).nth(1).wait_for()

        ended = await interrupt(process)
    assert (ended.code, ended.complained) == (0, "")


async def test_a_moderator_goes_to_the_other_channel_and_is_refused_in_private(tmp_path: Path, browser: Any) -> None:
    async with started(tmp_path, "--no-browser", "--latency", "0", "--credits", "1") as process:
        page = await browser.new_page()
        page.set_default_timeout(MILLISECONDS)
        await page.goto((await addresses(process))[0])
        await page.get_by_role("link", name="# after-dark").click()
        await page.get_by_label("Viewing as").select_option("Cleo (moderator)")

        await _imagine(page, PROMPT)
        refusals = _timeline(page).get_by_text("This server's credits are used up.")
        await refusals.wait_for()
        assert await _timeline(page).get_by_text("Only you can see this").count() == 1
        await _imagine(page, PROMPT)
        await refusals.nth(1).wait_for()

        ended = await interrupt(process)
    assert (ended.code, ended.complained) == (0, "")


async def _imagine(page: Any, prompt: str) -> None:
    await page.locator("#channel-composer-input").fill("/imagine")
    await page.get_by_role("option", name="/imagine").wait_for()
    await page.keyboard.press("Enter")
    await page.get_by_label("prompt, required").fill(prompt)
    await page.get_by_role("button", name="Send").click()  # waits while the page is busy, where Enter would be lost


def _timeline(page: Any) -> Any:
    return page.get_by_role("log")


def _card(page: Any, prompt: str) -> Any:
    return _timeline(page).locator(".channel-message").filter(has_text=prompt)


def _picture(page: Any, prompt: str) -> Any:
    return _card(page, prompt).get_by_alt_text(prompt)
