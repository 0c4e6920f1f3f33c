"""The page in the browser, until somebody ends it."""

import os
import sys
import webbrowser
from collections.abc import Sequence
from typing import Final

from pydantic import SecretStr

from demo.front import Door, opened
from demo.stage import live_world, simulated_stage
from demo.window import Window
from demo.world import World

PROMPT: Final = "a harbour town at dusk, lanterns on the water"
SCALE: Final = 0.55
"""As wide as the page shows a picture; it takes its time with larger ones."""
_DISPLAYS: Final = ("DISPLAY", "WAYLAND_DISPLAY")


async def play_page(*, port: int, latency: float, guild_credits: int, browser: bool) -> None:
    """Raises `PortTakenError`."""
    async with simulated_stage(latency, guild_credits, SCALE) as stage:
        print("The bot is real. Discord and the image service are simulated; nothing leaves this machine.")
        await _first_picture(stage.world)
        await _show(stage.world, port, browser=browser)


async def play_live_page(key: SecretStr, *, port: int, guild_credits: int, browser: bool) -> None:
    """Raises `PortTakenError`."""
    async with live_world(key, guild_credits) as world:
        print("The bot and the image service are real; Discord is simulated.")
        print(f"The account of ONEMIN_API_KEY pays for each picture. {guild_credits} at most can be made.")
        await _show(world, port, browser=browser)


async def _first_picture(world: World) -> None:
    print(f"Ada types /imagine prompt:{PROMPT} …", flush=True)
    await world.slash(world.ada, "imagine", prompt=PROMPT)
    await world.finish()
    print("… and there is her picture.")


async def _show(world: World, port: int, *, browser: bool) -> None:
    async with Window.open(world) as window, opened(window, [world.art, world.dark], port) as doors:
        _announce(doors, window.key)
        if browser and _has_display():
            webbrowser.open(f"{doors[0].origin}/#{window.key}")
        await window.keep_current()


def _announce(doors: Sequence[Door], key: str) -> None:
    first, *others = (f"{door.origin}/#{key}" for door in doors)
    print(f"\nOpen this in a browser, whole (what follows # is the key):\n\n  {first}\n")
    for door, address in zip(doors[1:], others, strict=True):
        print(f"The page leads on to #{door.channel.name}, which is at {address}")
    print("Ctrl-C ends it.", flush=True)


def _has_display() -> bool:
    return sys.platform in {"darwin", "win32"} or any(os.environ.get(name) for name in _DISPLAYS)
