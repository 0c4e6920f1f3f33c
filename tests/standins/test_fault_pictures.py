"""Faults of the picture behind a good record."""

import io

import aiohttp
import pytest
from PIL import Image

from standins.endpoint import Endpoint, Fault, PathKind
from tests.standins.caller import Caller

SPOILED = {
    Fault.PICTURE_IS_HTML: (200, b"<!DOCTYPE html>"),
    Fault.PICTURE_BOMB: (200, b"\x89PNG"),
    Fault.PICTURE_WEBP: (200, b"RIFF"),
    Fault.PICTURE_EMPTY: (200, b""),
    Fault.PICTURE_REDIRECTED: (302, b""),
    Fault.PICTURE_MISSING: (404, b"<?xml"),
    Fault.PICTURE_FORBIDDEN: (403, b"<?xml"),
}
STREAMED = frozenset({Fault.PICTURE_TRUNCATED, Fault.PICTURE_OVERSIZE})


@pytest.mark.parametrize(("fault", "seen"), SPOILED.items())
async def test_spoiled_picture_comes_as_often_as_ordered(
    caller: Caller, endpoint: Endpoint, fault: Fault, seen: tuple[int, bytes]
) -> None:
    record = (await caller.generate()).record
    endpoint.fail(fault, times=2)
    *spoiled, good = [await caller.download(record) for _ in range(3)]

    assert [picture.status for picture in spoiled] == [seen[0]] * 2
    assert all(picture.body.startswith(seen[1]) for picture in spoiled)
    assert good.status == 200
    assert list(endpoint.pictures.values()) == [good.body]


async def test_empty_picture_is_empty(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.PICTURE_EMPTY)

    assert (await caller.download((await caller.generate()).record)).body == b""


async def test_webp_can_be_opened(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.PICTURE_WEBP)
    picture = await caller.download((await caller.generate()).record)

    with Image.open(io.BytesIO(picture.body)) as opened:
        assert opened.format == "WEBP"
        opened.load()


async def test_bomb_is_small_and_claims_to_be_huge(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.PICTURE_BOMB)
    picture = await caller.download((await caller.generate()).record)

    assert len(picture.body) < 1024
    with pytest.raises(Image.DecompressionBombError):
        Image.open(io.BytesIO(picture.body))


@pytest.mark.parametrize("url", [None, "http://127.0.0.1:1/elsewhere"])
async def test_redirect_leads_to_another_host(caller: Caller, endpoint: Endpoint, url: str | None) -> None:
    endpoint.fail(Fault.PICTURE_REDIRECTED, url=url)
    picture = await caller.download((await caller.generate()).record)

    assert picture.headers["Location"] == url or "https://evil.example/picture.png"


async def test_truncated_picture_ends_before_its_announced_length(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.PICTURE_TRUNCATED)
    record = (await caller.generate()).record

    with pytest.raises(aiohttp.ClientPayloadError):
        await caller.download(record)


async def test_oversize_picture_streams_on_without_a_length(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.PICTURE_OVERSIZE)
    picture = await caller.download((await caller.generate()).record)

    assert "Content-Length" not in picture.headers
    assert len(picture.body) > 32 * 1024 * 1024
    assert picture.body.startswith(b"\x89PNG")


async def test_general_faults_strike_downloads_too(caller: Caller, endpoint: Endpoint) -> None:
    record = (await caller.generate()).record
    endpoint.fail(Fault.UNAVAILABLE, at=PathKind.DOWNLOAD)

    assert [(await caller.download(record)).status for _ in range(2)] == [503, 200]
    assert endpoint.requests(PathKind.DOWNLOAD) == 2


async def test_connection_may_break_under_a_download(caller: Caller, endpoint: Endpoint) -> None:
    record = (await caller.generate()).record
    # A client may repeat a GET by itself, so the fault must outlast it.
    endpoint.fail(Fault.RESET_AFTER_BODY, at=PathKind.DOWNLOAD, times=None)

    with pytest.raises((aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
        await caller.download(record)
