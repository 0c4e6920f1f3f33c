"""The page in the browser, until somebody ends it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from socket import socket
from typing import Final

from pydantic import SecretStr

from demo import browser as browsers
from demo.front import listening, opened
from demo.stage import live_world, simulated_stage
from demo.window import Window
from demo.world import World
from standins.endpoint import Endpoint

PROMPT: Final = "a harbour town at dusk, lanterns on the water"
SCALE: Final = 0.55
"""As wide as the page shows a picture; it takes its time with larger ones."""


async def play_page(*, port: int, latency: float, guild_credits: int, browser: bool) -> None:
    """Raises `PortTakenError`."""
    with listening(port) as door:
        async with simulated_stage(0, guild_credits, SCALE) as stage:
            print("The bot is real. Discord and the image service are simulated; nothing leaves this machine.")
            await _first_picture(stage.world)
            stage.endpoint.latency = latency  # nobody has to wait for the first one
            await _show(stage.world, stage.endpoint, door, browser=browser)


async def play_live_page(key: SecretStr, *, port: int, guild_credits: int, browser: bool) -> None:
    """Raises `PortTakenError`."""
    with listening(port) as door:
        async with live_world(key, guild_credits) as world:
            print("The bot and the image service are real; Discord is simulated.")
            print(f"The account of ONEMIN_API_KEY pays for each picture. {guild_credits} at most can be made.")
            await _show(world, None, door, browser=browser)


async def _first_picture(world: World) -> None:
    print(f"Ada types /imagine prompt:{PROMPT} …", flush=True)
    await world.slash(world.ada, "imagine", prompt=PROMPT)
    await world.finish()
    print("… and there is her picture.")


@dataclass(frozen=True, slots=True)
class Served:
    address: str
    """With the key to the page."""
    ended: asyncio.Task[None]
    """By somebody on the page."""


@asynccontextmanager
async def served(world: World, endpoint: Endpoint | None, door: socket) -> AsyncIterator[Served]:
    """`endpoint` is the stand-in that paints, if one does."""
    async with Window.open(world) as window, opened(window, endpoint, door) as origin:
        ended = asyncio.create_task(window.keep_current())
        try:
            yield Served(f"{origin}/#{window.key}", ended)
        finally:
            ended.cancel()
            await asyncio.gather(ended, return_exceptions=True)


async def _show(world: World, endpoint: Endpoint | None, door: socket, *, browser: bool) -> None:
    async with served(world, endpoint, door) as page:
        print(f"\nOpen this in a browser, whole (what follows # is the key):\n\n  {page.address}\n")
        print("Ctrl-C ends it.", flush=True)
        if browser:
            browsers.show(page.address)
        await page.ended
    print("The try-out has ended.")
