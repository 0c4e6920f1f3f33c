"""What a browser talks to: SimCord's page behind one address for each channel.

The page shows one channel, takes one action at a time, and refuses an action that was aimed at what it showed a moment
ago. The front speaks for its channel, lets actions wait for their turn, and aims once more.
"""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import aiohttp
from aiohttp import web

from demo.window import Window
from demo.world import Channel

HOST: Final = "127.0.0.1"
_STATIC: Final = Path(__file__).parent / "static"
_OURS: Final = frozenset({"host", "origin", "referer", "connection", "content-length", "accept-encoding"})
_THEIRS: Final = frozenset({"connection", "content-length", "content-encoding", "transfer-encoding", "date", "server"})
_BYTES: Final = 32 * 1024 * 1024
_LINKS: Final = '<link rel="stylesheet" href="/demo.css"><script type="module" src="/demo.js"></script></head>'


@dataclass(frozen=True, slots=True)
class Door:
    """A channel and the origin of its page."""

    channel: Channel
    origin: str


class PortTakenError(Exception):
    """Its text is the port."""


class Front:
    def __init__(self, window: Window, channel: Channel, session: aiohttp.ClientSession) -> None:
        self._window = window
        self._channel = channel
        self._session = session
        self._doors: Sequence[Door] = ()

    def application(self) -> web.Application:
        app = web.Application(client_max_size=_BYTES, handler_args={"handler_cancellation": False})
        app.router.add_get("/", self._page)
        for name in ("demo.css", "demo.js"):
            app.router.add_get(f"/{name}", _file)
        app.router.add_get("/demo.json", self._signpost)
        app.router.add_get("/favicon.ico", _nothing)
        app.router.add_post("/api/pages", self._in_turn)
        app.router.add_post("/api/action", self._act)
        app.router.add_route("*", "/{rest:.*}", self._pass)
        return app

    def lead_to(self, doors: Sequence[Door]) -> None:
        self._doors = doors

    async def _page(self, request: web.Request) -> web.Response:
        answer = await self._pass(request)
        answer.text = (answer.text or "").replace("</head>", _LINKS, 1)
        return answer

    async def _signpost(self, _: web.Request) -> web.Response:
        here = self._channel
        return web.json_response(
            [{"name": it.channel.name, "origin": it.origin, "here": it.channel is here} for it in self._doors]
        )

    async def _in_turn(self, request: web.Request) -> web.Response:
        body = await request.read()
        async with self._window.turn(self._channel):
            return await self._forward(request, body)

    async def _act(self, request: web.Request) -> web.Response:
        body = await request.read()
        async with self._window.turn(self._channel):
            answer = await self._forward(request, body)
            again = _aimed_again(body, answer) if request.content_type == "application/json" else None
            return answer if again is None else await self._forward(request, again)

    async def _pass(self, request: web.Request) -> web.Response:
        return await self._forward(request, await request.read())

    async def _forward(self, request: web.Request, body: bytes) -> web.Response:
        url = f"{self._window.origin}{request.raw_path}"
        headers = _without(request.headers, _OURS)
        async with self._session.request(request.method, url, headers=headers, data=body or None) as theirs:
            return web.Response(
                status=theirs.status, headers=_without(theirs.headers, _THEIRS), body=await theirs.read()
            )


@asynccontextmanager
async def opened(window: Window, channels: Sequence[Channel], port: int) -> AsyncIterator[Sequence[Door]]:
    """A page for each channel, on this port and the next ones; port 0 is any. Raises `PortTakenError`."""
    async with aiohttp.ClientSession() as session:
        fronts = [Front(window, channel, session) for channel in channels]
        runners = [web.AppRunner(front.application(), access_log=None, shutdown_timeout=1) for front in fronts]
        ports = [port + number if port else 0 for number in range(len(channels))]
        try:
            origins = [await _start(runner, port) for runner, port in zip(runners, ports, strict=True)]
            doors = [Door(channel, origin) for channel, origin in zip(channels, origins, strict=True)]
            for front in fronts:
                front.lead_to(doors)
            yield doors
        finally:
            for runner in runners:
                await runner.cleanup()


async def _start(runner: web.AppRunner, port: int) -> str:
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError:
        raise PortTakenError(port) from None
    return f"http://{HOST}:{runner.addresses[0][1]}"


async def _file(request: web.Request) -> web.FileResponse:
    return web.FileResponse(_STATIC / request.path.removeprefix("/"), headers={"Cache-Control": "no-store"})


async def _nothing(_: web.Request) -> web.Response:
    return web.Response(status=web.HTTPNoContent.status_code)


def _aimed_again(body: bytes, answer: web.Response) -> bytes | None:
    """The action, aimed at what the page shows now, if that was all that spoke against it."""
    receipt: Any = json.loads(answer.body) if isinstance(answer.body, bytes) else {}
    codes = {problem.get("code") for problem in receipt.get("diagnostics") or ()}
    if answer.status != web.HTTPOk.status_code or "stale-revision" not in codes:
        return None
    return json.dumps(json.loads(body) | {"published_revision": receipt["revision"]}).encode()


def _without(headers: Mapping[str, str], names: frozenset[str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in names}
