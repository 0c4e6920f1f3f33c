"""Pictures made from pictures: menu, command, button."""

from datetime import timedelta

import discord
from discord.ui import Container, LayoutView, MediaGallery, Section, TextDisplay, Thumbnail

from standins.endpoint import Fault, PathKind
from tests.discord.editing import JPEG, MENU, PNG, WEBP, edited, menu, posted, submit
from tests.discord.world import World, buttons, custom_ids, in_world, told, words


def latest(world: World) -> discord.Message:
    message = world.channel.last_message
    assert message is not None
    return message


@in_world(price_edit=3)
async def test_anybody_edits_the_picture_in_anybodys_message(world: World) -> None:
    message = await posted(world, world.ada)
    shown = await menu(world, world.ben, message)
    assert world.endpoint.requests(PathKind.ASSET) == 0
    assert "It costs 3 credits." in str(shown.modal)
    answer = await submit(world, world.ben, shown, "make it night")
    await world.finish()
    card = latest(world)
    assert f"[here](https://discord.com/channels/{world.guild.id}/{world.channel.id}/{card.id})" in told(answer)
    assert "make it night" in words(card)
    assert f"Edited by <@{world.ben.id}>" in words(card)
    assert "shape of the source · png · seed " in words(card)
    assert buttons(card) == ["Reroll", "Remix", "More", "Report"]
    assert world.endpoint.original(await card.attachments[0].read()) is not None
    (post,) = world.endpoint.posts
    ((key, uploaded),) = world.endpoint.assets.items()
    assert uploaded == PNG
    assert post.body["type"] == "IMAGE_EDITOR"
    assert post.prompt_object["imageUrl"] == key
    assert post.prompt_object["aspect_ratio"] == "match_input_image"
    assert "**97** left" in told(await world.ben.slash(world.channel, "credits"))


@in_world()
async def test_what_is_chosen_in_the_form_is_what_is_asked_for(world: World) -> None:
    message = await posted(
        world, world.ada, ("one.png", PNG), ("two.jpg", JPEG), ("words.txt", b"x"), ("three.webp", WEBP)
    )
    await edited(world, world.ben, message, "fog", picture="1", aspect_ratio="16:9", seed=" 77 ", guidance="2,5")
    (post,) = world.endpoint.posts
    assert list(world.endpoint.assets.values()) == [JPEG]
    assert {name: post.prompt_object[name] for name in ("prompt", "aspect_ratio", "seed", "guidance")} == {
        "prompt": "fog",
        "aspect_ratio": "16:9",
        "seed": 77,
        "guidance": 2.5,
    }
    assert post.prompt_object["imageUrl"].endswith(".jpg")


@in_world()
async def test_a_command_edits_a_file_that_comes_with_it(world: World) -> None:
    answer = await world.ada.slash(world.channel, "edit", image=("a.webp", WEBP), prompt="in oil", steps=40)
    await world.finish()
    assert "[here]" in told(answer)
    (post,) = world.endpoint.posts
    assert list(world.endpoint.assets.values()) == [WEBP]
    assert (post.prompt_object["steps"], post.prompt_object["aspect_ratio"]) == (40, "match_input_image")
    more = told(await world.press(world.ben, latest(world), "More"))
    assert "/edit prompt:in oil" in more
    assert "Attach the picture again as `image`" in more
    assert "edited from" not in more


@in_world()
async def test_a_picture_of_ours_is_edited_from_more_wherever_it_stands(world: World) -> None:
    picture = await world.picture(world.ada)
    more = await world.press(world.ben, picture, "More")
    assert "Edit" in buttons(more.response)
    await world.restart()
    shown = await world.press(world.ben, world.message(more), "Edit")
    await submit(world, world.ben, shown)
    await world.finish()
    assert list(world.endpoint.assets.values()) == [await picture.attachments[0].read()]
    told_more = told(await world.press(world.ben, latest(world), "More"))
    assert f"[this message]({picture.jump_url})" in told_more


