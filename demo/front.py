"""What a browser talks to: SimCord's page, for every channel and person behind one address.

SimCord's page shows one channel, takes one action at a time, and refuses an action that was aimed at what it showed a
moment ago. The front remembers which page shows which channel, lets actions wait for their turn, and aims once more.
"""

import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp
from aiohttp import web

from demo.kept import Kept
from demo.relay import KEY, PAGE, Answer, Relay
from demo.window import Window
from standins.endpoint import Endpoint, Fault, PathKind

HOST: Final = "127.0.0.1"
_STATIC: Final = Path(__file__).parent / "static"
_BYTES: Final = 32 * 1024 * 1024
_LINKS: Final = '<link rel="stylesheet" href="/demo/demo.css"><script type="module" src="/demo/demo.js"></script>'


class PortTakenError(Exception):
    """Its text is the port, and why it cannot be had."""


class Front:
    def __init__(self, window: Window, endpoint: Endpoint | None, relay: Relay) -> None:
        self._window = window
        self._endpoint = endpoint
        self._relay = relay
        self._kept = Kept()
        self._channels: dict[str, str] = {}
        """By the pages that show them."""

    def application(self) -> web.Application:
        app = web.Application(client_max_size=_BYTES, handler_args={"handler_cancellation": False})
        app.router.add_get("/", self._page)
        app.router.add_get("/favicon.ico", _nothing)
        app.router.add_get("/demo/facts.json", self._facts)
        app.router.add_post("/demo/fail", self._fail)
        for file in _STATIC.iterdir():
            app.router.add_get(f"/demo/{file.name}", _file)
        app.router.add_post("/api/pages", self._open)
        app.router.add_delete("/api/pages/{page}", self._close)
        app.router.add_get("/api/state", self._state)
        app.router.add_get("/api/assets/{asset}", self._picture)
        app.router.add_post("/api/action", self._act)
        app.router.add_route("*", "/{rest:.*}", self._pass)
        return app

    async def _page(self, request: web.Request) -> web.Response:
        answer = await self._pass(request)
        answer.text = (answer.text or "").replace("</head>", f"{_LINKS}</head>", 1)
        return answer

    async def _facts(self, _: web.Request) -> web.Response:
        world = self._window.world
        return web.json_response(
            {
                "channels": [{"name": name, "restricted": it is world.dark} for name, it in world.channels.items()],
                "people": {str(person.id): name for name, person in world.people.items()},
                "live": self._endpoint is None,
            }
        )

    async def _fail(self, request: web.Request) -> web.Response:
        if self._endpoint is None or not self._is_known(request):
            raise web.HTTPForbidden
        self._endpoint.heal()  # asked for twice, it is still one
        self._endpoint.fail(Fault.SERVER_ERROR, at=PathKind.GENERATE)
        return await _nothing(request)

    async def _open(self, request: web.Request) -> web.Response:
        """A page on the channel and for the person that its address names, or the first ones."""
        world, channel = self._window.world, request.query.get("channel", "")
        person = world.people.get(request.query.get("as", ""), world.ada)
        async with self._window.turn(channel):
            answer = await self._relay.ask(request, json.dumps({"viewer_id": str(person.id)}).encode())
        if answer.ok:
            page = answer.json()["context"]["id"]
            self._channels[page] = channel
            self._kept.note(page, self._window.changes, answer)
        return answer.response()

    async def _close(self, request: web.Request) -> web.Response:
        page = request.match_info["page"]
        self._channels.pop(page, None)
        self._kept.forget(page)
        return await self._pass(request)

    async def _state(self, request: web.Request) -> web.Response:
        if not self._is_known(request):
            return await self._pass(request)
        page = request.headers.get(PAGE, "")
        return (await self._kept.state(page, self._window.changes, lambda: self._relay.ask(request))).response()

    async def _picture(self, request: web.Request) -> web.Response:
        if not self._is_known(request):
            return await self._pass(request)
        page, asset = request.headers.get(PAGE, ""), request.match_info["asset"]
        answer = await self._kept.picture(page, asset, request.query_string, lambda: self._relay.ask(request))
        return answer.response()

    async def _act(self, request: web.Request) -> web.Response:
        body = await request.read()
        channel = self._channels.get(request.headers.get(PAGE, ""), "")
        async with self._window.turn(channel):
            answer = await self._relay.ask(request, body)
            again = _aimed_again(body, answer) if request.content_type == "application/json" else None
            answer = answer if again is None else await self._relay.ask(request, again)
        return answer.response()

    async def _pass(self, request: web.Request) -> web.Response:
        return (await self._relay.ask(request, await request.read())).response()

    def _is_known(self, request: web.Request) -> bool:
        return request.headers.get(KEY) == self._window.key


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """The page's port, before anything is made for the page; 0 is any. Raises `PortTakenError`."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, port))
            door.listen()
        except OSError as error:
            raise PortTakenError(f"{port} ({error.strerror})") from None
        yield door


@asynccontextmanager
async def opened(window: Window, endpoint: Endpoint | None, door: socket.socket) -> AsyncIterator[str]:
    """The page's origin. `endpoint` is the stand-in that paints, if one does."""
    async with aiohttp.ClientSession() as session:
        application = Front(window, endpoint, Relay(session, window.origin)).application()
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.SockSite(runner, door).start()
            yield f"http://{HOST}:{door.getsockname()[1]}"
        finally:
            await runner.cleanup()


async def _file(request: web.Request) -> web.FileResponse:
    return web.FileResponse(_STATIC / Path(request.path).name, headers={"Cache-Control": "no-store"})


async def _nothing(_: web.Request) -> web.Response:
    return web.Response(status=web.HTTPNoContent.status_code)


def _aimed_again(body: bytes, answer: Answer) -> bytes | None:
    """The action, aimed at what the page shows now, if that was all that spoke against it."""
    receipt: Any = answer.json() if answer.ok else {}
    if "stale-revision" not in {problem.get("code") for problem in receipt.get("diagnostics") or ()}:
        return None
    return json.dumps(json.loads(body) | {"published_revision": receipt["revision"]}).encode()
