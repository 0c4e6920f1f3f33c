from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import aiohttp

from bot import __version__

# The largest concurrency that may be set, and as many downloads and polls beside it.
_CONNECTIONS: Final = 512
# Less than servers commonly allow: most connections that the other side is about to close are not used again.
_IDLE_SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True)
class Sessions:
    """What a process asks the provider with; neither carries a key, a cookie or anything of the environment.

    Each of the `orders` has a connection of its own. One that is used again may be closed by the other side just as
    an order is written to it, and then nobody knows whether the order was taken. `reads` may be repeated, so
    they share connections.
    """

    orders: aiohttp.ClientSession
    reads: aiohttp.ClientSession


@asynccontextmanager
async def open_sessions() -> AsyncIterator[Sessions]:
    orders = aiohttp.TCPConnector(limit=_CONNECTIONS, force_close=True)
    reads = aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_IDLE_SECONDS)
    async with _session(orders) as ordering, _session(reads) as reading:
        yield Sessions(ordering, reading)


def _session(connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        # The edge refuses some default agents with its error 1010.
        headers={"User-Agent": f"imagine-bot/{__version__} (aiohttp)"},
        trust_env=False,
    )
