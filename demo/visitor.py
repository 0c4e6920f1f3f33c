"""Somebody at the page, played in Chromium: for the pictures in the README, and for the tests."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from playwright.async_api import Locator, Page, ViewportSize, async_playwright

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_MILLISECONDS: Final = 60_000
"""A limit for what hangs; a busy machine is slow."""
_READY: Final = "async () => { while (!window.simcordPreview?.ready) await new Promise(requestAnimationFrame); }"


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)


@dataclass(frozen=True, slots=True)
class Visitor:
    page: Page

    @classmethod
    @asynccontextmanager
    async def arriving(cls, executable: str, *, width: int, height: int, scale: float = 1) -> AsyncIterator["Visitor"]:
        async with async_playwright() as playwright:
            # Chromium's own sandbox does not start in many containers; it only visits this machine.
            browser = await playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
            viewport = ViewportSize(width=width, height=height)
            context = await browser.new_context(viewport=viewport, device_scale_factor=scale)
            context.set_default_timeout(_MILLISECONDS)
            yield cls(await context.new_page())
            await browser.close()

    @property
    def timeline(self) -> Locator:
        return self.page.get_by_role("log")

    async def go(self, address: str) -> None:
        await self.page.goto(address)
        await self.ready()

    async def ready(self) -> None:
        """Not in the middle of something, where the page lets go of what is typed: a person is slower than that."""
        await self.page.evaluate(_READY)

    async def become(self, name: str) -> None:
        await self.ready()
        await self.page.get_by_label("You are").select_option(name)
        await self.ready()

    async def change_channel(self, name: str) -> None:
        await self.page.get_by_role("link", name=f"# {name}").click()
        await self.page.get_by_placeholder(f"Message #{name}").wait_for()
        await self.ready()

    async def imagine(self, prompt: str, **options: str) -> None:
        await self.run("imagine", prompt=prompt, **options)

    async def run(self, command: str, **options: str) -> None:
        """Type a command and send it; people and roles are named as the page shows them."""
        await self.compose(command, **options)
        await self.page.locator("#send-message").click()  # Enter is lost where nothing has the focus yet

    async def compose(self, command: str, **options: str) -> None:
        await self.ready()
        await self.page.locator("#channel-composer-input").fill(f"/{command}")
        await self.page.get_by_role("option", name=f"/{command}").first.click()
        for name, value in options.items():
            await self._fill(name, value)
        await self.ready()

    async def _fill(self, name: str, value: str) -> None:
        field = self.page.locator(f'.command-option-input[data-option="{name}"]')
        if not await field.count():
            await self.page.locator(".command-ghost").click()
            await self.page.get_by_role("option", name=name).click()
        await field.fill(value)
        if await field.get_attribute("role") == "combobox":
            await self.page.locator(".command-suggestion-label").get_by_text(value).first.click()

    async def press(self, prompt: str, button: str) -> None:
        await self.ready()
        await self.card(prompt).get_by_role("button", name=button, exact=True).click()

    def message(self, text: str) -> Locator:
        """The newest one with this text."""
        return self.timeline.locator(".channel-message").filter(has_text=text).last

    def card(self, prompt: str) -> Locator:
        """The newest one with this prompt."""
        return self.timeline.locator(".channel-message:has(.component-container)").filter(has_text=prompt).last

    def picture(self, prompt: str) -> Locator:
        return self.card(prompt).get_by_alt_text(prompt)
