"""Remix: a form that is filled in from the picture, and a picture made from what is sent."""

from typing import Any

import pytest

from tests.discord.world import Actor, Result, World, buttons, in_world, told, words

UNKNOWN = "I do not know this button: it comes from another version of me. Nothing was charged."


def fields(form: Result) -> dict[str, Any]:
    """What the form shows, by the names of its fields."""
    assert form.modal is not None
    parts = {label["component"]["custom_id"]: label["component"] for label in form.modal["components"]}
    return {name: part.get("value", chosen(part)) for name, part in parts.items()}


def chosen(part: dict[str, Any]) -> str:
    return next((it["value"] for it in part.get("options", []) if it.get("default")), "")


async def sent(actor: Actor, form: Result, **changes: str) -> Result:
    """The form with these changes; all else as it shows it, as Discord sends it."""
    values = fields(form) | changes
    lists = {"aspect_ratio", "seed", "prompt_upsampling"}
    return await actor.submit_modal(form, {name: [it] if name in lists else it for name, it in values.items()})


@in_world()
async def test_the_form_is_filled_in_from_the_picture(world: World) -> None:
    picture = await world.picture(
        world.ada, "a red fox", aspect_ratio="3:2", seed=7, guidance=2.123456789, prompt_upsampling=True
    )
    form = await world.press(world.ben, picture, "Remix")
    assert fields(form) == {
        "prompt": "a red fox",
        "aspect_ratio": "3:2",
        "seed": "new",
        "prompt_upsampling": "yes",
        "guidance": "2.123456789",
    }
    again = await world.press(world.ben, picture, "Remix")
    assert form.modal is not None
    assert again.modal is not None
    assert form.modal["custom_id"] != again.modal["custom_id"], "Discord keeps what was typed into a form"
    assert world.endpoint.paid_calls == 1


@in_world()
async def test_what_is_changed_changes_and_the_rest_is_the_pictures_own(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox", aspect_ratio="3:2", seed=7, steps=40)
    form = await world.press(world.ben, picture, "Remix")
    await sent(world.ben, form, prompt="a blue fox", aspect_ratio="16:9", guidance="2,5")
    await world.finish()
    source, remixed = (post.prompt_object for post in world.endpoint.posts)
    wanted = {"prompt": "a blue fox", "aspect_ratio": "16:9", "guidance": 2.5}
    assert remixed["seed"] != 7
    assert {**remixed, "seed": 7} == {**source, **wanted}
    card = world.channel.last_message
    assert f"Remixed by <@{world.ben.id}> from [this one]({picture.jump_url})" in words(card)
    assert buttons(card) == ["Reroll", "Remix", "More", "Report"]


@in_world()
async def test_the_seed_can_be_kept(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox", seed=7)
    form = await world.press(world.ada, picture, "Remix")
    await sent(world.ada, form, prompt="a blue fox", seed="kept", prompt_upsampling="yes")
    await world.finish()
    _, remixed = (post.prompt_object for post in world.endpoint.posts)
    assert (remixed["seed"], remixed["prompt_upsampling"]) == (7, True)


@in_world()
async def test_a_remix_can_be_remixed_and_each_leads_back_to_the_one_before(world: World) -> None:
    card = await world.picture(world.ada)
    for prompt in ("a blue fox", "a green fox"):
        answer = await sent(world.ben, await world.press(world.ben, card, "Remix"), prompt=prompt)
        await world.finish()
        former, card = card, world.message(answer)
        assert former.jump_url in words(card)
        assert prompt in words(card)
    await world.press(world.cyd, card, "Reroll")
    await world.finish()
    assert world.channel.last_message is not None
    assert f"Rerolled by <@{world.cyd.id}> from [this one]({card.jump_url})" in words(world.channel.last_message)


@in_world()
async def test_two_members_with_the_form_open_get_each_their_own(world: World) -> None:
    picture = await world.picture(world.ada)
    forms = [(actor, await world.press(actor, picture, "Remix")) for actor in (world.ben, world.cyd)]
    world.endpoint.hold()
    answers = [await sent(actor, form, prompt=f"a fox for {actor.id}") for actor, form in forms]
    world.endpoint.release()
    await world.finish()
    for (actor, _), answer in zip(forms, answers, strict=True):
        assert f"Remixed by <@{actor.id}>" in words(world.message(answer))
        assert f"a fox for {actor.id}" in words(world.message(answer))


@in_world()
async def test_a_form_opened_before_a_restart_is_served_by_the_next_process(world: World) -> None:
    picture = await world.picture(world.ada, "a red fox")
    form = await world.press(world.ben, picture, "Remix")
    await world.restart()
    await sent(world.ben, form, prompt="a late fox")
    await world.finish()
    assert world.endpoint.posts[-1].prompt_object["prompt"] == "a late fox"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"prompt": "  \n "}, "`prompt`: has no visible character"),
        ({"guidance": "abc"}, "`guidance`: should be a valid number"),
        ({"guidance": "9"}, "`guidance`: should be less than or equal to 5"),
        ({"guidance": "nan"}, "`guidance`: should be a finite number"),
    ],
)
@in_world()
async def test_what_cannot_be_painted_is_told_in_private_and_costs_nothing(
    world: World, changes: dict[str, str], problem: str
) -> None:
    picture = await world.picture(world.ada)
    form = await world.press(world.ben, picture, "Remix")
    answer = told(await sent(world.ben, form, **{"prompt": "a blue fox", **changes}))
    assert problem in answer
    assert "Nothing was charged." in answer
    assert ("```\na blue fox\n```" in answer) is ("prompt" not in changes)
    assert world.endpoint.paid_calls == 1


