"""Files that people posted, fetched from Discord's own store and from nowhere else."""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from http import HTTPStatus
from typing import Final

import aiohttp
import structlog
from typing_extensions import override
from yarl import URL

from bot import __version__
from bot.adapters.spool import Spool, SpooledFile
from bot.domain.origins import ImageOrigin
from bot.domain.pictures import Content
from bot.domain.refusals import SourceError, SourceProblem
from bot.domain.sources import LARGEST_SOURCE
from bot.ports import SourceFiles

DOWNLOAD_SECONDS: Final = 60.0
_CONNECT_SECONDS: Final = 10.0
_CONNECTIONS: Final = 16
_ATTEMPTS: Final = 2
# Its address has run out, or somebody deleted the message with it.
_GONE: Final = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
# What is left over is read differently by different parsers of addresses, and must not decide what is allowed.
_PLAIN: Final = re.compile(r"[!-\[\]-~]+")

_log = structlog.get_logger(__name__)


class _LostError(Exception):
    """Another attempt may well succeed."""


class DiscordFiles(SourceFiles):
    def __init__(
        self,
        session: aiohttp.ClientSession,
        spool: Spool,
        origins: Sequence[ImageOrigin],
        *,
        seconds: float = DOWNLOAD_SECONDS,
        largest: int = LARGEST_SOURCE,
    ) -> None:
        self._session = session
        self._spool = spool
        self._origins = tuple(origins)
        self._seconds, self._largest = seconds, largest

    @classmethod
    @asynccontextmanager
    async def open(cls, spool: Spool, origins: Sequence[ImageOrigin]) -> AsyncIterator["DiscordFiles"]:
        async with aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": f"imagine-bot/{__version__} (aiohttp)", "Accept-Encoding": "identity"},
            trust_env=False,
        ) as session:
            yield cls(session, spool, origins)

    @override
    def allows(self, url: str) -> bool:
        return _PLAIN.fullmatch(url) is not None and any(origin.allows(url) for origin in self._origins)

    @override
    @asynccontextmanager
    async def download(self, url: str) -> AsyncIterator[Content]:
        address = self._allowed(url)
        try:
            async with asyncio.timeout(self._seconds):
                file = await self._fetched(address)
        except TimeoutError:
            raise SourceError(SourceProblem.UNREACHABLE) from None
        async with aclosing(file):
            yield file

    def _allowed(self, url: str) -> URL:
        """Untouched, since its query is signed."""
        if self.allows(url):
            with suppress(ValueError):
                return URL(url, encoded=True)
        raise SourceError(SourceProblem.FOREIGN)

    async def _fetched(self, address: URL) -> SpooledFile:
        for _ in range(_ATTEMPTS):
            # To each attempt its own file: a thread may still be writing for the one before.
            file = self._spool.file()
            try:
                await self._fetch(address, file)
            except _LostError as lost:
                await file.aclose()
                _log.info("a file of Discord's could not be fetched", reason=str(lost))
            except BaseException:
                await file.aclose()
                raise
            else:
                return file
        raise SourceError(SourceProblem.UNREACHABLE)

    async def _fetch(self, address: URL, file: SpooledFile) -> None:
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS)
        try:
            async with self._session.get(address, allow_redirects=False, timeout=timeout) as response:
                _judge(response.status)
                async with aclosing(self._pieces(response)) as pieces:
                    await file.fill(pieces)
        except (aiohttp.ClientError, OSError) as error:
            raise _LostError(type(error).__name__) from None

    async def _pieces(self, response: aiohttp.ClientResponse) -> AsyncGenerator[bytes, None]:
        size = response.content_length or 0
        if size > self._largest:
            raise SourceError(SourceProblem.HEAVY)
        size = 0
        async for piece in response.content.iter_any():
            size += len(piece)
            if size > self._largest:
                raise SourceError(SourceProblem.HEAVY)
            yield piece


def _judge(status: int) -> None:
    if status in _GONE:
        raise SourceError(SourceProblem.EXPIRED)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        raise _LostError(str(status))
    if status != HTTPStatus.OK:  # a redirect leads elsewhere
        raise SourceError(SourceProblem.UNREACHABLE)
