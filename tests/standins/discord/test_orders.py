"""Commands as people fill them in."""

from typing import Any

import aiohttp
import pytest

from standins.discord import Channel, Member, Upload
from tests.standins.discord.bots import Caller

EDIT = {
    "name": "edit",
    "description": "Edit a picture",
    "options": [
        {"type": 11, "name": "picture", "description": "Which", "required": True},
        {"type": 4, "name": "steps", "description": "How many", "min_value": 1, "max_value": 9},
        {"type": 3, "name": "style", "description": "How", "choices": [{"name": "Ink", "value": "ink"}]},
    ],
}
CREDITS = {
    "name": "credits",
    "description": "Credits",
    "options": [{"type": 1, "name": "show", "description": "Show them"}],
}


async def test_a_file_is_attached(caller: Caller, channel: Channel, ada: Member) -> None:
    await caller.sync(EDIT)
    data = ada.begin_slash(channel, "edit", picture=Upload("cat.png", b"cat"), steps=3).state.data
    [number] = data["resolved"]["attachments"]
    assert {it["name"]: it["value"] for it in data["options"]} == {"picture": number, "steps": 3}
    url = data["resolved"]["attachments"][number]["url"]
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert await response.read() == b"cat"


async def test_a_part_of_a_command_is_used(caller: Caller, channel: Channel, ada: Member) -> None:
    await caller.sync(CREDITS)
    assert ada.begin_slash(channel, "credits show").state.data["options"] == [
        {"name": "show", "type": 1, "options": []}
    ]
    with pytest.raises(LookupError):
        ada.begin_slash(channel, "credits hide")


@pytest.mark.parametrize("options", [{"steps": 10}, {"steps": True}, {"style": "oil"}, {"steps": "3"}])
async def test_what_does_not_fit_is_not_sent(
    caller: Caller, channel: Channel, ada: Member, options: dict[str, Any]
) -> None:
    await caller.sync(EDIT)
    with pytest.raises(ValueError, match=r"must|cannot|too"):
        ada.begin_slash(channel, "edit", picture=Upload("cat.png", b"cat"), **options)
