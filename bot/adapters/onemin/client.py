import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from functools import partial
from typing import Final

import structlog
from aiolimiter import AsyncLimiter
from pydantic import SecretStr
from yarl import URL

from bot.adapters.onemin import repeating
from bot.adapters.onemin.downloads import fetch, target
from bot.adapters.onemin.replies import BlankReplyError, followed, listed, ordered
from bot.adapters.onemin.session import Sessions
from bot.adapters.onemin.transport import exchange, within
from bot.adapters.onemin.uploads import UPLOADS, UPLOADS_PER_MINUTE, form, kept_as
from bot.adapters.onemin.wire import Calls, Reply
from bot.adapters.spool import Spool, SpooledFile
from bot.domain.failures import RateLimitedError
from bot.domain.origins import ImageOrigin
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Content, Painted, Pending, Picture, Source

NOBODYS: Final = "00000000-0000-0000-0000-000000000000"
"""A record that cannot exist: to ask for it costs nothing, and needs a key that is accepted."""
PARTS_OF_A_MINUTE: Final = 10
"""After a pause, a part more goes out within a minute than is agreed on, and not twice as many."""
# One attempt that hangs must leave time for others.
_ATTEMPTS_IN_TIME: Final = 3

log = structlog.get_logger(__name__)


class OneMin:
    """The provider behind `bot.ports.ImageProvider`. `timeout_seconds` bounds each method, repeating included."""

    def __init__(
        self,
        sessions: Sessions,
        spool: Spool,
        *,
        api_url: str,
        api_key: SecretStr,
        model: str,
        asynchronous: bool,
        image_origins: Sequence[ImageOrigin],
        requests_per_minute: int,
        timeout_seconds: float,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._sessions = sessions
        self._spool = spool
        self._api_url = api_url.rstrip("/")
        self._calls = Calls(key=api_key, model=model, asynchronous=asynchronous)
        self._origins = tuple(image_origins)
        at_once = max(1, requests_per_minute // PARTS_OF_A_MINUTE)
        self._limiter = AsyncLimiter(at_once, 60 * at_once / requests_per_minute)
        self._assets = AsyncLimiter(min(requests_per_minute, UPLOADS_PER_MINUTE))
        self._uploads = asyncio.Semaphore(UPLOADS)
        self._timeout = timeout_seconds
        self._sleep = sleep

    async def turn(self) -> None:
        await self._turn_by(self._in(self._timeout))

    async def request(self, parameters: ImageParameters, source: Source | None = None) -> Painted | Pending:
        # An order placed late is paid for and then given up: half of the time belongs to the painting.
        latest = self._timeout / 2
        attempts = repeating.paid(partial(self._pause, turn_by=self._in(latest)), latest)
        call = self._calls.order(parameters, source)
        async with within(self._timeout):
            reply: Reply = await attempts(exchange, self._sessions.orders, self._api_url, call)
        outcome = ordered(reply)
        if isinstance(outcome, Pending):
            log.info("onemin.pending", reference=outcome.reference)
        return outcome

    async def upload(self, picture: Picture) -> str:
        attempts = repeating.uploads(self._sleep, self._timeout)
        async with within(self._timeout), self._uploads:
            reply: Reply = await attempts(self._sent, picture)
        return kept_as(reply)

    async def follow(self, reference: str) -> Painted:
        attempts = repeating.polls(self._sleep, self._timeout)
        async with within(self._timeout):
            painted: Painted = await attempts(self._read, reference)
        return painted

    async def probe(self) -> None:
        async with within(self._timeout / _ATTEMPTS_IN_TIME):
            reply = await exchange(self._sessions.reads, self._api_url, self._calls.result(NOBODYS))
        with suppress(BlankReplyError):  # what there is to read about it, once the key was accepted
            followed(reply, NOBODYS)

    async def offers(self, feature: str) -> bool | None:
        """Whether the public list names the model for a feature; None where it cannot be understood."""
        async with within(self._timeout / _ATTEMPTS_IN_TIME):
            reply = await exchange(self._sessions.reads, self._api_url, self._calls.models(feature))
        models = listed(reply)
        return self._calls.model in models if models else None

    @asynccontextmanager
    async def download(self, painted: Painted) -> AsyncIterator[Content]:
        address = target(painted.url, self._origins)
        attempts = repeating.downloads(self._sleep, self._timeout)
        async with within(self._timeout):
            file: SpooledFile = await attempts(self._fetch, address)
        async with aclosing(file):
            yield file

    async def _sent(self, picture: Picture) -> Reply:
        await self._assets.acquire()  # uploads have a limit of their own
        # To each attempt its own reader: one that was sent half is at its end.
        with picture.content.reader() as file:
            call = self._calls.asset(form(file, picture.format))
            return await exchange(self._sessions.reads, self._api_url, call)

    async def _read(self, reference: str) -> Painted | Pending | Reply:
        await self._limiter.acquire()
        async with within(self._timeout / _ATTEMPTS_IN_TIME):
            reply = await exchange(self._sessions.reads, self._api_url, self._calls.result(reference))
        return reply if repeating.can_pass(reply.status) else followed(reply, reference)

    async def _fetch(self, address: URL) -> SpooledFile:
        # To each attempt its own file: a thread may still be writing for the one before.
        file = self._spool.file()
        try:
            async with within(self._timeout / _ATTEMPTS_IN_TIME):
                await fetch(self._sessions.reads, address, file)
        except BaseException:
            await file.aclose()
            raise
        return file

    async def _pause(self, seconds: float, turn_by: float) -> None:
        await self._sleep(seconds)
        await self._turn_by(turn_by)

    async def _turn_by(self, moment: float) -> None:
        try:
            async with asyncio.timeout_at(moment):
                await self._limiter.acquire()
        except TimeoutError:
            raise RateLimitedError("no turn in time") from None

    @staticmethod
    def _in(seconds: float) -> float:
        return asyncio.get_running_loop().time() + seconds
