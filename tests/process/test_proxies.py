"""Between the bot and Discord stand a proxy of the API and one of the gateway, as several processes share them."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from yarl import URL

from standins.discord.reading import pictures
from tests.process.gate import Gate
from tests.process.house import PROMPT, House
from tests.process.proxy import Proxy

ORIGINAL = "/messages/@original"
WAIT = 0.2

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def behind(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[House, Proxy]]:
    async with House.open(tmp_path_factory.mktemp("house")) as house:
        gateway = URL(house.discord.gateway_url)
        assert gateway.port is not None
        async with Proxy.to(house.discord.api_url) as proxy, Gate.to(gateway.port) as gate:
            house.settings["DISCORD_API_URL"] = proxy.url
            house.settings["DISCORD_GATEWAY_URL"] = str(gateway.with_port(gate.port))
            house.settings["SHARD_COUNT"] = "automatic"  # what the API says of the gateway goes past the proxy
            house.discord.portal.gateway_url = "ws://127.0.0.1:1/gateway"
            await house.start()
            yield house, proxy
            await house.kill()


@pytest_asyncio.fixture(loop_scope="module")
async def room(behind: tuple[House, Proxy]) -> AsyncIterator[tuple[House, Proxy]]:
    house, proxy = behind
    house.channel = house.guild.channel("art")
    house.discord.forget()
    proxy.passed.clear()
    yield house, proxy
    assert proxy.refusals == []
    await house.audit()


def limited(*, by_discord: bool) -> web.Response:
    """A limit that Discord told the proxy of, or the proxy's own."""
    # As bytes: with a charset behind its type, discord.py does not take it for JSON.
    body = {"message": "You are being rate limited.", "retry_after": WAIT, "global": False}
    head = {"Content-Type": "application/json", "Retry-After": "1"} | ({"Via": "1.1 google"} if by_discord else {})
    return web.Response(status=429, headers=head, body=json.dumps(body).encode())


async def test_everything_goes_through_both_and_pictures_arrive(room: tuple[House, Proxy]) -> None:
    house, proxy = room
    picture = await house.picture()
    again = await house.ben.press(picture, label="Reroll")
    await again.until(lambda message: bool(pictures(message)))
    more = await house.ben.press(picture, label="More")
    assert more.ephemeral
    sent = [f"{it.method} /api/v10{it.path}" for it in house.discord.requests]
    assert sorted(proxy.passed) == sorted(sent)
    assert sum("/callback" in it for it in sent) == 3
    assert sum(ORIGINAL in it for it in sent) >= 2


@pytest.mark.parametrize("by_discord", [True, False])
async def test_a_limit_on_the_delivery_is_waited_out(room: tuple[House, Proxy], *, by_discord: bool) -> None:
    house, proxy = room
    asked = await house.painting()
    proxy.refuse(ORIGINAL, limited(by_discord=by_discord))
    house.endpoint.release()
    await asked.until(lambda message: bool(pictures(message)))
    assert len(house.channel.messages) == 1


async def test_a_limit_on_the_answer_is_waited_out_while_there_is_time(room: tuple[House, Proxy]) -> None:
    house, proxy = room
    proxy.refuse("/callback", limited(by_discord=True))
    asked = await house.ada.slash(house.channel, "imagine", prompt=PROMPT)
    await asked.until(lambda message: bool(pictures(message)))
    assert WAIT <= (asked.acknowledged or 0) < 3
