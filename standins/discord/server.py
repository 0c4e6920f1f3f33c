"""The stand-in as tests and benchmarks hold it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from aiohttp import web

from standins.discord.assembly import Assembly
from standins.discord.changes import PATIENCE_SECONDS
from standins.discord.faults import Fault
from standins.discord.gateway import Gateway
from standins.discord.journal import Recorded, Violation
from standins.discord.people.members import Member
from standins.discord.people.places import Channel, Guild
from standins.discord.rest.portal import Portal
from standins.discord.rest.site import ROOT
from standins.discord.rights import INVITED, NONE
from standins.discord.state import DIRECT_CHANNEL, NOWHERE, ChannelState, GuildState, MemberState, Role, User

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
        self._parts = Assembly(token, openapi)
        self._platform = self._parts.platform
        application = self._parts.application()
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)

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
        self.heal()
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
        return self._parts.account.token

    @property
    def application_id(self) -> int:
        return self._parts.account.application

    @property
    def gateway(self) -> Gateway:
        return self._platform.gateway

    @property
    def portal(self) -> Portal:
        return self._platform.portal

    @property
    def requests(self) -> Sequence[Recorded]:
        return tuple(self._parts.journal.requests)

    @property
    def violations(self) -> Sequence[Violation]:
        return tuple(self._parts.journal.violations)

    @property
    def invalid_requests(self) -> int:
        """Answered with 401, 403 or 429 in the last ten minutes; too many, and the bot is shut out."""
        return self._parts.invalid.number

    def allow_invalid_requests(self, number: int) -> None:
        """So many in ten minutes, where the platform itself allows 10,000."""
        self._parts.invalid.allowed = number

    def guild(
        self,
        name: str,
        *,
        number: int | None = None,
        upload_limit: int = _UPLOAD_LIMIT,
        locale: str = "en-US",
        joined: bool = True,
    ) -> Guild:
        """One that the bot is in, unless told otherwise. Its `number` decides on its shard."""
        state = self._found(number or self._platform.ids.next(), name, upload_limit, locale, joined=joined)
        self._platform.membership.found(state)
        return Guild(self._platform, state)

    def direct(self, member: Member) -> Channel:
        """The bot's direct messages with somebody."""
        nowhere = self._platform.world.guilds.get(NOWHERE)
        if nowhere is None:
            nowhere = self._found(NOWHERE, "nowhere", _UPLOAD_LIMIT, "en-US", joined=True)
            self._platform.world.guilds[NOWHERE] = nowhere
        user = member.state.user
        nowhere.members[user.id] = MemberState(user, nowhere, [], NONE, nowhere.founded)
        state = ChannelState(self._platform.ids.next(), nowhere, user.name, kind=DIRECT_CHANNEL, person=user)
        self._platform.world.settle(state)
        return Channel(self._platform, state)

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
        self._parts.journal.clear()

    def advance(self, seconds: float) -> None:
        """Put the platform's own clock forward: deadlines, signatures and limits, but neither ids nor heartbeats."""
        self._platform.clock.advance(seconds)

    def fail(self, method: str, path: str, **what: Any) -> None:
        """Order a `Fault` for the next request to a path, a pattern as in file names."""
        self._parts.faults.arm(Fault(method, path, **what))

    def heal(self) -> None:
        self._parts.faults.clear()

    def _found(self, number: int, name: str, upload_limit: int, locale: str, *, joined: bool) -> GuildState:
        platform = self._platform
        ids, bot, now = platform.ids, self._parts.account.bot, platform.clock.timestamp()
        managed = Role(ids.next(), bot.name, INVITED, bot.id)
        owner = User(ids.next(), "owner")
        return GuildState(number, name, owner, bot, managed, upload_limit, locale, now, joined)
