"""A proxy before Discord's API, as several processes share one: plain http, below the same path."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import aiohttp
from aiohttp import web
from yarl import URL

HOST: Final = "127.0.0.1"
_OF_ONE_HOP: Final = {"connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding"}
_MOST: Final = 64 * 1024 * 1024


class Proxy:
    """Passes everything on and counts it. What it is told to `refuse` it answers itself, once for each."""

    def __init__(self, beyond: str) -> None:
        self.url = ""
        self.passed: list[str] = []
        self.refusals: list[tuple[str, web.Response]] = []
        self._beyond = URL(beyond)
        self._session: aiohttp.ClientSession | None = None

    @classmethod
    @asynccontextmanager
    async def to(cls, beyond: str) -> AsyncIterator["Proxy"]:
        proxy = cls(beyond)
        application = web.Application(client_max_size=_MOST)
        application.router.add_route("*", "/{path:.*}", proxy._pass)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        async with aiohttp.ClientSession(auto_decompress=False) as proxy._session:
            await runner.setup()
            await web.TCPSite(runner, HOST, 0).start()
            proxy.url = f"http://{HOST}:{runner.addresses[0][1]}{proxy._beyond.path}"
            yield proxy
            await runner.cleanup()

    def refuse(self, path: str, answer: web.Response) -> None:
        """The next request whose path ends like this."""
        self.refusals.append((path, answer))

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        for refusal in self.refusals:
            path, answer = refusal
            if request.path.endswith(path):
                self.refusals.remove(refusal)
                return answer
        assert self._session is not None
        self.passed.append(f"{request.method} {request.path}")
        head = {name: value for name, value in request.headers.items() if name.lower() not in _OF_ONE_HOP}
        body, there = await request.read(), self._beyond.with_path(request.raw_path, encoded=True)
        body = await request.read()
        there = self._beyond.origin().join(URL(request.raw_path, encoded=True))
        async with self._session.request(request.method, there, headers=head, data=body) as answered:
            kept = {name: value for name, value in answered.headers.items() if name.lower() not in _OF_ONE_HOP}
            return web.Response(status=answered.status, headers=kept, body=await answered.read())