@in_world()
async def test_an_edit_can_be_edited_rerolled_and_tried_again(world: World) -> None:
    message = await posted(world, world.ada)
    await edited(world, world.ben, message)
    await edited(world, world.cyd, latest(world), "and snow")
    assert len(world.endpoint.assets) == 2
    world.files.find = lambda _: None
    world.endpoint.fail(Fault.SERVER_ERROR)
    await world.press(world.ada, latest(world), "Reroll")
    await world.finish()
    failed = latest(world)
    await world.press(world.ada, failed, "Try again")
    await world.finish()
    posts = world.endpoint.posts
    assert [it.body["type"] for it in posts] == ["IMAGE_EDITOR"] * 4
    assert len({it.prompt_object["imageUrl"] for it in posts[1:]}) == 1
    assert posts[2].prompt_object == posts[3].prompt_object
    assert posts[1].prompt_object["seed"] != posts[2].prompt_object["seed"]
    assert "Tried again by" in words(latest(world))


@in_world(price_imagine=1, price_edit=5)
async def test_an_edit_made_again_costs_what_an_edit_costs(world: World) -> None:
    await edited(world, world.ben, await posted(world, world.ada))
    await world.press(world.cyd, latest(world), "Reroll")
    await world.finish()
    assert "**90** left" in told(await world.ben.slash(world.channel, "credits"))


@in_world()
async def test_pictures_are_found_wherever_a_message_holds_them(world: World) -> None:
    url = (await posted(world, world.ada)).attachments[0].url
    other = (await posted(world, world.ada)).attachments[0].url
    view = LayoutView()
    view.add_item(
        Container(
            MediaGallery(discord.MediaGalleryItem(url), discord.MediaGalleryItem("https://elsewhere.example/x.png")),
            Section(TextDisplay("and"), accessory=Thumbnail(other)),
        )
    )
    place = world.app.bot.get_partial_messageable(world.channel.id, guild_id=world.guild.id)
    shown = await menu(world, world.ben, await place.send(view=view))
    await submit(world, world.ben, shown, picture="1")
    embedded = await place.send(embed=discord.Embed(title="x").set_image(url=url))
    await submit(world, world.ben, await menu(world, world.ben, embedded))
    forwarded = await world.ada.forward(await posted(world, world.ada), world.channel)
    await submit(world, world.ben, await menu(world, world.ben, forwarded))
    await world.finish()
    assert len(world.endpoint.posts) == 3
    assert other in world.files.requests


@in_world()
async def test_a_form_outlives_a_restart_but_not_a_day(world: World) -> None:
    message = await posted(world, world.ada)
    first, second = [await menu(world, world.ben, message) for _ in range(2)]
    await world.restart()
    await world.env.advance_time(600)
    await submit(world, world.ben, first)
    await world.finish()
    assert len(world.endpoint.posts) == 1
    world.clock.ahead += timedelta(hours=24)
    refused = await submit(world, world.ben, second, "make **it** night")
    assert "opened too long ago" in told(refused)
    assert "```\nmake **it** night\n```" in told(refused)
    assert len(world.endpoint.posts) == 1


@in_world()
async def test_two_members_with_the_same_form_each_get_and_pay_their_own(world: World) -> None:
    message = await posted(world, world.ada)
    first, second = await menu(world, world.ben, message), await menu(world, world.cyd, message)
    await submit(world, world.cyd, second, "fog")
    await submit(world, world.ben, first, "snow")
    await world.finish()
    assert sorted(it.prompt_object["prompt"] for it in world.endpoint.posts) == ["fog", "snow"]
    assert "**98** left" in told(await world.ben.slash(world.channel, "credits"))
    assert {
        f"Edited by <@{it.id}>" in words(card)
        for it, card in zip((world.cyd, world.ben), world.channel.history()[-2:], strict=True)
    } == {True}


@in_world()
async def test_a_form_of_somebody_else_is_not_served(world: World) -> None:
    shown = await menu(world, world.ben, await posted(world, world.ada))
    assert shown.modal is not None
    picture = await world.picture(world.cyd)
    stolen = await world.forged_form(world.cyd, picture, shown.modal["custom_id"], prompt="fog")
    assert "opened too long ago" in told(stolen)
    assert len(world.endpoint.posts) == 1


@in_world()
async def test_while_the_database_is_away_the_menu_says_so(world: World) -> None:
    message = await posted(world, world.ada)
    await world.lose_the_database()
    assert "cannot reach my records" in told(await menu(world, world.ben, message))
    await world.find_the_database()


