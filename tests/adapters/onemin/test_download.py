import asyncio
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import web
from PIL import Image

from bot.adapters.onemin import OneMin
from bot.adapters.onemin.downloads import target
from bot.adapters.spool import IN_MEMORY
from bot.domain.failures import (
    BadReplyError,
    PaintingError,
    ProviderFaultError,
    ProviderTimeoutError,
    UndeliverableError,
)
from bot.domain.origins import ImageOrigin
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Painted
from standins.endpoint import Endpoint, Fault, PathKind
from tests.adapters.onemin.conftest import MakeClient, Pauses, downloaded
from tests.adapters.onemin.servers import free_port, serving
from tests.adapters.spooling import nameless, no_file_beyond

LARGE = bytes(range(256)) * 16384
CAT = ImageParameters(prompt="a cat", seed=7)
ORIGINS = [
    ImageOrigin.parse("https://s3.us-east-1.amazonaws.com/asset.1min.ai"),
    ImageOrigin.parse("https://*.1min.ai"),
]


@pytest.fixture
async def painted(client: OneMin) -> Painted:
    painted = await client.request(CAT)
    assert isinstance(painted, Painted)
    return painted


async def test_the_file_arrives_as_it_is(client: OneMin, endpoint: Endpoint, painted: Painted) -> None:
    data = await downloaded(client, painted)

    assert [data] == list(endpoint.pictures.values())
    with Image.open(BytesIO(data)) as image:
        assert image.format == "PNG"


async def test_the_store_sees_no_key_and_the_query_as_it_was_signed(make_client: MakeClient) -> None:
    seen: list[web.Request] = []

    async def store(request: web.Request) -> web.Response:
        seen.append(request)
        return web.Response(body=b"picture")

    async with serving(store) as url:
        signed = "/a%20b/c%2Bd.png?X-Amz-Credential=K%2F20260303%2fs3&X-Amz-Signature=a+b%7E~'()&empty="
        assert await downloaded(make_client("http://api.invalid", url), Painted("u", url + signed)) == b"picture"
    (request,) = seen
    assert request.raw_path == signed
    assert request.headers.keys() == {"Host", "User-Agent", "Accept", "Accept-Encoding"}
    assert request.headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize(
    "url",
    [
        "https://s3.us-east-1.amazonaws.com/asset.1min.ai/images/x.png?X-Amz-Signature=a%2Fb",
        "https://storage.1min.ai/images/x.png?X-Amz-Signature=a%2Fb",
    ],
)
def test_an_allowed_address_is_left_untouched(url: str) -> None:
    assert str(target(url, ORIGINS)) == url


@pytest.mark.parametrize(
    "url",
    [
        "http://storage.1min.ai/x.png",
        "https://evil.example/asset.1min.ai/x.png",
        "https://evil.example\\.1min.ai/x.png",
        "https://evil.example\\@storage.1min.ai/x.png",
        "https://storage.1min.ai@evil.example/x.png",
        "https://sto\trage.1min.ai/x.png",
        " https://storage.1min.ai/x.png",
        "https://störage.1min.ai/x.png",
        "https://storage.1min.ai/ x.png",
        "https://[::1].1min.ai/x.png",
        "https://storage.1min.ai:0x50/x.png",
        "https://a]b.1min.ai/x.png",
        "file:///etc/passwd",
        "",
    ],
)
def test_any_other_address_is_refused_unseen(url: str) -> None:
    with pytest.raises(BadReplyError) as caught:
        target(url, ORIGINS)
    assert caught.value.detail == "a picture outside the allowed origins"


async def test_a_foreign_picture_is_not_fetched(client: OneMin, endpoint: Endpoint) -> None:
    fetched: list[str] = []

    async def foreign(request: web.Request) -> web.Response:
        fetched.append(request.path)
        return web.Response(body=b"picture")

    async with serving(foreign) as url:
        endpoint.fail(Fault.FOREIGN_PICTURE_URL, url=f"{url}/asset.1min.ai/x.png")
        painted = await client.request(CAT)
        assert isinstance(painted, Painted)
        with pytest.raises(BadReplyError):
            await downloaded(client, painted)
    assert fetched == []


async def test_a_redirect_is_not_followed(client: OneMin, endpoint: Endpoint, painted: Painted) -> None:
    fetched: list[str] = []

    async def foreign(request: web.Request) -> web.Response:
        fetched.append(request.path)
        return web.Response(body=b"picture")

    async with serving(foreign) as url:
        endpoint.fail(Fault.PICTURE_REDIRECTED, url=f"{url}/x.png")
        with pytest.raises(BadReplyError, match="download 302"):
            await downloaded(client, painted)
    assert fetched == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault.PICTURE_MISSING,
        Fault.PICTURE_FORBIDDEN,
        Fault.PICTURE_TRUNCATED,
        Fault.RATE_LIMITED,
        Fault.SERVER_ERROR,
        Fault.UNAVAILABLE,
        Fault.GATEWAY_TIMEOUT,
        Fault.RESET_AT_ONCE,
        Fault.RESET_AFTER_BODY,
    ],
)
async def test_a_passing_fault_is_outlived(
    client: OneMin, endpoint: Endpoint, painted: Painted, pauses: Pauses, fault: Fault
) -> None:
    endpoint.fail(fault, times=3, at=PathKind.DOWNLOAD)

    assert [await downloaded(client, painted)] == list(endpoint.pictures.values())
    assert 1 <= len(pauses.seconds) <= 3  # aiohttp itself repeats a GET once after a reset
    assert all(0.5 <= seconds <= 2.5 for seconds in pauses.seconds)