@in_world()
async def test_an_empty_number_is_as_it_was(world: World) -> None:
    picture = await world.picture(world.ada, guidance=4.5)
    await sent(world.ben, await world.press(world.ben, picture, "Remix"), guidance="  ")
    await world.finish()
    assert world.endpoint.posts[-1].prompt_object["guidance"] == 4.5


@in_world()
async def test_the_words_of_a_refused_form_come_back(world: World) -> None:
    picture = await world.picture(world.ada)
    form = await world.press(world.ben, picture, "Remix")
    await world.decree("paused", True)
    answer = told(await sent(world.ben, form, prompt="a very long thought"))
    assert "paused in this server by its staff" in answer
    assert "What you typed, so that it is not lost:\n```\na very long thought\n```" in answer


@pytest.mark.parametrize("prompt", ["x" * 4000, "a fence ``` in words"])
@in_world()
async def test_words_that_do_not_fit_come_back_as_a_file(world: World, prompt: str) -> None:
    picture = await world.picture(world.ada)
    form = await world.press(world.ben, picture, "Remix")
    await world.decree("paused", True)
    answer = await sent(world.ben, form, prompt=prompt)
    assert "so that it is not lost" in told(answer)
    assert answer.response is not None
    (file,) = answer.response.attachments
    assert (await file.read()).decode() == prompt


@in_world()
async def test_the_words_come_back_where_nobody_foresaw_what_happened(world: World) -> None:
    picture = await world.picture(world.ada)
    form = await world.press(world.ben, picture, "Remix")
    world.spoil()
    answer = told(await sent(world.ben, form, prompt="a lost fox"))
    world.unspoil()
    assert "in the log as incident" in answer
    assert "a lost fox" in answer


@in_world()
async def test_the_words_come_back_from_a_form_of_another_version(world: World) -> None:
    picture = await world.picture(world.ada)
    answer = told(await world.forged_form(world.ben, picture, "remix-form:9:1-0:0badcafe", prompt="a fox of the past"))
    assert answer.startswith(UNKNOWN)
    assert "a fox of the past" in answer


@in_world()
async def test_a_form_without_its_fields_is_refused(world: World) -> None:
    picture = await world.picture(world.ada)
    form = await world.press(world.ben, picture, "Remix")
    assert form.modal is not None
    answer = told(await world.forged_form(world.ben, picture, form.modal["custom_id"], seed="never"))
    assert "`prompt`: field required" in answer
    assert world.endpoint.paid_calls == 1


@in_world()
async def test_a_locked_option_is_judged_only_where_it_was_changed(world: World) -> None:
    picture = await world.picture(world.ada, guidance=4, seed=7)
    await world.decree("locked", {"guidance", "seed", "prompt_upsampling"})
    form = await world.press(world.ben, picture, "Remix")
    assert "`guidance` is for its staff to set" in told(await sent(world.ben, form, guidance="3"))
    await sent(world.ben, await world.press(world.ben, picture, "Remix"), prompt="a blue fox")
    await world.finish()
    remixed = world.endpoint.posts[-1].prompt_object
    assert (remixed["prompt"], remixed["guidance"]) == ("a blue fox", 4)


@in_world()
async def test_who_may_not_reroll_is_told_before_the_form_is_filled_in(world: World) -> None:
    picture = await world.picture(world.ada)
    form = await world.press(world.ben, picture, "Remix")
    await world.decree("reroll", "requester")
    refused = "making a picture again is for whoever asked for the picture"
    assert refused in told(await world.press(world.ben, picture, "Remix"))
    assert refused in told(await sent(world.ben, form))
    assert (await world.press(world.ada, picture, "Remix")).modal is not None
    assert world.endpoint.paid_calls == 1


@in_world()
async def test_the_one_who_remixes_pays(world: World) -> None:
    picture = await world.picture(world.ada)
    await world.decided("set", target=world.ben, amount=0)
    refused = told(await sent(world.ben, await world.press(world.ben, picture, "Remix"), prompt="a blue fox"))
    assert "Your own cap is 0 credits" in refused
    assert "a blue fox" in refused


@in_world()
async def test_who_chose_what_goes_along(world: World) -> None:
    picture = await world.picture(world.ada, steps=40, seed=7)
    answer = await sent(world.ben, await world.press(world.ben, picture, "Remix"), guidance="4")
    await world.finish()
    more = told(await world.press(world.ben, world.message(answer), "More"))
    assert "**steps** 40 (from the picture before)\n" in more
    assert "**guidance** 4 (typed)\n" in more
    assert "**output_format** png\n" in more
    (seed,) = [line for line in more.splitlines() if line.startswith("**seed**")]
    assert "(" not in seed
    kept = await sent(world.cyd, await world.press(world.cyd, picture, "Remix"), seed="kept")
    await world.finish()
    assert "**seed** 7 (from the picture before)" in told(await world.press(world.ben, world.message(kept), "More"))
