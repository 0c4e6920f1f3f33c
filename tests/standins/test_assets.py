import io

import aiohttp
import pytest
from PIL import Image

from standins.endpoint import Endpoint, Fault
from tests.standins.caller import KEY, Answer, Caller, generation


def form(content: bytes, name: str = "source.png", part: str = "asset") -> aiohttp.FormData:
    data = aiohttp.FormData()
    data.add_field(part, io.BytesIO(content), filename=name, content_type="image/png")
    return data


def png(side: int = 90) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side // 2), (200, 40, 90)).save(out, "PNG")
    return out.getvalue()


async def upload(caller: Caller, data: aiohttp.FormData) -> Answer:
    return await caller.ask("POST", "/api/assets", data=data, headers=KEY)


async def edit(caller: Caller, **fields: object) -> Answer:
    asked = {"prompt": "at dusk", "seed": 3, **fields}
    return await caller.post(generation() | {"type": "IMAGE_EDITOR", "promptObject": asked})


async def test_upload_is_told_as_documented(caller: Caller) -> None:
    answer = await upload(caller, form(png()))

    asset, content = answer.json["asset"], answer.json["fileContent"]
    assert answer.status == 200
    assert asset["key"] == content["path"]
    assert (asset["mimetype"], asset["size"], asset["acl"]) == ("image/png", len(png()), "private")
    assert content["status"] == "ACTIVE"


async def test_uploaded_picture_is_edited(caller: Caller) -> None:
    key = (await upload(caller, form(png(), "SOURCE.PNG"))).json["fileContent"]["path"]
    answer = await edit(caller, imageUrl=key)
    picture = await caller.download(answer.record)

    assert answer.record["type"] == "IMAGE_EDITOR"
    with Image.open(io.BytesIO(picture.body)) as opened:
        assert opened.size[0] == 2 * opened.size[1]
    assert picture.body != png()


async def test_generated_picture_can_be_edited(caller: Caller) -> None:
    [key] = (await caller.generate()).record["aiRecordDetail"]["resultObject"]

    assert (await edit(caller, imageUrl=key, aspect_ratio="1:1")).record["status"] == "SUCCESS"


@pytest.mark.parametrize("fields", [{}, {"imageUrl": ""}, {"imageUrl": "images/unknown.png"}, {"imageUrl": ["a"]}])
async def test_edit_needs_a_known_asset(caller: Caller, fields: dict[str, object]) -> None:
    answer = await edit(caller, **fields)

    assert answer.status == 400
    assert "imageUrl" in answer.json["message"]
    assert caller.endpoint.paid_calls == 0


async def test_edit_of_something_else_fails(caller: Caller) -> None:
    key = (await upload(caller, form(b"words"))).json["asset"]["key"]
    answer = await edit(caller, imageUrl=key)

    assert answer.record["status"] == "FAILURE"
    assert "not an image" in answer.record["aiRecordDetail"]["errorMessage"]


@pytest.mark.parametrize(("name", "part"), [("no-extension", "asset"), ("words.txt", "asset"), ("a.png", "file")])
async def test_upload_outside_the_contract_is_refused(caller: Caller, name: str, part: str) -> None:
    assert (await upload(caller, form(png(), name, part))).status == 400


async def test_upload_beyond_fifty_megabytes_is_refused(caller: Caller) -> None:
    assert (await upload(caller, form(bytes(50 * 1024 * 1024 + 1)))).status == 413


async def test_upload_must_be_multipart(caller: Caller) -> None:
    assert (await caller.ask("POST", "/api/assets", data=png(), headers=KEY)).status == 400


async def test_upload_can_fail(caller: Caller, endpoint: Endpoint) -> None:
    endpoint.fail(Fault.BAD_GATEWAY)

    assert (await upload(caller, form(png()))).status == 502
