import json

import pytest
from pydantic import SecretStr

from bot.adapters.onemin.wire import Calls, Reply
from bot.domain.parameters import ImageParameters
from tests.adapters.onemin.conftest import KEY, MODEL

CALLS = Calls(key=SecretStr(KEY), model=MODEL, asynchronous=False)


def test_an_order_is_what_the_page_asks_for() -> None:
    order = CALLS.order(ImageParameters(prompt="a cat", seed=7))

    assert (order.method, order.path) == ("POST", "/api/features")
    assert order.headers == {"API-KEY": KEY, "Content-Type": "application/json"}
    assert json.loads(order.body or b"") == {
        "type": "IMAGE_GENERATOR",
        "model": MODEL,
        "promptObject": ImageParameters(prompt="a cat", seed=7).prompt_object(),
    }


def test_an_asynchronous_order_says_so_beside_its_type() -> None:
    calls = Calls(key=SecretStr(KEY), model=MODEL, asynchronous=True)
    assert json.loads(calls.order(ImageParameters(prompt="a cat")).body or b"")["async"] is True


def test_a_result_is_read_by_its_reference() -> None:
    call = CALLS.result("c3d4e5f6-a7b8")
    assert (call.method, call.path, call.headers, call.body) == (
        "GET",
        "/api/results/c3d4e5f6-a7b8",
        {"API-KEY": KEY},
        None,
    )


def test_a_reference_cannot_lead_elsewhere() -> None:
    assert CALLS.result("../features?x=1#y").path == "/api/results/..%2Ffeatures%3Fx%3D1%23y"


@pytest.mark.parametrize("name", ["Retry-After", "retry-after", "RETRY-AFTER"])
def test_a_header_is_found_whatever_its_case(name: str) -> None:
    assert Reply(429, {name: "3"}, b"").header("Retry-After") == "3"
    assert Reply(429, {}, b"").header("Retry-After") == ""


def test_neither_calls_nor_replies_show_what_they_hold() -> None:
    order = CALLS.order(ImageParameters(prompt="a private cat"))
    shown = f"{order!r} {Reply(200, {'X-Team': 'Olivia'}, b'Olivia')!r} {CALLS!r}"
    assert not any(secret in shown for secret in (KEY, "private", "Olivia"))
