"""The real process between both stand-ins, over real sockets."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, prlimit
from typing import Any, Self

import aiohttp
import psutil

from bot.app import check
from standins.discord import Discord, Interaction
from standins.discord.gateway.starts import CONCURRENCY_SECONDS
from standins.discord.reading import pictures, texts
from standins.endpoint import Endpoint

ROOT = Path(__file__).parents[2]
OPENAPI = ROOT / "tests" / "data" / "discord-openapi.json"
KEY = "standin-key-0123456789"
TOKEN = "standin-token-0123456789"
PROMPT = "a red fox in snow"
QUITE_SOON = 10.0
LOG_BYTES = 64 * 1024
RLIM_NOTHING = (RLIM_INFINITY, RLIM_INFINITY)
UNTIL_IT_STARTED = 30.0  # each shard but the first waits five seconds


class House:
    """One guild with one channel and two members; the bot comes and goes, with the operator's `settings`.

    What is started is `python -m` with the `module`: the bot, or what a test puts around it.
    """

    def __init__(self, folder: Path, discord: Discord, endpoint: Endpoint) -> None:
        self.module = "bot"
        self.settings: dict[str, str] = {}
        self.discord = discord
        self.endpoint = endpoint
        self.guild = discord.guild("Atelier")
        self.channel = self.guild.channel("art")
        self.ada, self.ben = self.guild.member("ada"), self.guild.member("ben")
        self._folder = folder
        self._log = folder / "bot.log"
        self._seen = 0
        self._process: asyncio.subprocess.Process | None = None

    @classmethod
    @asynccontextmanager
    async def open(cls, folder: Path) -> AsyncIterator[Self]:
        async with (
            Endpoint(api_key=KEY, scale=0.1) as endpoint,
            Discord(token=TOKEN, openapi=OPENAPI) as discord,
        ):
            house = cls(folder, discord, endpoint)
            try:
                yield house
            finally:
                if house._process is not None:
                    await house.kill()

    async def start(self) -> None:
        """The bot, until it has its guild."""
        await self.launch()
        await self.discord.until(lambda: self._shards <= self._connected, UNTIL_IT_STARTED)

    async def launch(self) -> None:
        if self.discord.gateway.identifies:
            # A shard begins one session in five seconds, and no test waits for that.
            self.discord.advance(CONCURRENCY_SECONDS)
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", self.module), cwd=self._folder, env=self._environment(), stdout=log, stderr=log
            )

    async def stop(self) -> int:
        """Ask the bot to end, as an operator's machine does, and give its exit code."""
        self.terminate()
        return await self.ended()

    def terminate(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    def memory(self) -> int:
        """Resident, in bytes."""
        assert self._process is not None
        return int(psutil.Process(self._process.pid).memory_info().rss)

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """No file of the bot's grows beyond what the log needs, which is less than its database has already."""
        assert self._process is not None
        (_, most), room = RLIM_NOTHING, self._log.stat().st_size + LOG_BYTES
        assert self.database.with_name("bot.db-wal").stat().st_size > room
        prlimit(self._process.pid, RLIMIT_FSIZE, (room, most))
        try:
            yield
        finally:
            prlimit(self._process.pid, RLIMIT_FSIZE, RLIM_NOTHING)

    async def ended(self) -> int:
        assert self._process is not None
        async with asyncio.timeout(QUITE_SOON):
            code = await self._process.wait()
        self._process = None
        await self.discord.until(lambda: not self._shards & self._connected)
        return code

    async def kill(self) -> None:
        """End it in the middle of whatever it does."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        await self.ended()

    async def check(self) -> tuple[int | None, str]:
        """`python -m bot check`: its exit code and what it said."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "check"), cwd=self._folder, env=self._environment(), stdout=-1
        )
        out, _ = await process.communicate()
        return process.returncode, out.decode().strip()

    async def painting(self, prompt: str = PROMPT) -> Interaction:
        """A picture that is being painted, and stays so until the endpoint is released."""
        self.endpoint.hold()
        posts = len(self.endpoint.posts)
        asked = await self.ada.slash(self.channel, "imagine", prompt=prompt)
        await self.endpoint.arrived(posts + 1)
        await asked.until(lambda message: message["edited_timestamp"] is not None)
        return asked

    async def picture(self, prompt: str = PROMPT) -> dict[str, Any]:
        asked = await self.ada.slash(self.channel, "imagine", prompt=prompt)
        return await asked.until(lambda message: bool(pictures(message)))

    async def page(self, path: str) -> tuple[int, Any]:
        """What the bot tells whoever probes it."""
        async with (
            aiohttp.ClientSession(f"http://127.0.0.1:{self._port}") as session,
            session.get(path) as answer,
        ):
            return answer.status, await answer.json()

    async def metrics(self) -> str:
        """What the bot tells whoever scrapes it."""
        async with (
            aiohttp.ClientSession(f"http://127.0.0.1:{self._port}") as session,
            session.get("/metrics") as answer,
        ):
            return await answer.text()

    def events(self) -> list[Mapping[str, Any]]:
        """All that the bot logged."""
        return [json.loads(line) for line in self._log.read_text().splitlines()]

    async def credits(self) -> str:
        """What a member reads of the guild's credits."""
        told = await self.ben.slash(self.channel, "credits")
        assert told.response is not None
        return texts(told.response)

    async def stop_talking(self) -> None:
        """A round trip with the bot, in which the answers to what it sent before are recorded."""
        await self.credits()

    async def audit(self) -> None:
        """Whatever happened: no rule was broken, the books are right, and nothing went wrong unforeseen."""
        assert [str(it) for it in self.discord.violations] == []
        assert await check(self.database_url) == []
        complaints = self.complaints()
        assert complaints == [], complaints

    def complaints(self) -> list[Mapping[str, Any]]:
        """What the bot logged as an error since last asked."""
        lines = self._log.read_text().splitlines()
        fresh, self._seen = map(json.loads, lines[self._seen :]), len(lines)
        return [it for it in fresh if it["level"] in {"error", "critical"} or "exception" in it]

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": self.discord.api_url,
            "DISCORD_GATEWAY_URL": self.discord.gateway_url,
            "SHARD_COUNT": "1",
            "ONEMIN_API_KEY": KEY,
            "ONEMIN_API_URL": self.endpoint.url,
            "ONEMIN_IMAGE_ORIGINS": self.endpoint.image_origin,
            "DATABASE_URL": self.database_url,
            "HTTP_PORT": "0",
            "LOG_FORMAT": "json",
            **self.settings,
        }

    @property
    def _port(self) -> int:
        lines = map(json.loads, self._log.read_text().splitlines())
        *_, port = (line["port"] for line in lines if line["event"] == "health pages open")
        return int(port)

    @property
    def log(self) -> str:
        return self._log.read_text()

    @property
    def database(self) -> Path:
        return self._folder / "bot.db"

    @property
    def database_url(self) -> str:
        return self.settings.get("DATABASE_URL", f"sqlite:///{self.database}")

    @property
    def _shards(self) -> set[int]:
        """Those of this process; others may share the rest."""
        named, count = self.settings.get("SHARD_IDS"), self.settings.get("SHARD_COUNT", "1")
        if named is not None:
            return set(map(int, named.split(",")))
        return set(range(int(count) if count.isdecimal() else self.discord.portal.shards))

    @property
    def _connected(self) -> set[int]:
        return {session.shard for session in self.discord.gateway.connected}
