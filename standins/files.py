"""Hands out files over HTTP on loopback, for a simulated Discord whose own store nobody else can reach."""

from types import TracebackType
from typing import TYPE_CHECKING, Self

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = "/cdn"


class Files:
    """`find` is asked for what stands behind an address of `root`; nothing is a 404."""

    def __init__(self) -> None:
        self.find: Callable[[str], bytes | None] = lambda _: None
        self.gone: set[str] = set()
        """Addresses that have run out."""
        self.redirect: str | None = None
        """Where everything leads instead."""
        self.requests: list[str] = []
        application = web.Application()
        application.router.add_get(ROOT + "/{path:.+}", self._download)
        self._runner = web.AppRunner(application, access_log=None)
        self._port = 0
        self._expired = False

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._port}{ROOT}"

    @property
    def api(self) -> str:
        """The address at which a bot would look for the API beside it."""
        return f"http://127.0.0.1:{self._port}/api/v10"

    def expire(self) -> None:
        """Addresses as they are now lead nowhere any more; those with a query, signed anew, do."""
        self._expired = True

    async def _download(self, request: web.Request) -> web.Response:
        url = f"{self.root}/{request.match_info['path']}"
        expired = self._expired and not request.query_string
        self.requests.append(url)
        if self.redirect is not None:
            return web.Response(status=302, headers={"Location": self.redirect})
        content = None if expired or url in self.gone else self.find(url)
        if content is None:
            return web.Response(status=404, text="This content is no longer available.")
        return web.Response(body=content, content_type="application/octet-stream")
