"""Every rule of a guild at every door: Discord's own permissions cover commands, and no button."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from standins.endpoint import Fault, PathKind
from tests.discord.editing import PNG, menu, posted, submit
from tests.discord.test_kept import kept, line
from tests.discord.world import Actor, Result, World, buttons, in_world, told

Door = Callable[[World], Awaitable[Result]]
Knock = Callable[[], Awaitable[Result]]

EVERYWHERE = (
    frozenset({"imagine", "preset", "reroll", "retry", "fetch", "remix", "remix form"})
    | {"variations", "confirmed variations", "show again"}
    | {"edit", "edit ours", "edit again"}
)
MAKING = EVERYWHERE - {"fetch", "remix", "variations", "show again"}
AGAIN = EVERYWHERE - {"fetch", "imagine", "preset", "edit", "edit ours"}
OURS = AGAIN | {"edit ours"}
"""What is made of somebody's picture that was made here."""
ASKING = frozenset({"remix"})
"""Opens a form: what is in the picture is judged when it is sent."""


async def imagine(world: World) -> Knock:
    return lambda: world.imagine(world.ben)


async def reroll(world: World) -> Knock:
    picture = await world.picture(world.ada, steps=40)
    return lambda: world.press(world.ben, picture, "Reroll")


async def retry(world: World) -> Knock:
    world.endpoint.fail(Fault.SERVER_ERROR)
    failed = await world.picture(world.ada, steps=40)
    return lambda: world.press(world.ben, failed, "Try again")


async def fetch(world: World) -> Knock:
    await kept(world, world.ben)
    listed = world.message(await line(world, world.ben))
    (label,) = buttons(listed)
    return lambda: world.press(world.ben, listed, label)


async def preset(world: World) -> Knock:
    await world.ben.slash(world.channel, "preset save", name="mine", aspect_ratio="16:9")
    return lambda: world.ben.slash(world.channel, "preset use", name="mine", prompt="a red fox in snow")


async def remix(world: World) -> Knock:
    picture = await world.picture(world.ada, steps=40)
    return lambda: world.press(world.ben, picture, "Remix")


async def remix_form(world: World) -> Knock:
    picture = await world.picture(world.ada, steps=40)
    form = f"remix-form:1:{picture.attachments[0].filename.removesuffix('.png')}:0badcafe"
    return lambda: world.forged_form(world.ben, picture, form, prompt="a red fox in snow")


async def variations(world: World) -> Knock:
    more = world.message(await world.press(world.ben, await world.picture(world.ada, steps=40), "More"))
    return lambda: world.press(world.ben, more, "Variations")


async def confirmed_variations(world: World) -> Knock:
    offer = world.message(await (await variations(world))())
    return lambda: world.press(world.ben, offer, "Make them")


async def show_again(world: World) -> Knock:
    picture = await world.picture(world.ada, steps=40)
    panel = world.message(await world.press(world.ben, picture, "More"))
    await world.press(world.ben, panel, "Favourite")
    listed = world.message(await world.ben.slash(world.channel, "history", show="favourites"))
    return lambda: world.press(world.ben, listed, "Show again here")


async def edit(world: World) -> Knock:
    message = await posted(world, world.ada)
    return lambda: _asked(world, lambda: menu(world, world.ben, message))


async def edit_ours(world: World) -> Knock:
    more = world.message(await world.press(world.ben, await world.picture(world.ada), "More"))
    return lambda: _asked(world, lambda: world.press(world.ben, more, "Edit"))


async def edit_again(world: World) -> Knock:
    await world.ada.slash(world.channel, "edit", image=("fox.png", PNG), prompt="a red fox in snow", steps=40)
    await world.finish()
    picture = world.channel.last_message
    assert picture is not None
    return lambda: world.press(world.ben, picture, "Reroll")


async def _asked(world: World, ask: Knock) -> Result:
    """Where the form opens, what it leads to."""
    opened = await ask()
    return opened if opened.modal is None else await submit(world, world.ben, opened, "a f0x")


def refusal(answer: Result) -> str:
    """Nothing where the answer is for all."""
    return told(answer) if answer.response is not None and answer.response.ephemeral else ""


DOORS: Mapping[str, Callable[[World], Awaitable[Knock]]] = {
    "imagine": imagine,
    "reroll": reroll,
    "retry": retry,
    "fetch": fetch,
    "preset": preset,
    "remix": remix,
    "remix form": remix_form,
    "variations": variations,
    "confirmed variations": confirmed_variations,
    "show again": show_again,
    "edit": edit,
    "edit ours": edit_ours,
    "edit again": edit_again,
}