@pytest.mark.parametrize(
    ("fault", "kind", "attempts"),
    [
        (Fault.PICTURE_MISSING, ProviderFaultError, 6),
        (Fault.PICTURE_FORBIDDEN, ProviderFaultError, 6),
        (Fault.PICTURE_TRUNCATED, ProviderFaultError, 6),
        (Fault.RESET_AT_ONCE, ProviderFaultError, 12),  # aiohttp itself repeats a GET once after a reset
        (Fault.PICTURE_OVERSIZE, BadReplyError, 1),
        (Fault.PAYLOAD_TOO_LARGE, BadReplyError, 1),
        (Fault.BAD_KEY, BadReplyError, 1),
    ],
)
async def test_a_lasting_fault_has_an_end(
    client: OneMin, endpoint: Endpoint, painted: Painted, fault: Fault, kind: type[PaintingError], attempts: int
) -> None:
    endpoint.fail(fault, times=None, at=PathKind.DOWNLOAD)

    with pytest.raises(PaintingError) as caught:
        await downloaded(client, painted)
    assert caught.value.code == kind.code
    assert endpoint.requests(PathKind.DOWNLOAD) == attempts


async def test_an_expired_link_is_a_fault(client: OneMin, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.EXPIRED_PICTURE_URL)
    painted = await client.request(CAT)
    assert isinstance(painted, Painted)
    with pytest.raises(ProviderFaultError, match="download 403"):
        await downloaded(client, painted)


async def test_a_download_that_hangs_leaves_time_for_another(
    endpoint: Endpoint, make_client: MakeClient, painted: Painted
) -> None:
    endpoint.fail(Fault.HANG, at=PathKind.DOWNLOAD)
    client = make_client(endpoint.url, endpoint.image_origin, timeout_seconds=3)
    assert await downloaded(client, painted)


async def test_a_download_has_a_deadline(endpoint: Endpoint, make_client: MakeClient, painted: Painted) -> None:
    endpoint.fail(Fault.HANG, times=None, at=PathKind.DOWNLOAD)
    client = make_client(endpoint.url, endpoint.image_origin, timeout_seconds=0.2)
    async with asyncio.timeout(5):
        with pytest.raises(ProviderTimeoutError):
            await downloaded(client, painted)


async def test_a_store_that_is_gone_is_a_fault(make_client: MakeClient, pauses: Pauses) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(ProviderFaultError, match="no connection"):
        await downloaded(make_client("http://api.invalid", url), Painted("u", f"{url}/x.png"))
    assert len(pauses.seconds) == 5


@pytest.mark.parametrize("tries", [1, 3])
async def test_a_large_file_lies_on_disk_once_and_only_while_it_is_used(
    make_client: MakeClient, tmp_path: Path, tries: int
) -> None:
    left = tries

    async def store(request: web.Request) -> web.StreamResponse:
        nonlocal left
        left -= 1
        response = web.StreamResponse(headers={"Content-Length": str(len(LARGE))})
        await response.prepare(request)
        await response.write(LARGE if left == 0 else LARGE[:-1])
        if left > 0:
            assert request.transport is not None
            request.transport.close()
        return response

    async with serving(store) as url:
        async with make_client("http://api.invalid", url).download(Painted("u", f"{url}/x.png")) as content:
            assert len(nameless(tmp_path)) == 1
            assert await asyncio.to_thread(content.reader().read) == LARGE
        assert nameless(tmp_path) == []
    assert left == 0


async def test_neither_failure_nor_deadline_nor_cancellation_leaves_a_file_open(
    make_client: MakeClient, tmp_path: Path
) -> None:
    sent = asyncio.Event()

    async def hanging(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(LARGE)
        while nameless(tmp_path) == []:
            await asyncio.sleep(0)
        sent.set()
        await asyncio.Event().wait()
        return response

    async def oversize(_: web.Request) -> web.Response:
        return web.Response(body=bytes(33 * 1024 * 1024))

    async with serving(hanging) as url:
        painted = Painted("u", f"{url}/x.png")
        with pytest.raises(ProviderTimeoutError):
            await downloaded(make_client("http://api.invalid", url, timeout_seconds=0.5), painted)
        assert nameless(tmp_path) == []
        sent.clear()
        downloading = asyncio.create_task(downloaded(make_client("http://api.invalid", url), painted))
        await sent.wait()
        downloading.cancel()
        await asyncio.gather(downloading, return_exceptions=True)
        assert nameless(tmp_path) == []
    async with serving(oversize) as url:
        with pytest.raises(BadReplyError, match="more than"):
            await downloaded(make_client("http://api.invalid", url), Painted("u", f"{url}/x.png"))
    assert nameless(tmp_path) == []


async def test_a_full_disk_does_not_cost_the_picture(make_client: MakeClient, pauses: Pauses, tmp_path: Path) -> None:
    async def store(_: web.Request) -> web.Response:
        return web.Response(body=LARGE)

    async with serving(store) as url:
        with no_file_beyond(IN_MEMORY), pytest.raises(UndeliverableError, match="File too large"):
            await downloaded(make_client("http://api.invalid", url), Painted("u", f"{url}/x.png"))
    assert pauses.seconds == []
    assert nameless(tmp_path) == []
