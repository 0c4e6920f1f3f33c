"""Editing on the wire: signed addresses, forms that outlive a process, and cards below a private answer."""

from typing import Any

from bot.domain.pictures import PictureFormat
from standins.discord import Upload
from standins.discord.reading import buttons, pictures, texts
from tests.adapters.pictures.files import encoded, noise
from tests.process.house import House

FOX = Upload("fox.png", encoded(noise(), PictureFormat.PNG))
MENU = "Edit this picture"
DAY = 24 * 60 * 60
WISH = {"prompt": "make it night", "aspect_ratio": ["match_input_image"]}


async def shown_below(house: House, count: int) -> dict[str, Any]:
    """The last message, once so many show pictures."""
    messages = await house.channel.until(lambda found: sum(bool(pictures(it)) for it in found) == count)
    return messages[-1]


async def test_a_form_outlives_a_killed_process_and_its_card_goes_below_the_answer(house: House) -> None:
    message = house.ada.post(house.channel, "look", FOX)
    opened = await house.ben.use_on(message, MENU)
    await house.kill()
    await house.start()
    answer = await house.ben.submit(opened, WISH)
    card = await shown_below(house, 1)
    assert answer.ephemeral
    link = f"https://discord.com/channels/{house.guild.id}/{house.channel.id}/{card['id']}"
    await answer.until(lambda told: link in texts(told))
    assert buttons(card) == ["Reroll", "Remix", "More", "Report"]
    assert list(house.endpoint.assets.values()) == [FOX.content]
    assert house.endpoint.posts[-1].body["type"] == "IMAGE_EDITOR"


async def test_where_a_link_has_run_out_our_own_messages_give_a_fresh_one(house: House) -> None:
    picture = await house.picture()
    opened = await house.ben.use_on(picture, MENU)
    more = await house.ben.press(picture, label="More")
    assert more.response is not None
    pressed = await house.ben.press(more.response, label="Edit")
    house.discord.advance(DAY + 60)
    for number, form in enumerate((opened, pressed), start=2):
        await house.ben.submit(form, WISH)
        await shown_below(house, number)
    assert [it.body["type"] for it in house.endpoint.posts[1:]] == ["IMAGE_EDITOR"] * 2


async def test_a_command_carries_its_file_and_what_files_tell_is_read(house: House) -> None:
    answer = await house.ada.slash(house.channel, "edit", image=FOX, prompt="make it night")
    assert answer.ephemeral
    card = await shown_below(house, 1)
    told = await house.ben.use_on(card, "How was this made?")
    await told.until(lambda it: "make it night" in texts(it))
    other = house.ada.post(house.channel, "look", FOX)
    nothing = await house.ben.use_on(other, "How was this made?")
    await nothing.until(lambda it: "Nothing in these files" in texts(it))
