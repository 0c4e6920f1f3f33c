"""SimCord's page on the world, for `front` to serve."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

import simcord

from demo.world import STEP_SECONDS, Channel, World


class Window:
    """SimCord's page. It shows one channel at a time: whoever asks it for something says for which, in their turn."""

    def __init__(self, world: World, preview: simcord.Preview) -> None:
        self._world = world
        self._preview = preview
        self._turn = asyncio.Lock()  # SimCord refuses two operations at once
        self._done = 0
        address = urlsplit(preview.url)
        self.origin = f"{address.scheme}://{address.netloc}"
        self.key = address.fragment

    @classmethod
    @asynccontextmanager
    async def open(cls, world: World) -> AsyncIterator["Window"]:
        people = [world.ada, world.ben, world.cleo]
        async with world.env.preview(world.art, viewers=people, layout="channel") as preview:
            yield cls(world, preview)

    @asynccontextmanager
    async def turn(self, channel: Channel) -> AsyncIterator[None]:
        async with self._turn:
            self._preview.channel = channel
            yield

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
            await self._world.keep_time()
            done = len(self._world.env.http_requests)
            if done != self._done:
                await self._preview.refresh()
                self._done = done
