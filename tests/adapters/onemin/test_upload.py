"""Pictures that are to be edited: handed over, named in an order, and dropped."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from bot.adapters.onemin import OneMin
from bot.adapters.pictures.decoding import checked
from bot.domain.failures import (
    AuthenticationError,
    BadReplyError,
    InvalidRequestError,
    PaintingError,
    ProviderFaultError,
    ProviderTimeoutError,
    RateLimitedError,
    SourceGoneError,
)
from bot.domain.parameters import EditParameters
from bot.domain.pictures import Painted, Picture, PictureFormat, Source
from standins.endpoint import Endpoint, Fault, PathKind
from tests.adapters.onemin.conftest import KEY, MODEL, MakeClient, Pauses
from tests.adapters.onemin.servers import serving
from tests.adapters.pictures.files import encoded, held, noise, spooled
from tests.examples import Held

NIGHT = EditParameters(prompt="night", seed=7)


def picture(form: PictureFormat = PictureFormat.PNG) -> Picture:
    return checked(Held(encoded(noise(), form)))


@pytest.mark.parametrize("form", PictureFormat)
async def test_a_picture_is_handed_over_and_edited(client: OneMin, endpoint: Endpoint, form: PictureFormat) -> None:
    source = picture(form)
    key = await client.upload(source)
    assert endpoint.assets == {key: held(source.content)}
    assert key.endswith(f".{form.value}")
    assert endpoint.paid_calls == 0
    assert isinstance(await client.request(NIGHT, Source(key)), Painted)
    (post,) = endpoint.posts
    assert post.body == {
        "type": "IMAGE_EDITOR",
        "model": MODEL,
        "promptObject": NIGHT.prompt_object() | {"imageUrl": key},
    }
    assert post.prompt_object["aspect_ratio"] == "match_input_image"


async def test_a_file_on_disk_is_handed_over_again_after_it_broke_off(
    client: OneMin, endpoint: Endpoint, pauses: Pauses
) -> None:
    with spooled(encoded(noise(), PictureFormat.PNG)) as file:
        endpoint.fail(Fault.RESET_AFTER_BODY, at=PathKind.ASSET)
        key = await client.upload(checked(file))
        assert endpoint.assets[key] == held(file)
    assert len(pauses.seconds) == 1


@pytest.mark.parametrize(
    ("fault", "kind", "requests"),
    [
        (Fault.BAD_KEY, AuthenticationError, 1),
        (Fault.PAYLOAD_TOO_LARGE, InvalidRequestError, 1),
        (Fault.SERVER_ERROR, ProviderFaultError, 3),
        (Fault.RATE_LIMITED, RateLimitedError, 3),
        (Fault.RESET_AT_ONCE, ProviderFaultError, 3),
        (Fault.BAD_JSON, BadReplyError, 1),
        (Fault.EMPTY_ANSWER, BadReplyError, 1),
        (Fault.ENORMOUS_JSON, BadReplyError, 1),
    ],
)
async def test_what_speaks_against_it_is_one_of_our_errors(
    client: OneMin, endpoint: Endpoint, fault: Fault, kind: type[PaintingError], requests: int
) -> None:
    endpoint.fail(fault, times=None, at=PathKind.ASSET)
    with pytest.raises(kind):
        await client.upload(picture())
    assert endpoint.requests(PathKind.ASSET) == requests


async def test_a_service_that_does_not_answer_is_given_up(endpoint: Endpoint, make_client: MakeClient) -> None:
    endpoint.fail(Fault.HANG, times=None, at=PathKind.ASSET)
    with pytest.raises(ProviderTimeoutError):
        await make_client(endpoint.url, timeout_seconds=0.3).upload(picture())


def saying(body: object) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        await request.read()
        assert request.headers["API-KEY"] == KEY
        return web.json_response(body)

    return answer


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({"fileContent": {"path": "a/b.png"}, "asset": {"key": "c"}}, "a/b.png"),
        ({"asset": {"key": "c/d.png"}}, "c/d.png"),
        ({"fileContent": {"path": None}, "asset": {"key": "c/d.png"}}, "c/d.png"),
        ({"fileContent": [], "asset": {"key": "c/d.png"}}, "c/d.png"),
        ({"fileContent": {"path": 7}, "asset": 8}, None),
        ({"fileContent": {"path": "a b"}}, None),
        ({"fileContent": {"path": "x" * 1025}}, None),
        ([], None),
    ],
)
async def test_the_key_is_read_where_it_is_documented(make_client: MakeClient, body: object, key: str | None) -> None:
    async with serving(saying(body)) as origin:
        client = make_client(origin)
        if key is None:
            with pytest.raises(BadReplyError):
                await client.upload(picture())
        else:
            assert await client.upload(picture()) == key


async def test_no_more_go_out_at_once_than_the_service_allows(make_client: MakeClient) -> None:
    arrived, crowd, going = 0, asyncio.Event(), asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal arrived
        if request.method == "POST":
            arrived += 1
            if arrived == 5:
                crowd.set()
            await request.read()
            await going.wait()
        return web.json_response({"asset": {"key": "k"}, "aiRecord": None})

    async with serving(answer) as origin:
        client = make_client(origin)
        uploads = asyncio.gather(*(client.upload(picture()) for _ in range(12)))
        await crowd.wait()
        for _ in range(20):
            await client.probe()  # while these come and go, a sixth upload would have arrived
        assert arrived == 5
        going.set()
        await uploads
    assert arrived == 12


async def test_a_dropped_picture_is_told_apart(client: OneMin, endpoint: Endpoint) -> None:
    key = await client.upload(picture())
    endpoint.forget_assets()
    with pytest.raises(SourceGoneError):
        await client.request(NIGHT, Source(key))
    assert endpoint.paid_calls == 0


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("The input image could not be found or does not exist", SourceGoneError),
        ("Asset images/x.png was not found", SourceGoneError),
        ("NoSuchKey: The specified key does not exist.", SourceGoneError),
        ("imageUrl has expired", SourceGoneError),
        ("API Key has been deleted", InvalidRequestError),
        ("Model x not found", InvalidRequestError),
        ("steps out of range", InvalidRequestError),
    ],
)
async def test_words_about_it_are_understood(make_client: MakeClient, message: str, kind: type[PaintingError]) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response({"errorCode": "UNKNOWN_ERROR", "message": message}, status=400)

    async with serving(answer) as origin:
        with pytest.raises(kind):
            await make_client(origin).request(NIGHT, Source("k"))
