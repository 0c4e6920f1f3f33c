"""A bot's process between the two stand-ins, and what it uses of the machine."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psutil

from standins.discord import Discord
from standins.endpoint import Endpoint

KEY: Final = "standin-key-0123456789"
IDENTITY: Final = "standin-token-0123456789"
ROOT: Final = Path(__file__).parents[1]
MEBIBYTE: Final = 1024 * 1024

Furnish = Callable[[Discord], object]
"""What stands there before the bot comes."""


@dataclass(frozen=True, slots=True)
class Contender:
    """`module` is run with `python -m`, settings in its environment."""

    name: str
    module: str


@dataclass(frozen=True, slots=True)
class Running:
    process: psutil.Process
    discord: Discord
    endpoint: Endpoint
    seconds_to_ready: float

    def cpu_seconds(self) -> float:
        used = self.process.cpu_times()
        return float(used.user + used.system)

    def memory(self) -> float:
        """Resident now, in MiB."""
        return float(self.process.memory_info().rss) / MEBIBYTE


@asynccontextmanager
async def running(contender: Contender, sketch: bytes, latency: float, furnish: Furnish) -> AsyncIterator[Running]:
    """The bot, ready, with nothing to do yet. `latency` is the endpoint's, in seconds."""
    with TemporaryDirectory() as folder:
        async with (
            Endpoint(api_key=KEY, latency=latency, sketch=sketch) as endpoint,
            Discord(token=IDENTITY) as discord,
        ):
            furnish(discord)
            began = time.monotonic()
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", contender.module),
                cwd=folder,
                env=_environment(endpoint, discord, folder),
                stderr=asyncio.subprocess.DEVNULL,
            )
            try:
                await discord.ready()
                yield Running(psutil.Process(process.pid), discord, endpoint, time.monotonic() - began)
            finally:
                process.terminate()
                await process.wait()


def _environment(endpoint: Endpoint, discord: Discord, folder: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": IDENTITY,
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_GATEWAY_URL": discord.gateway_url,
        "SHARD_COUNT": "1",
        "ONEMIN_API_KEY": KEY,
        "ONEMIN_API_URL": endpoint.url,
        "ONEMIN_IMAGE_ORIGINS": endpoint.image_origin,
        "ONEMIN_CONCURRENCY": "256",
        "ONEMIN_REQUESTS_PER_MINUTE": "100000",
        "PROVIDER_CALLS_PER_DAY": "1000000",
        "GUILD_CREDITS": "unlimited",
        "GUILD_JOBS": "10000",
        "MEMBER_JOBS": "10000",
        "DATABASE_URL": f"sqlite:///{folder}/bot.db",
        "DATA_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
    }
