"""The machine that the bot runs on, as far as it has to be usable."""

import asyncio
import errno
import json
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, ip_address
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

import aiohttp
from typing_extensions import override

from bot.domain.checkup import Door, Holder, UnusableError
from bot.ports.checkup import Premises

PAGE_SECONDS: Final = 5.0
_LARGEST_PAGE: Final = 4096


class Machine(Premises):
    @override
    async def try_folder(self, folder: Path) -> None:
        await asyncio.to_thread(_try_folder, folder)

    @override
    async def try_file(self, file: Path) -> None:
        await asyncio.to_thread(_try_file, file)

    @override
    async def free(self, place: Path) -> int:
        return await asyncio.to_thread(lambda: shutil.disk_usage(_standing(place)).free)

    @override
    async def door(self, host: str, port: int) -> Door:
        # First here, so that nobody is knocked at on another machine, where the setting names one by mistake.
        if await asyncio.to_thread(_is_free, host, port):
            return Door(Holder.NOBODY)
        try:
            return await _knocked(host, port)
        except (aiohttp.ClientError, OSError, ValueError):
            return Door(Holder.OTHER)


async def _knocked(host: str, port: int) -> Door:
    timeout = aiohttp.ClientTimeout(total=PAGE_SECONDS)
    async with aiohttp.ClientSession(f"http://{_reachable(host)}:{port}", timeout=timeout, trust_env=False) as session:
        vital, needed = await _failing(session, "/healthz"), await _failing(session, "/readyz")
    return Door(Holder.BOT, tuple(dict.fromkeys([*vital, *needed])))


async def _failing(session: aiohttp.ClientSession, page: str) -> list[str]:
    """What a page of the bot's says; raises `ValueError` where it is somebody else's."""
    async with session.get(page, allow_redirects=False) as answer:
        body = await answer.content.read(_LARGEST_PAGE)
    match json.loads(body):
        case {"status": "ok"}:
            return []
        case {"status": "unavailable", "failing": [*failing]}:
            return [str(it) for it in failing]
        case _:
            raise ValueError


def _reachable(host: str) -> str:
    # Whoever listens everywhere is reached here, too.
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if address.is_unspecified:
        return "127.0.0.1" if isinstance(address, IPv4Address) else "[::1]"
    return host if isinstance(address, IPv4Address) else f"[{host}]"


def _is_free(host: str, port: int) -> bool:
    with _told():
        (family, kind, protocol, _, address), *_ = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
        with socket.socket(family, kind, protocol) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the bot itself listens
            try:
                door.bind(address)
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    return False
                raise
    return True


def _try_folder(folder: Path) -> None:
    with _told():
        if folder.exists():
            TemporaryFile(dir=folder).close()
        else:
            _expect_open(_standing(folder))


def _try_file(file: Path) -> None:
    with _told():
        if file.exists():
            _expect_open(file, os.R_OK | os.W_OK)
        _expect_open(_standing(file.parent))  # the journal stands beside it


def _expect_open(place: Path, how: int = os.W_OK | os.X_OK) -> None:
    if how & os.X_OK and not place.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
    if not os.access(place, how):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))


def _standing(place: Path) -> Path:
    """It, or what is there of the way to it."""
    return next(it for it in (place, *place.absolute().parents) if it.exists())


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnusableError(str(error)) from error
