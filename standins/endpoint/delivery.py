"""Puts a reply on the wire, whole or in the way it is to go wrong."""

import asyncio
import contextlib
import socket
import struct

from aiohttp import web

from standins.endpoint.replies import Delivery, Reply

_FLOOD_CHUNK = 256 * 1024
_FLOOD_CHUNKS = 160  # 40 MiB, well beyond the 32 MiB that a reader may allow
_LINGER_NOT_AT_ALL = struct.pack("ii", 1, 0)


async def deliver(request: web.Request, reply: Reply, closing: asyncio.Event) -> web.StreamResponse:
    match reply.delivery:
        case Delivery.WHOLE:
            return _response(reply)
        case Delivery.CUT:
            return await _cut(request, reply)
        case Delivery.FLOOD:
            return await _flood(request, reply)
        case Delivery.HANG:
            await closing.wait()
            return _reset(request)
        case Delivery.RESET:
            return _reset(request)


def _response(reply: Reply) -> web.Response:
    return web.Response(status=reply.status, body=reply.body, content_type=reply.content_type, headers=reply.headers)


async def _cut(request: web.Request, reply: Reply) -> web.StreamResponse:
    response = web.StreamResponse(status=reply.status, headers=reply.headers)
    response.content_type = reply.content_type
    response.content_length = len(reply.body)
    await response.prepare(request)
    await response.write(reply.body[: len(reply.body) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


async def _flood(request: web.Request, reply: Reply) -> web.StreamResponse:
    response = web.StreamResponse(status=reply.status, headers=reply.headers)
    response.content_type = reply.content_type
    response.enable_chunked_encoding()
    await response.prepare(request)
    await response.write(reply.body)
    filler = b"0" * _FLOOD_CHUNK
    with contextlib.suppress(ConnectionError):  # a sensible reader leaves before the end
        for _ in range(_FLOOD_CHUNKS):
            await response.write(filler)
    return response


def _reset(request: web.Request) -> web.Response:
    """Ends the connection with a TCP reset; the returned response can no longer be written."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT_AT_ALL)
        transport.abort()
    return web.Response()
