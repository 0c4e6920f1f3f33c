"""Carries a call out and its reply home; the only place that sees aiohttp's errors."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import aiohttp
from yarl import URL

from bot.adapters.onemin.wire import Call, Reply
from bot.domain.failures import BadReplyError, ProviderFaultError, ProviderTimeoutError

LARGEST_REPLY: Final = 1024 * 1024

_CONNECT_SECONDS: Final = 10.0


class ConnectionLostError(ProviderFaultError):
    """The connection broke, and with it the knowledge of what the other side did."""


class UnreachableError(ConnectionLostError):
    """No connection came about, so not a byte of the request left."""


async def exchange(session: aiohttp.ClientSession, api_url: str, call: Call) -> Reply:
    """Waits as long as it takes: the caller sets the deadline.

    A redirect is a reply like any other. Following it would carry the key to another host and pay a second time.
    """
    with translated():
        async with session.request(
            call.method,
            URL(f"{api_url}{call.path}", encoded=True),
            headers=call.headers,
            data=call.body,
            allow_redirects=False,
            timeout=patient(),
        ) as response:
            body = b"".join([piece async for piece in capped(response, LARGEST_REPLY)])
            return Reply(response.status, response.headers.copy(), body)


def patient() -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS)


async def capped(response: aiohttp.ClientResponse, limit: int) -> AsyncGenerator[bytes, None]:
    """The body after decompression, in bounded pieces; raises `BadReplyError` beyond the limit."""
    size = 0
    async for piece in response.content.iter_any():
        size += len(piece)
        if size > limit:
            raise BadReplyError(f"{response.status} with more than {limit} bytes")
        yield piece


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise ProviderTimeoutError("no answer in time") from None


@contextmanager
def translated() -> Iterator[None]:
    """Ours for aiohttp's, whose texts name addresses and are therefore neither quoted nor chained."""
    try:
        yield
    except aiohttp.ClientConnectorError as error:
        raise UnreachableError(f"no connection: {type(error).__name__}") from None
    except TimeoutError:
        raise ProviderTimeoutError("no answer in time") from None
    except (aiohttp.ClientError, OSError) as error:
        raise ConnectionLostError(f"connection lost: {type(error).__name__}") from None