@in_world()
async def test_a_dropped_source_is_free_and_names_the_way_out(world: World) -> None:
    await edited(world, world.ben, await posted(world, world.ada))
    picture = latest(world)
    world.endpoint.forget_assets()
    pressed = await world.press(world.cyd, picture, "Reroll")
    await world.finish()
    card = world.message(pressed)
    assert f"Open **{MENU}** on that picture again. Nothing was charged." in words(card)
    assert buttons(card) == []
    assert "**99** left" in told(await world.cyd.slash(world.channel, "credits"))


@in_world()
async def test_switched_off_the_family_is_gone_and_what_is_left_of_it_refuses(world: World) -> None:
    message = await posted(world, world.ada)
    opened = await menu(world, world.ben, message)
    await edited(world, world.ben, message)
    more = await world.press(world.ben, latest(world), "More")
    picture = latest(world)
    await world.restart(editing_enabled=False)
    names = {name for name, _ in world.env.backend.commands[None]}
    assert not names & {"edit", MENU}
    off = "switched the editing of pictures off. Nothing was charged."
    assert off in told(await world.press(world.ben, picture, "Reroll"))
    assert off in told(await world.press(world.ben, world.message(more), "Edit"))
    refused = told(await submit(world, world.ben, opened, "fog"))
    assert off in refused
    assert "fog" in refused
    assert "Edit" not in buttons((await world.press(world.ben, picture, "More")).response)
    assert len(world.endpoint.posts) == 1


@in_world()
async def test_values_that_cannot_be_are_told_with_the_words_given_back(world: World) -> None:
    message = await posted(world, world.ada)
    shown = await menu(world, world.ben, message)
    refused = told(await submit(world, world.ben, shown, "a ``` fence", seed="many", guidance="9"))
    assert "`seed`" in refused
    assert "`guidance`" in refused
    assert "Nothing was charged" in refused
    again = await submit(world, world.ben, await menu(world, world.ben, message), "fog " * 900, seed="-1")
    assert again.response is not None
    (file,) = again.response.message.attachments
    assert (await file.read()).decode() == "fog " * 900
    assert world.files.requests == []


@in_world()
async def test_where_the_card_cannot_be_shown_nothing_is_charged(world: World) -> None:
    shown = await menu(world, world.ben, await posted(world, world.ada))
    for path in ("/webhooks/*", "/channels/*"):
        world.env.inject_error("POST", path, status=403, code=50013, message="Missing Permissions", times=None)
    answer = await submit(world, world.ben, shown)
    world.env.backend.faults.clear()
    await world.finish()
    assert "Discord did not take the card" in told(answer)
    assert "make it night" in told(answer)
    assert "**100** left" in told(await world.ben.slash(world.channel, "credits"))
    assert world.endpoint.posts == ()


@in_world()
async def test_a_card_goes_on_when_its_token_has_run_out(world: World) -> None:
    world.endpoint.hold()
    shown = await menu(world, world.ben, await posted(world, world.ada))
    await submit(world, world.ben, shown)
    await world.endpoint.arrived(1)
    await world.env.settle()
    assert "Painting" in words(latest(world))
    await world.env.advance_time(16 * 60)
    world.endpoint.release()
    await world.finish()
    assert buttons(latest(world)) == ["Reroll", "Remix", "More", "Report"]
    assert len(world.channel.history()) == 2


@in_world()
async def test_a_cap_or_an_empty_pool_is_told_in_private_after_all(world: World) -> None:
    message = await posted(world, world.ada)
    await world.decided("set", target=world.ben, amount=0)
    refused = told(await edited(world, world.ben, message, "fog"))
    assert "Nothing was charged" in refused
    assert "fog" in refused
    assert world.endpoint.posts == ()
    assert latest(world).id == message.id


@in_world()
async def test_what_never_became_a_picture_cannot_be_edited(world: World) -> None:
    world.endpoint.fail(Fault.UPSTREAM_BUSY)
    failed = await world.imagine(world.ada, "a fox")
    await world.finish()
    card = world.message(failed)
    job = custom_ids(failed)[0].rpartition(":")[2]
    pressed = await world.pry(world.ada, card, f"edit:1:{job}")
    assert "The message with this picture, or the picture in it, is gone." in told(pressed)
