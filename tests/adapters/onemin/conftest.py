import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest
from pydantic import SecretStr

from bot.adapters.onemin import OneMin, Sessions, open_sessions
from bot.adapters.spool import Spool
from bot.domain.origins import ImageOrigin
from bot.domain.pictures import Painted
from standins.endpoint import Endpoint

KEY = "sk-Zebra-0451-never-shown"
MODEL = "black-forest-labs/flux-2-pro"


class Pauses:
    """Notes how long the client wants to sleep, and lets it go on at once."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.meanwhile: Callable[[], Awaitable[object]] = partial(asyncio.sleep, 0)

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await self.meanwhile()


class MakeClient(Protocol):
    def __call__(
        self,
        api_url: str,
        *image_origins: str,
        asynchronous: bool = False,
        requests_per_minute: int = 100_000,
        timeout_seconds: float = 60,
    ) -> OneMin: ...


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    async with Endpoint(api_key=KEY, scale=0.25) as endpoint:
        yield endpoint


@pytest.fixture
async def sessions() -> AsyncIterator[Sessions]:
    async with open_sessions() as sessions:
        yield sessions


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path)


@pytest.fixture
def make_client(sessions: Sessions, spool: Spool, pauses: Pauses) -> MakeClient:
    def make(
        api_url: str,
        *image_origins: str,
        asynchronous: bool = False,
        requests_per_minute: int = 100_000,
        timeout_seconds: float = 60,
    ) -> OneMin:
        return OneMin(
            sessions,
            spool,
            api_url=api_url,
            api_key=SecretStr(KEY),
            model=MODEL,
            asynchronous=asynchronous,
            image_origins=[ImageOrigin.parse(origin) for origin in image_origins],
            requests_per_minute=requests_per_minute,
            timeout_seconds=timeout_seconds,
            sleep=pauses,
        )

    return make


@pytest.fixture
def client(endpoint: Endpoint, make_client: MakeClient) -> OneMin:
    return make_client(endpoint.url, endpoint.image_origin)


async def downloaded(client: OneMin, painted: Painted) -> bytes:
    async with client.download(painted) as content:
        return await asyncio.to_thread(content.reader().read)
