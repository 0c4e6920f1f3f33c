"""SimCord's page on the world, for `front` to serve."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

import simcord

from demo.world import STEP_SECONDS, World


class Window:
    """SimCord's page. It shows one channel at a time: whoever asks it for something says for which, in their turn."""

    def __init__(self, world: World, preview: simcord.Preview) -> None:
        self.world = world
        self.changes = 0
        """Counts whatever can have changed a page."""
        self._preview = preview
        self._turn = asyncio.Lock()  # SimCord refuses two operations at once
        self._done = 0
        address = urlsplit(preview.url)
        self.origin = f"{address.scheme}://{address.netloc}"
        self.key = address.fragment

    @classmethod
    @asynccontextmanager
    async def open(cls, world: World) -> AsyncIterator["Window"]:
        people = list(world.people.values())
        async with world.env.preview(world.art, viewers=people, layout="channel") as preview:
            yield cls(world, preview)

    @asynccontextmanager
    async def turn(self, channel: str) -> AsyncIterator[None]:
        """In the channel of this name, or in the first one."""
        async with self._turn:
            self._preview.channel = self.world.channels.get(channel, self.world.art)
            try:
                yield
            finally:
                self.changes += 1

    async def keep_current(self) -> None:
        """Until somebody closes the page: let time pass, and show whatever the bot does."""
        closed = asyncio.create_task(self._preview.wait_closed())
        try:
            while not closed.done():
                await asyncio.wait([closed], timeout=STEP_SECONDS)
                with suppress(simcord.SetupError, TimeoutError):  # closing, or not settled yet: the next step will do
                    await self._step()
        finally:
            closed.cancel()

    async def _step(self) -> None:
        async with self._turn:
            await self.world.keep_time()
            done = len(self.world.env.http_requests)
            if done != self._done:
                self._show_files()
                await self._preview.refresh()
                self.changes += 1
                self._done = done

    def _show_files(self) -> None:
        # Discord shows whatever lies in its store and a message points at, SimCord only what a message itself carries
        # and what the page was opened with.
        self._preview._explicit_assets.update(self.world.files.by_address())  # noqa: SLF001 - there is no other way
