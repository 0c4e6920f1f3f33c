"""The stand-in as tests and benchmarks hold it."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from aiohttp import web

from standins.discord.account import Account
from standins.discord.cdn import Cdn
from standins.discord.changes import PATIENCE_SECONDS, Changes
from standins.discord.clock import Clock
from standins.discord.faults import Fault, FaultRegister
from standins.discord.gateway import Gateway
from standins.discord.interactions import Interactions
from standins.discord.journal import Journal, Recorded, Violation
from standins.discord.messages import Messages
from standins.discord.places import Guild
from standins.discord.platform import Platform
from standins.discord.rate import Limits
from standins.discord.rendering import Renderer
from standins.discord.rest.answers import Answers
from standins.discord.rest.channels import Channels
from standins.discord.rest.portal import Portal
from standins.discord.rest.routes import routes
from standins.discord.rest.site import ROOT, Site
from standins.discord.rules import Rules
from standins.discord.snowflakes import Snowflakes
from standins.discord.state import GuildState, User

_UPLOAD_LIMIT: Final = 10 * 1024 * 1024
_SHUTDOWN_SECONDS: Final = 1.0


class Discord:
    """The platform on loopback, from `async with` until its end. `openapi` is its official description."""

    def __init__(
        self,
        *,
        token: str = "standin-token",  # noqa: S107 - nobody's secret
        openapi: Path | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
    ) -> None:
        self._host, self._port = host, port
        clock, ids, changes = Clock(), Snowflakes(), Changes()
        bot = User(ids.next(), "imagine", bot=True)
        self._account = Account(token, bot.id, bot, User(ids.next(), "operator"))
        self._journal, self._faults = Journal(changes), FaultRegister()
        self._rules = Rules(openapi, self._journal)
        renderer, cdn = Renderer(self._account, time.time()), Cdn(clock)
        gateway = Gateway(self._account, renderer, changes)
        messages = Messages(self._account, renderer, clock, ids, cdn, changes, gateway.tell)
        interactions = Interactions(self._account, renderer, clock, ids, messages, changes, gateway.tell)
        portal = Portal(self._account, renderer, ids, self._rules)
        self._platform = Platform(clock, ids, changes, renderer, gateway, cdn, messages, interactions, portal)
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self._port = self._runner.addresses[0][1]
        platform = self._platform
        platform.cdn.root = f"http://{self._host}:{self._port}/cdn"
        platform.portal.gateway_url = self.gateway_url
        platform.gateway.resume_url = f"ws://{self._host}:{self._port}/resume"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._faults.clear()
        await self._platform.gateway.close()
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"http://{self._host}:{self._port}{ROOT}"

    @property
    def gateway_url(self) -> str:
        return f"ws://{self._host}:{self._port}/gateway"

    @property
    def token(self) -> str:
        return self._account.token

    @property
    def application_id(self) -> int:
        return self._account.application

    @property
    def gateway(self) -> Gateway:
        return self._platform.gateway

    @property
    def portal(self) -> Portal:
        return self._platform.portal

    @property
    def requests(self) -> Sequence[Recorded]:
        return tuple(self._journal.requests)

    @property
    def violations(self) -> Sequence[Violation]:
        return tuple(self._journal.violations)

    def guild(self, name: str, *, number: int | None = None, upload_limit: int = _UPLOAD_LIMIT) -> Guild:
        """A guild that the bot is in. Its `number` decides on its shard."""
        ids, gateway = self._platform.ids, self._platform.gateway
        state = GuildState(number or ids.next(), name, User(ids.next(), "owner"), upload_limit, "en-US")
        gateway.guilds[state.id] = state
        gateway.tell(state.id, "GUILD_CREATE", self._platform.renderer.guild(state))
        return Guild(self._platform, state)

    async def ready(self, shards: int = 1, seconds: float = PATIENCE_SECONDS) -> None:
        """Until so many shards are connected; their guilds are on the line before anything else."""
        await self.until(lambda: len(self.gateway.connected) >= shards, seconds)

    async def left(self) -> None:
        """Until nobody is connected."""
        await self.until(lambda: not self.gateway.connected)

    async def until(self, holds: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
        await self._platform.changes.until(holds, seconds)

    def forget(self) -> None:
        """Begin with empty lists of requests and violations."""
        self._journal.clear()

    def advance(self, seconds: float) -> None:
        """Put the platform's own clock forward: deadlines, signatures and rate limits, but not ids."""
        self._platform.clock.advance(seconds)

    def fail(self, method: str, path: str, **what: Any) -> None:
        """Order a `Fault` for the next request to a path, a pattern as in file names."""
        self._faults.arm(Fault(method, path, **what))

    def heal(self) -> None:
        self._faults.clear()

    def _application(self) -> web.Application:
        platform = self._platform
        limits = Limits(platform.clock)
        site = Site(self._account, platform.clock, self._journal, self._faults, limits, platform.interactions)
        answers = Answers(platform.interactions, platform.messages, self._rules)
        channels = Channels(platform.gateway, platform.renderer, platform.messages, self._rules)
        application = web.Application(client_max_size=1024**3)
        for route in routes(platform.portal, answers, channels):
            application.router.add_route(route.method, ROOT + route.path, site.framed(route))
        application.router.add_route("*", ROOT + "/{rest:.*}", site.lost)
        application.router.add_get("/gateway", platform.gateway.connect)
        application.router.add_get("/resume", platform.gateway.connect)
        application.router.add_get("/cdn/{path:.+}", platform.cdn.download)
        return application