def rules(world: World) -> Mapping[str, tuple[Mapping[str, Any], str, frozenset[str]]]:
    """What staff set, what a member who comes against it reads, and at which doors it holds."""
    role, aside = world.role("painters"), world.guild.create_text_channel("aside")
    bens = world.role("bens", world.ben)
    return {
        "pause": ({"paused": True}, "paused in this server by its staff", EVERYWHERE),
        "place": ({"channels": {aside.id}}, f"pictures are asked for in <#{aside.id}>", EVERYWHERE),
        "role needed": ({"users": {role.id}}, f"for members with <@&{role.id}>", EVERYWHERE),
        "role barred": ({"barred": {bens.id}}, f"members with <@&{bens.id}> may not", EVERYWHERE),
        "tolerance": ({"tolerance": 1}, "`safety_tolerance` 2 is more than the 1", AGAIN - ASKING | {"fetch"}),
        "words": ({"words": ["*f0x*"]}, "rules do not allow this prompt", EVERYWHERE - ASKING),
        "steps": ({"max_steps": 20}, "more than the 20 that this server allows", AGAIN - ASKING - {"show again"}),
        "requester only": ({"reroll": "requester"}, "is for whoever asked for the picture", OURS),
        "rerollers": (
            {"reroll": "roles", "reroll_roles": {role.id}},
            f"is for members with <@&{role.id}>",
            OURS,
        ),
    }


RULES = ("pause", "place", "role needed", "role barred", "tolerance", "words", "steps", "requester only", "rerollers")


@pytest.mark.parametrize("door", sorted(DOORS))
@pytest.mark.parametrize("rule", RULES)
@in_world()
async def test_a_rule_holds_at_every_door_and_costs_nothing(world: World, rule: str, door: str) -> None:
    values, words, doors = rules(world)[rule]
    knock = await DOORS[door](world)
    before = len(world.endpoint.posts)
    for name, value in values.items():
        await world.decree(name, value)
    answer = await knock()
    await world.finish()
    if door in doors:
        assert words in told(answer)
        assert "Nothing was charged" in told(answer)
        assert answer.response is not None
        assert answer.response.ephemeral
        assert len(world.endpoint.posts) == before
    else:
        assert words not in refusal(answer)
    for name in values:
        await world.decree(name, None)
    assert words not in refusal(await knock())


@pytest.mark.parametrize("door", sorted(DOORS))
@in_world()
async def test_a_blocked_member_finds_every_door_closed(world: World, door: str) -> None:
    knock = await DOORS[door](world)
    office, staff = world.app.bot.services.office, world.caller(world.mod, manages=True)
    await office.block(staff, world.ben.id, timedelta(hours=1), "spam")
    refused = told(await knock())
    assert "staff have blocked you from making pictures until <t:" in refused
    assert "spam" not in refused
    world.clock.ahead += timedelta(hours=1, seconds=1)
    assert "blocked" not in refusal(await knock())


@in_world()
async def test_a_thread_follows_its_channel_and_a_channel_its_category(world: World) -> None:
    gallery = world.guild.create_category("gallery")
    inside = world.guild.create_text_channel("inside", category=gallery)
    await world.decree("channels", {gallery.id})
    assert "pictures are asked for" in told(await world.imagine(world.ada))
    answer = await world.ada.slash(inside, "imagine", prompt="a fox")
    assert "pictures are asked for" not in refusal(answer)
    await world.finish()


@pytest.mark.parametrize("door", sorted(MAKING))
@in_world()
async def test_a_cooldown_is_for_whoever_acts_and_not_for_what_came_to_nothing(world: World, door: str) -> None:
    knock = await DOORS[door](world)
    await world.decree("cooldown", 60)
    world.endpoint.fail(Fault.SERVER_ERROR, at=PathKind.GENERATE)
    await knock()
    await world.finish()
    await knock()
    await world.finish()
    refused = told(await knock())
    assert "You can ask again <t:" in refused
    assert "short while ago" not in refusal(await world.imagine(world.cyd))
    await world.decree("unhurried", {world.role("patient", world.ben).id})
    assert "short while ago" not in refusal(await knock())
    await world.decree("unhurried", None)
    await world.finish()
    world.clock.ahead += timedelta(seconds=61)
    assert "short while ago" not in refusal(await knock())
    await world.finish()


@in_world()
async def test_who_is_stopped_by_the_filter_again_and_again_waits_an_hour(world: World) -> None:
    await world.decree("moderated_an_hour", 2)
    for _ in range(2):
        world.endpoint.fail(Fault.MODERATED)
        await world.picture(world.ada)
    refused = told(await world.imagine(world.ada))
    assert "stopped 2 pictures of yours within an hour" in refused
    assert "stopped" not in refusal(await world.imagine(world.ben))
    await world.finish()
    world.clock.ahead += timedelta(hours=1, seconds=1)
    assert "stopped" not in refusal(await world.imagine(world.ada))
    await world.finish()


async def thrown_away(world: World, actor: Actor) -> None:
    """Paid for, and its card removed before the picture could be shown."""
    world.endpoint.hold()
    before = len(world.endpoint.posts)
    asked = await world.imagine(actor)
    await world.endpoint.arrived(before + 1)
    await world.mod.delete(world.message(asked))
    world.endpoint.release()
    await world.finish()


