import re
from typing import Any

import pytest

from bot.domain.parameters import ImageParameters
from standins.endpoint import Fault
from tests.discord.world import World, buttons, gallery, in_world, told, words


@in_world()
async def test_a_card_goes_from_the_line_over_painting_to_the_picture(world: World) -> None:
    world.endpoint.hold()
    asked = await world.imagine(world.ada, "a red fox in snow")
    queued = words(asked.response)
    assert "a red fox in snow" in queued
    assert "Next in line" in queued
    assert f"Asked by <@{world.ada.id}>" in queued
    assert buttons(asked.response) == ["Cancel"]

    await world.endpoint.arrived(1)
    await world.env.settle()
    assert "Painting" in words(world.message(asked))

    world.endpoint.release()
    await world.finish()
    message = world.message(asked)
    sent = world.endpoint.posts[0].prompt_object
    assert f"1:1 · png · seed {sent['seed']}" in words(message)
    assert buttons(message) == ["Reroll", "Remix", "More", "Report"]
    assert [item["description"] for item in gallery(message)] == ["a red fox in snow"]
    assert world.endpoint.original(await message.attachments[0].read())
    assert world.endpoint.paid_calls == 1


@in_world(working=False)
async def test_the_answer_comes_before_any_call_to_the_provider(world: World) -> None:
    asked = await world.imagine(world.ada)
    assert asked.acknowledged
    assert not asked.deferred
    assert world.endpoint.posts == ()
    world.work()
    await world.finish()
    assert world.endpoint.paid_calls == 1


@in_world()
async def test_the_endpoint_is_sent_its_nine_fields_and_no_other(world: World) -> None:
    await world.picture(world.ada, "a quiet harbour")
    body = world.endpoint.posts[0].body
    assert list(body["promptObject"]) == list(ImageParameters.model_fields)
    assert body["type"] == "IMAGE_GENERATOR"
    assert body["model"] == "black-forest-labs/flux-2-pro"


@in_world()
async def test_every_option_reaches_the_endpoint_as_it_was_typed(world: World) -> None:
    options = {
        "aspect_ratio": "16:9",
        "output_format": "jpg",
        "output_quality": 0,
        "steps": 50,
        "guidance": 4.5,
        "safety_tolerance": 1,
        "prompt_upsampling": True,
        "seed": 2147483647,
    }
    message = await world.picture(world.ada, "a quiet harbour", **options)
    assert world.endpoint.posts[0].prompt_object == {"prompt": "a quiet harbour", **options}
    line = "16:9 · jpg 0 · seed 2147483647 · steps 50 · guidance 4.5 · safety tolerance 1 · prompt upsampling True"
    assert line in words(message)
    assert message.attachments[0].filename.endswith(".jpg")


@in_world()
async def test_without_a_seed_each_picture_gets_one_of_its_own(world: World) -> None:
    await world.picture(world.ada)
    await world.picture(world.ada)
    first, second = (post.prompt_object["seed"] for post in world.endpoint.posts)
    assert first != second


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("prompt", "\u200b\u200d \u2060"),
        ("prompt", "x" * 4001),
        ("aspect_ratio", "21:9"),
        ("output_format", "webp"),
        ("output_quality", 101),
        ("steps", 14),
        ("guidance", 5.01),
        ("safety_tolerance", 7),
        ("seed", 2**31),
    ],
)
@in_world()
async def test_forged_values_are_refused_in_private_and_cost_nothing(world: World, option: str, value: object) -> None:
    (refused,) = await world.rush((world.ada, {"prompt": "a fox", option: value}))
    assert f"`{option}`" in told(refused)
    assert "Nothing was charged" in told(refused)
    assert world.endpoint.posts == ()


@in_world()
async def test_nothing_typed_can_ping_or_break_the_card(world: World) -> None:
    nasty = "# @everyone <@&1> <#2> ``` ||x|| [a](https://x.example) \u202e\n- one\n> two ~~z~~ </imagine:1>"
    message = await world.picture(world.ada, nasty)
    prompt = words(message).split("\n-# ")[0]
    assert re.search(r"(?<!\\)[<@\[`|~]", prompt) is None
    assert prompt.startswith("\\#")
    assert not {"\n", "\u202e"} & set(prompt)
    sent = world.env.http_requests
    bodies: list[Any] = [it.json["data"] for it in sent if it.json and it.path.endswith("/callback")]
    bodies += [it.json for it in sent if it.method == "PATCH"]
    assert len(bodies) == 3
    assert all(body["allowed_mentions"] == {"parse": []} for body in bodies)
    assert world.endpoint.posts[0].prompt_object["prompt"].startswith("# @everyone")


@in_world()
async def test_a_long_prompt_is_cut_on_the_card_and_whole_in_the_file_behind_more(world: World) -> None:
    prompt = "très longue 🏳️‍🌈 " * 200
    message = await world.picture(world.ada, prompt)
    assert len(words(message).split("\n")[0]) <= 600
    assert len(gallery(message)[0]["description"]) <= 1024
    more = await world.press(world.ben, message, "More")
    assert more.response is not None
    (file,) = more.response.attachments
    assert prompt.strip() in (await file.read()).decode()


@in_world()
async def test_the_bot_says_what_it_lacks_before_it_takes_anything(world: World) -> None:
    world.forbid_the_bot(attach_files=False, send_messages=False)
    refused = told(await world.imagine(world.ada))
    assert "**Attach Files**" in refused
    assert "**Send Messages**" in refused
    assert world.endpoint.posts == ()


@in_world(guilds=frozenset({42}))
async def test_a_guild_that_the_operator_did_not_choose_is_told_so(world: World) -> None:
    for asked in (await world.imagine(world.ada), await world.ada.slash(world.channel, "credits")):
        assert "only in the servers its operator has chosen" in told(asked)


@in_world()
async def test_boldness_follows_the_channel(world: World) -> None:
    refused = told(await world.imagine(world.ada, safety_tolerance=3))
    assert "`safety_tolerance` 3 is more than the 2 allowed in this channel" in refused
    world.age_restrict()
    await world.picture(world.ada, safety_tolerance=6)
    assert world.endpoint.posts[0].prompt_object["safety_tolerance"] == 6


@in_world(max_safety_tolerance=4)
async def test_the_operator_bounds_boldness_everywhere(world: World) -> None:
    world.age_restrict()
    refused = told(await world.imagine(world.ada, safety_tolerance=5))
    assert "the 4 allowed in this age-restricted channel" in refused


@in_world(max_safety_tolerance=1)
async def test_a_default_that_nobody_typed_gives_way_to_the_ceiling(world: World) -> None:
    await world.picture(world.ada)
    assert world.endpoint.posts[0].prompt_object["safety_tolerance"] == 1
    assert "the 1 allowed" in told(await world.imagine(world.ada, safety_tolerance=2))


@in_world(onemin_async=True)
async def test_the_asynchronous_mode_follows_the_order_to_its_picture(world: World) -> None:
    message = await world.picture(world.ada)
    assert world.endpoint.posts[0].body["async"] is True
    assert buttons(message) == ["Reroll", "Remix", "More", "Report"]


@in_world()
async def test_an_order_still_processing_is_followed_in_synchronous_mode_too(world: World) -> None:
    world.endpoint.fail(Fault.PROCESSING_FIRST)
    assert buttons(await world.picture(world.ada)) == ["Reroll", "Remix", "More", "Report"]
    assert world.endpoint.paid_calls == 1
