"""A way to somewhere else, which a test can shut: nobody gets through then, and who was through is cut off."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

HOST = "127.0.0.1"


class Gate:
    def __init__(self, port: int) -> None:
        self.port = 0
        self._beyond = port
        self._server: asyncio.Server | None = None
        self._through: set[asyncio.StreamWriter] = set()

    @classmethod
    @asynccontextmanager
    async def to(cls, port: int) -> AsyncIterator["Gate"]:
        gate = cls(port)
        await gate.open()
        yield gate
        await gate.shut()

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._let_through, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in self._through:
            writer.close()
        await self._server.wait_closed()

    async def _let_through(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, here = await asyncio.open_connection(HOST, self._beyond)
        self._through |= {writer, here}
        await asyncio.gather(_carry(reader, here), _carry(there, writer))
        self._through -= {writer, here}


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
