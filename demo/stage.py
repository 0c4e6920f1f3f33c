"""What a try-out stands on: a world, who paints for it, and its books. All of it is gone afterwards."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from demo.settings import KEY, live, simulated
from demo.world import World
from standins.endpoint import Endpoint
from standins.files import Files


@dataclass(frozen=True, slots=True)
class Stage:
    world: World
    endpoint: Endpoint
    books: str
    """The address of the database."""


@asynccontextmanager
async def simulated_stage(latency: float, guild_credits: int, scale: float = 1.0) -> AsyncIterator[Stage]:
    with tempfile.TemporaryDirectory() as folder:
        async with Endpoint(api_key=KEY, latency=latency, scale=scale) as endpoint, Files() as files:
            settings = simulated(Path(folder), endpoint, files, guild_credits)
            async with World.open(settings, files) as world:
                yield Stage(world, endpoint, settings.database_url)


@asynccontextmanager
async def live_world(key: SecretStr, guild_credits: int) -> AsyncIterator[World]:
    """Pictures come from the real image service and are paid for."""
    with tempfile.TemporaryDirectory() as folder:
        async with Files() as files, World.open(live(Path(folder), files, key, guild_credits), files) as world:
            yield world
