import io
import json
from typing import Any

import pytest
from PIL import Image

from standins.endpoint import Endpoint
from tests.standins.caller import KEY, Caller, generation


async def test_success_reads_like_the_published_page(caller: Caller) -> None:
    asked = {
        "prompt": "a minimalist watch",
        "aspect_ratio": "1:1",
        "steps": 25,
        "guidance": 3,
        "output_format": "png",
        "output_quality": 90,
        "safety_tolerance": 2,
    }
    answer = await caller.post(generation() | {"promptObject": asked})

    assert answer.status == 200
    record = answer.record
    assert record["status"] == "SUCCESS"
    assert record["type"] == "IMAGE_GENERATOR"
    assert record["model"] == "black-forest-labs/flux-2-pro"
    assert record["createdAt"].endswith("Z")
    assert record["aiRecordDetail"]["promptObject"] == asked
    [key] = record["aiRecordDetail"]["resultObject"]
    assert record["temporaryUrl"].startswith(f"{caller.endpoint.image_origin}/{key}?X-Amz-Algorithm=")
    assert record["teamUser"]["userName"]


async def test_picture_is_what_was_painted(caller: Caller, endpoint: Endpoint) -> None:
    record = (await caller.generate(aspect_ratio="16:9", output_format="jpg")).record
    picture = await caller.download(record)

    assert picture.headers["Content-Type"] == "application/octet-stream"
    assert endpoint.pictures == {record["aiRecordDetail"]["resultObject"][0]: picture.body}
    with Image.open(io.BytesIO(picture.body)) as opened:
        assert opened.format == "JPEG"
        assert opened.size == (136, 77)


async def test_seed_decides_the_picture_and_its_absence_leaves_it_to_chance(caller: Caller) -> None:
    bodies = [generation(), generation(), *({**generation(), "promptObject": {"prompt": "x"}} for _ in range(2))]
    first, again, *random = [(await caller.download((await caller.post(body)).record)).body for body in bodies]

    assert first == again
    assert random[0] != random[1]


@pytest.mark.parametrize(
    "headers", [{}, {"API-KEY": ""}, {"API-KEY": "other"}, {"Authorization": "Bearer standin-key"}]
)
async def test_key_is_required(caller: Caller, headers: dict[str, str]) -> None:
    answers = [
        await caller.post(generation(), headers),
        await caller.ask("GET", "/api/results/00000000-0000-0000-0000-000000000000", headers=headers),
        await caller.ask("POST", "/api/assets", headers=headers),
    ]

    assert [answer.status for answer in answers] == [401, 401, 401]
    assert {answer.json["errorCode"] for answer in answers} == {"HTTP_EXCEPTION"}
    assert caller.endpoint.paid_calls == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("prompt", ""),
        ("prompt", "  \n"),
        ("prompt", 5),
        ("prompt", None),
        ("aspect_ratio", "2:1"),
        ("aspect_ratio", "match_input_image"),
        ("output_format", "jpeg"),
        ("output_format", "webp"),
        ("output_quality", -1),
        ("output_quality", 101),
        ("output_quality", "80"),
        ("output_quality", True),
        ("steps", 14),
        ("steps", 51),
        ("steps", True),
        ("guidance", 1.9),
        ("guidance", 5.1),
        ("guidance", False),
        ("safety_tolerance", 0),
        ("safety_tolerance", 7),
        ("safety_tolerance", True),
        ("prompt_upsampling", 1),
        ("prompt_upsampling", "true"),
        ("seed", -1),
        ("seed", 2**32),
        ("seed", 1.5),
        ("seed", True),
        ("seed", None),
        ("n", 1),
        ("imageUrl", "images/x.png"),
    ],
)
async def test_field_outside_the_contract_is_refused_by_name(caller: Caller, field: str, value: object) -> None:
    answer = await caller.post(generation() | {"promptObject": {"prompt": "x", field: value}})

    assert answer.status == 400
    assert {detail["field"] for detail in json.loads(answer.json["details"])} == {field}
    assert field in answer.json["message"]
    assert caller.endpoint.paid_calls == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("output_quality", 0),
        ("output_quality", 100),
        ("output_quality", 80.5),
        ("steps", 15),
        ("steps", 50),
        ("guidance", 2),
        ("guidance", 4.5),
        ("safety_tolerance", 6),
        ("prompt_upsampling", True),
        ("seed", 0),
        ("seed", 2**32 - 1),
        ("aspect_ratio", "4:5"),
    ],
)
async def test_field_at_the_edge_of_the_contract_is_taken(caller: Caller, field: str, value: object) -> None:
    answer = await caller.post(generation() | {"promptObject": {"prompt": "x", field: value}})

    assert answer.status == 200, answer.text


@pytest.mark.parametrize(
    ("body", "code", "text"),
    [
        (generation() | {"model": "flux-2-pro"}, "UNSUPPORTED_MODEL", "Model flux-2-pro is not supported for feature"),
        (generation() | {"type": "CHAT_WITH_IMAGE"}, "UNKNOWN_ERROR", "Unsupported feature type: CHAT_WITH_IMAGE"),
        (generation() | {"promptObject": {}}, "MISSING_REQUIRED_FIELDS", "prompt"),
        ({"type": "IMAGE_GENERATOR"}, "MISSING_REQUIRED_FIELDS", "model, promptObject"),
        (generation() | {"async": "yes"}, "INVALID_FIELDS", "async"),
        (generation() | {"stream": False}, "INVALID_FIELDS", "stream"),
        ([], "MISSING_REQUIRED_FIELDS", "type"),
    ],
)
async def test_request_outside_the_contract_is_refused(caller: Caller, body: Any, code: str, text: str) -> None:
    answer = await caller.post(body)

    assert answer.status == 400
    assert answer.json["errorCode"] == code
    assert text in answer.json["message"]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b'{"type": NaN}'),
        ("text/plain", json.dumps(generation()).encode()),
    ],
)
async def test_body_must_be_json_and_say_so(caller: Caller, content_type: str, body: bytes) -> None:
    answer = await caller.ask("POST", "/api/features", data=body, headers=KEY | {"Content-Type": content_type})

    assert answer.status == 400


async def test_posts_are_recorded_accepted_or_not(caller: Caller, endpoint: Endpoint) -> None:
    await caller.generate("one")
    await caller.generate("two", steps=1)
    await caller.post(generation("three"), {})

    assert [post.prompt_object["prompt"] for post in endpoint.posts] == ["one", "two", "three"]
    assert [post.status for post in endpoint.posts] == [200, 400, 401]
    assert endpoint.posts[0].headers["API-KEY"] == "standin-key"
    assert endpoint.paid_calls == 1


async def test_models_need_no_key_and_no_feature_means_no_models(caller: Caller) -> None:
    listed = await caller.ask("GET", "/models?feature=IMAGE_GENERATOR")
    unlisted = await caller.ask("GET", "/models")

    assert [model["modelId"] for model in listed.json["models"]] == ["black-forest-labs/flux-2-pro"]
    assert unlisted.json == {"models": []}