@in_world()
async def test_who_throws_away_what_was_paid_for_again_and_again_waits_an_hour(world: World) -> None:
    await world.decree("moderated_an_hour", 3)
    world.endpoint.fail(Fault.MODERATED)
    await world.picture(world.ada)
    for _ in range(2):
        await thrown_away(world, world.ada)
    refused = told(await world.imagine(world.ada))
    assert "3 pictures of yours within an hour" in refused
    assert "their cards were removed" in refused
    assert "removed" not in refusal(await world.imagine(world.ben))
    await world.finish()
    world.clock.ahead += timedelta(hours=1, seconds=1)
    assert "removed" not in refusal(await world.imagine(world.ada))
    await world.finish()


@in_world()
async def test_no_server_lets_a_member_burn_the_operators_calls_without_end(world: World) -> None:
    await world.decree("moderated_an_hour", 0)
    world.endpoint.fail(Fault.MODERATED, times=20)
    for _ in range(20):
        await world.picture(world.ada)
    assert "stopped 20 pictures of yours" in told(await world.imagine(world.ada))
    assert len(world.endpoint.posts) == 20


@in_world()
async def test_what_nobody_typed_is_the_guilds_own_default(world: World) -> None:
    await world.decree("defaults", {"aspect_ratio": "16:9", "steps": 40})
    await world.picture(world.ada, steps=20)
    (post,) = world.endpoint.posts
    assert (post.prompt_object["aspect_ratio"], post.prompt_object["steps"]) == ("16:9", 20)


@in_world()
async def test_what_nobody_typed_gives_way_to_a_ceiling_and_what_was_typed_is_refused(world: World) -> None:
    await world.decree("max_steps", 20)
    assert "`steps` 21 is more than the 20" in told(await world.imagine(world.ada, steps=21))
    await world.picture(world.ada)
    (post,) = world.endpoint.posts
    assert post.prompt_object["steps"] == 20


@in_world()
async def test_an_option_that_members_may_not_set_is_refused_by_name(world: World) -> None:
    await world.decree("locked", {"seed"})
    assert "`seed` is for its staff to set" in told(await world.imagine(world.ada, seed=7))
    assert world.endpoint.posts == ()


@in_world()
async def test_a_member_may_have_fewer_at_once_than_the_operator_allows(world: World) -> None:
    await world.decree("member_jobs", 1)
    world.endpoint.hold()
    await world.imagine(world.ada)
    assert "You already have 1 picture waiting" in told(await world.imagine(world.ada))
    world.endpoint.release()
    await world.finish()


@in_world()
async def test_a_staff_role_is_staff_at_every_door_of_staff(world: World) -> None:
    helpers = world.role("helpers", world.cyd)
    world.endpoint.hold()
    card = world.message(await world.imagine(world.ada))
    assert "staff" in told(await world.press(world.cyd, card, "Cancel"))
    await world.decree("staff", {helpers.id})
    assert "staff" not in refusal(await world.press(world.cyd, card, "Cancel"))
    world.endpoint.release()
    await world.finish()


@in_world()
async def test_an_edit_keeps_the_shape_of_its_source_whatever_the_guilds_default(world: World) -> None:
    await world.decree("defaults", {"aspect_ratio": "16:9", "guidance": 4})
    await (await edit(world))()
    await world.finish()
    (post,) = world.endpoint.posts
    assert (post.prompt_object["aspect_ratio"], post.prompt_object["guidance"]) == ("match_input_image", 4)


@in_world()
async def test_an_option_that_members_may_not_set_is_refused_in_an_edit_too(world: World) -> None:
    await world.decree("locked", {"aspect_ratio"})
    message = await posted(world, world.ada)
    refused = await submit(world, world.ben, await menu(world, world.ben, message), aspect_ratio="1:1")
    assert "`aspect_ratio` is for its staff to set" in told(refused)
    assert "[here]" in told(await submit(world, world.ben, await menu(world, world.ben, message)))
    await world.finish()


@in_world()
async def test_a_bolder_edit_than_the_channel_allows_is_refused_before_its_picture_is_fetched(world: World) -> None:
    answer = await world.ben.slash(world.channel, "edit", image=("fox.png", PNG), prompt="fog", safety_tolerance=6)
    assert "`safety_tolerance` 6 is more than the 2" in told(answer)
    assert world.files.requests == []
    await world.decree("words", ["*f0g*"])
    answer = await world.ben.slash(world.channel, "edit", image=("fox.png", PNG), prompt="f0g")
    assert "rules do not allow this prompt" in told(answer)
    assert world.files.requests == []


@in_world()
async def test_what_staff_removed_is_not_edited(world: World) -> None:
    picture = await world.picture(world.ada)
    more = world.message(await world.press(world.ben, picture, "More"))
    opened = await world.press(world.ben, more, "Edit")
    await world.mod.context_menu(world.channel, "Remove this picture", picture)
    assert "was removed by staff" in told(await world.press(world.ben, more, "Edit"))
    refused = told(await submit(world, world.ben, opened))
    assert "is gone" in refused or "was removed" in refused
    assert len(world.endpoint.posts) == 1
