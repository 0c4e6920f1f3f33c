from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import aiohttp

from bot import __version__

# The largest concurrency that may be set, and as many downloads and polls beside it.
_CONNECTIONS: Final = 512


@asynccontextmanager
async def open_session() -> AsyncIterator[aiohttp.ClientSession]:
    """The one session of the process; it carries no key, no cookie and nothing of the environment.

    Every request has a connection of its own. One that is used again may be closed by the other side just as an
    order is written to it, and then nobody knows whether the order was taken.
    """
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=_CONNECTIONS, force_close=True),
        cookie_jar=aiohttp.DummyCookieJar(),
        # The edge refuses some default agents with its error 1010.
        headers={"User-Agent": f"imagine-bot/{__version__} (aiohttp)"},
        trust_env=False,
    ) as session:
        yield session
