"""What people do and see, with the real discord.py in between."""

import aiohttp
import pytest

from standins.discord import Channel, Discord, Guild, Interaction, Member
from standins.discord.reading import buttons, texts
from standins.discord.rules.description import Description
from tests.standins.discord.bots import OPENAPI

pytestmark = pytest.mark.usefixtures("bot")


async def test_commands_keep_their_ids_when_they_are_synced_again(discord_: Discord, bot: object) -> None:
    before = list(discord_.portal.commands)
    await bot.tree.sync()  # type: ignore[attr-defined]
    assert discord_.portal.commands == before
    assert discord_.portal.syncs == 2


async def test_a_reply_is_there_for_everybody(channel: Channel, ada: Member) -> None:
    asked = await ada.slash(channel, "hello", name="Ada")
    assert asked.acknowledged is not None
    assert not asked.ephemeral
    assert [it["content"] for it in channel.messages] == ["Hello Ada"]
    assert channel.messages[0]["interaction_metadata"]["user"]["id"] == str(ada.id)


async def test_a_deferred_answer_and_what_follows_are_private(channel: Channel, ada: Member) -> None:
    asked = await ada.slash(channel, "slow")
    await asked.until(lambda message: message["content"] == "Here it is")
    await _followed(asked)
    assert [it["content"] for it in asked.followups] == ["And one more thing"]
    assert asked.ephemeral
    assert channel.messages == []


async def test_an_edit_brings_a_file(channel: Channel, ada: Member) -> None:
    asked = await ada.slash(channel, "draw", size=1000)
    shown = await asked.until(lambda message: bool(message["attachments"]))
    [file] = shown["attachments"]
    assert (file["filename"], file["description"], file["size"]) == ("drawing.png", "a drawing", 1000)
    async with aiohttp.ClientSession() as session, session.get(file["url"]) as response:
        assert await response.read() == bytes(1000)


async def test_a_dynamic_button_changes_its_card(channel: Channel, ada: Member) -> None:
    await ada.slash(channel, "number")
    [shown] = channel.messages
    assert buttons(shown) == ["Count 1"]
    await ada.press(shown, label="Count 1")
    [shown] = channel.messages
    assert (texts(shown), buttons(shown)) == ("Number 2", ["Count 2"])


async def test_a_choice_is_made(channel: Channel, ada: Member) -> None:
    asked = await ada.slash(channel, "choice")
    assert asked.response is not None
    with pytest.raises(LookupError):
        await ada.choose(asked.response, "choose", ["c"])
    await ada.choose(asked.response, "choose", ["b"])
    assert (asked.response["content"], asked.response["components"]) == ("Chosen b", [])


async def test_a_menu_is_used_on_a_message(channel: Channel, ada: Member) -> None:
    await ada.slash(channel, "hello", name="Ada")
    told = await ada.use_on(channel.messages[0], "Quote")
    assert told.response is not None
    assert told.response["content"] == "> Hello Ada"


async def test_a_private_answer_is_nobody_elses(guild: Guild, channel: Channel, ada: Member) -> None:
    asked = await ada.slash(channel, "slow")
    assert asked.response is not None
    with pytest.raises(LookupError):
        guild.member("ben").begin_press(asked.response, label="Go")


async def test_a_form_is_filled_in(channel: Channel, ada: Member) -> None:
    opened = await ada.slash(channel, "form")
    assert opened.modal is not None
    assert opened.modal["title"] == "Tell us"
    told = await ada.submit(opened, {"why": "foxes"})
    assert told.response is not None
    assert told.response["content"] == "Because foxes"
    assert told.ephemeral


async def test_what_the_client_would_not_let_go_is_refused_here(channel: Channel, ada: Member) -> None:
    with pytest.raises(LookupError):
        await ada.slash(channel, "hello")
    with pytest.raises(ValueError, match="cannot be"):
        await ada.slash(channel, "draw", size="large")
    opened = await ada.slash(channel, "form")
    with pytest.raises(ValueError, match="characters"):
        await ada.submit(opened, {"why": "x" * 21})
    with pytest.raises(LookupError):
        await ada.submit(opened, {"what": "x"})


async def test_messages_read_as_the_description_says(channel: Channel, ada: Member) -> None:
    await ada.slash(channel, "number")
    asked = await ada.slash(channel, "draw", size=10)
    await asked.until(lambda message: bool(message["attachments"]))
    description = Description.load(OPENAPI)
    assert [description.complaint("MessageResponse", it) for it in channel.messages] == [None, None]


async def _followed(asked: Interaction) -> None:
    await asked.until(lambda _: bool(asked.followups))
