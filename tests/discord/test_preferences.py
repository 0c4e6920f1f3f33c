"""What members set for themselves: defaults of options, and presets."""

from typing import Any

import pytest

from tests.discord.panel import Panel, parts
from tests.discord.world import Actor, Result, World, in_world, told, words


class Mine(Panel):
    """The private panel of one member's own defaults."""

    @classmethod
    async def of(cls, world: World, actor: Actor) -> "Mine":
        return cls(world, actor, await actor.slash(world.channel, "preferences"))

    @property
    def notice(self) -> str:
        return self.text.splitlines()[2]


async def save(world: World, actor: Actor, name: str, **options: Any) -> str:
    return told(await actor.slash(world.channel, "preset save", name=name, **options))


async def use(world: World, actor: Actor, name: str, prompt: str = "a red fox", **options: Any) -> Result:
    answer = await actor.slash(world.channel, "preset use", name=name, prompt=prompt, **options)
    await world.finish()
    return answer


def ordered(world: World) -> dict[str, Any]:
    """The last order."""
    return dict(world.endpoint.posts[-1].prompt_object)


async def more(world: World, answer: Result, viewer: Actor | None = None) -> str:
    return told(await world.press(viewer or world.ada, world.message(answer), "More"))


@in_world()
async def test_a_default_of_my_own_counts_for_what_i_do_not_type_and_for_nobody_else(world: World) -> None:
    panel = await Mine.of(world, world.ada)
    await panel.choose("own:1:aspect_ratio", ['"16:9"'])
    assert panel.notice == "Your default of **aspect_ratio** is 16:9."
    await panel.fill("own-edit:1:steps", value="40")
    await panel.fill("own-edit:1:guidance", value="2,5")
    await panel.choose("own:1:prompt_upsampling", ["true"])
    assert panel.shown("steps") == "40"
    assert panel.shown("guidance") == "2.5"
    assert panel.shown("prompt_upsampling") == "yes"
    assert panel.shown("output_format") == "as the server has it"
    await world.restart()
    answer = await world.imagine(world.ada, steps=20)
    await world.finish()
    wanted = {"aspect_ratio": "16:9", "steps": 20, "guidance": 2.5, "prompt_upsampling": True}
    assert wanted.items() <= ordered(world).items()
    told_more = await more(world, answer)
    assert "**aspect_ratio** 16:9 (your default)" in told_more
    assert "**steps** 20 (typed)" in told_more
    assert "**output_format** png\n" in told_more
    assert "**aspect_ratio** 16:9 (their default)" in await more(world, answer, world.ben)
    await world.picture(world.ben)
    assert (ordered(world)["aspect_ratio"], ordered(world)["steps"]) == ("1:1", 25)


@in_world()
async def test_a_default_goes_along_into_every_server(world: World) -> None:
    await (await Mine.of(world, world.ada)).choose("own:1:output_format", ['"jpg"'])
    elsewhere = world.elsewhere()
    elsewhere.ada = elsewhere.guild.add_member(world.ada.user)
    await elsewhere.picture(elsewhere.ada)
    assert ordered(world)["output_format"] == "jpg"


@in_world()
async def test_a_default_is_taken_away_by_itself_or_with_all_others(world: World) -> None:
    panel = await Mine.of(world, world.ada)
    assert panel.control("own-clear:")["disabled"]
    await panel.choose("own:1:safety_tolerance", ["1"])
    await panel.fill("own-edit:1:seed", value="0")
    assert panel.shown("seed") == "0"
    form = await panel.press("own-edit:1:seed")
    assert form.modal is not None
    assert form.modal["components"][0]["component"]["value"] == "0"
    await panel.fill("own-edit:1:seed", value="")
    assert panel.notice == "Your default of **seed** is as the server has it."
    await panel.choose("own:1:safety_tolerance", ["null"])
    assert panel.shown("safety_tolerance") == "as the server has it"
    await panel.fill("own-edit:1:steps", value="30")
    assert not panel.control("own-clear:").get("disabled")
    await panel.press("own-clear:")
    assert panel.notice == "All your defaults are cleared. Your presets are as they were."
    assert panel.shown("steps") == "as the server has it"


@pytest.mark.parametrize(
    ("option", "typed", "takes"),
    [
        ("steps", "51", "a whole number from 15 to 50"),
        ("steps", "many", "a whole number from 15 to 50"),
        ("guidance", "1.9", "a number from 2 to 5"),
        ("seed", "-1", "a whole number from 0 to 2147483647"),
        ("output_quality", "1e2", "a whole number from 0 to 100"),
    ],
)
@in_world()
async def test_a_default_that_none_can_be_is_refused_in_words(
    world: World, option: str, typed: str, takes: str
) -> None:
    panel = await Mine.of(world, world.ada)
    await panel.fill(f"own-edit:1:{option}", value=typed)
    assert panel.notice == f"**{option}** takes {takes}. Nothing was changed."
    assert panel.shown(option) == "as the server has it"


@in_world()
async def test_controls_that_no_version_wrote_are_answered(world: World) -> None:
    panel = await Mine.of(world, world.ada)
    unknown = "I do not know this button"
    for custom_id in ("own-edit:1:prompt", "own-edit:1:aspect_ratio", "own:1:aspect_ratio"):
        assert unknown in told(await world.pry(world.ada, panel.message, custom_id))
    chosen = await world.pry(world.ada, panel.message, "own:1:nonsense", kind=3, values=['"1:1"'])
    assert unknown in told(chosen)
    await world.pry(world.ada, panel.message, "own:1:aspect_ratio", kind=3, values=['"1:7"'])
    assert panel.notice == "**aspect_ratio** takes only what its list offers. Nothing was changed."
    assert "takes a whole number" in told(
        await world.forged_form(world.ada, panel.message, "own-form:1:steps:0badcafe", value="7")
    )


@in_world()
async def test_what_i_prefer_gives_way_to_ceilings_and_what_i_type_is_refused(world: World) -> None:
    panel = await Mine.of(world, world.ada)
    await panel.fill("own-edit:1:steps", value="50")
    await panel.choose("own:1:safety_tolerance", ["6"])
    await save(world, world.ada, "fine", output_quality=100, safety_tolerance=5)
    await world.decree("max_steps", 20)
    await world.decree("max_quality", 60)
    answer = await use(world, world.ada, "fine")
    assert {"steps": 20, "output_quality": 60, "safety_tolerance": 2}.items() <= ordered(world).items()
    told_more = await more(world, answer)
    for option in ("**steps** 20", "**output_quality** 60", "**safety_tolerance** 2"):
        assert f"{option} (this server's)" in told_more
    assert "more than the 20" in told(await use(world, world.ada, "fine", steps=21))


@in_world()
async def test_each_layer_gives_way_to_the_one_above(world: World) -> None:
    panel = await Mine.of(world, world.ada)
    await world.decree("defaults", {"steps": 20, "guidance": 2, "output_quality": 20, "aspect_ratio": "3:2"})
    for option, value in (("steps", "30"), ("guidance", "3"), ("output_quality", "30")):
        await panel.fill(f"own-edit:1:{option}", value=value)
    await save(world, world.ada, "mine", steps=40, guidance=4)
    answer = await use(world, world.ada, "mine", steps=50)
    told_more = await more(world, answer)
    for line in (
        "**steps** 50 (typed)",
        "**guidance** 4 (your preset)",
        "**output_quality** 30 (your default)",
        "**aspect_ratio** 3:2 (this server's)",
        "**output_format** png\n",
    ):
        assert line in told_more


@in_world()
async def test_a_locked_option_is_the_servers_whatever_i_prefer(world: World) -> None:
    await (await Mine.of(world, world.ada)).fill("own-edit:1:steps", value="30")
    await save(world, world.ada, "mine", steps=40, guidance=4)
    await world.decree("defaults", {"steps": 20})
    await world.decree("locked", {"steps", "guidance"})
    await use(world, world.ada, "mine")
    assert (ordered(world)["steps"], ordered(world)["guidance"]) == (20, 3)
    assert "`guidance` is for its staff to set" in told(await use(world, world.ada, "mine", guidance=4))


@in_world()
async def test_a_preset_is_saved_used_listed_and_deleted(world: World) -> None:
    saved = await save(world, world.ada, "  film   noir ", aspect_ratio="16:9", suffix=", black and white")
    assert saved.startswith("Preset **film noir** · aspect_ratio 16:9 · … , black and white\n")
    assert "is saved." in saved
    await world.restart()
    answer = await use(world, world.ada, "film noir", "a red fox")
    assert ordered(world)["prompt"] == "a red fox, black and white"
    assert ordered(world)["aspect_ratio"] == "16:9"
    assert "a red fox, black and white" in words(world.message(answer))
    assert "saved in the place of the former one" in await save(world, world.ada, "film noir", suffix="in grey")
    await use(world, world.ada, "film noir", "a red fox")
    assert ordered(world)["prompt"] == "a red fox in grey"
    assert ordered(world)["aspect_ratio"] == "1:1"
    listed = told(await world.ada.slash(world.channel, "preset list"))
    assert listed.startswith("## My presets: 1 of 25\n- **film noir** · … in grey")
    assert "no presets" in told(await world.ben.slash(world.channel, "preset list"))
    assert "no preset called film noir" in told(await use(world, world.ben, "film noir"))
    deleted = told(await world.ada.slash(world.channel, "preset delete", name="film noir"))
    assert deleted == "The preset **film noir** is deleted."
    assert "no preset called film noir" in told(await world.ada.slash(world.channel, "preset delete", name="film noir"))
    assert "no preset called film noir" in told(await use(world, world.ada, "film noir"))
    assert world.endpoint.paid_calls == 2


@pytest.mark.parametrize(
    ("name", "length"),
    [
        ("x" * 200, "this one has 200"),
        ("x" * 33, "this one has 33"),
        (" \t ", "none that can be seen"),
        ("\u200b\u200d", "none"),
    ],
)
@in_world()
async def test_a_name_that_is_none_is_refused_in_words(world: World, name: str, length: str) -> None:
    for command, more_options in (("save", {"steps": 30}), ("use", {"prompt": "a fox"}), ("delete", {})):
        answer = await world.forced(world.ada, f"preset {command}", name=name, **more_options)
        assert told(answer).startswith("A preset's name has 1 to 32 characters")
        assert length in told(answer)
    assert world.endpoint.posts == ()


@in_world()
async def test_a_preset_that_does_nothing_or_has_too_many_words_is_not_saved(world: World) -> None:
    assert "needs at least one option" in await save(world, world.ada, "empty")
    assert "1,001 characters, and 1,000 is the most" in await save(world, world.ada, "long", suffix="x" * 1001)
    forced = await world.forced(world.ada, "preset save", name="bad", steps=51)
    assert "`steps`: should be less than or equal to 50" in told(forced)
    assert "no presets" in told(await world.ada.slash(world.channel, "preset list"))


@in_world()
async def test_a_prompt_that_leaves_no_room_for_the_presets_words_is_refused(world: World) -> None:
    await save(world, world.ada, "noir", suffix="in grey")
    refused = told(await use(world, world.ada, "noir", "x" * 3993))
    assert "4,001 characters, and 4,000 is the most" in refused
    assert refused.endswith("Nothing was charged.")
    await use(world, world.ada, "noir", "x" * 3992)
    assert len(ordered(world)["prompt"]) == 4000


@in_world()
async def test_the_words_of_a_preset_are_judged_as_if_they_were_typed(world: World) -> None:
    await save(world, world.ada, "noir", suffix="with a d0g")
    await world.decree("words", ["dog"])
    assert "rules do not allow this prompt" in told(await use(world, world.ada, "noir"))
    assert world.endpoint.posts == ()


@in_world()
async def test_a_member_has_at_most_so_many_presets(world: World) -> None:
    for number in range(25):
        await save(world, world.ada, f"number {number}", steps=15 + number)
    refused = await save(world, world.ada, "one more", steps=30)
    assert "already have 25 presets" in refused
    assert "saved in the place" in await save(world, world.ada, "number 7", steps=30)
    await world.ada.slash(world.channel, "preset delete", name="number 8")
    assert "is saved." in await save(world, world.ada, "one more", steps=30)


@in_world()
async def test_names_are_offered_while_one_types(world: World) -> None:
    for name in ("film noir", "Noir", "watercolour"):
        await save(world, world.ada, name, steps=30)

    def answers() -> int:
        return sum(it.path.endswith("/callback") for it in world.env.http_requests)

    async def suggested(actor: Actor, typed: str, command: str = "use") -> list[str]:
        answered = answers()
        offered = await actor.autocomplete(world.channel, f"preset {command}", "name", typed)
        assert answers() == answered + 1, "the bot offered nothing at all, not even an empty list"
        return sorted(it["value"] for it in offered)

    for command in ("save", "use", "delete"):
        assert await suggested(world.ada, "NOIR", command) == ["Noir", "film noir"]
    assert len(await suggested(world.ada, "")) == 3
    assert await suggested(world.ben, "") == []
    await world.lose_the_database()
    assert await suggested(world.ada, "") == []
    await world.find_the_database()


@in_world()
async def test_a_picture_that_somebody_makes_again_has_taken_over_what_another_preferred(world: World) -> None:
    await (await Mine.of(world, world.ada)).fill("own-edit:1:steps", value="30")
    answer = await world.imagine(world.ada, aspect_ratio="3:2")
    await world.finish()
    mine = await world.press(world.ada, world.message(answer), "Reroll")
    await world.finish()
    theirs = await world.press(world.ben, world.message(answer), "Reroll")
    await world.finish()
    assert "**steps** 30 (your default)" in await more(world, mine)
    for option in ("**steps** 30", "**aspect_ratio** 3:2"):
        assert f"{option} (from the picture before)" in await more(world, theirs, world.ben)


@in_world()
async def test_what_is_stored_of_a_member_can_be_read_out_and_erased(world: World) -> None:
    await (await Mine.of(world, world.ada)).fill("own-edit:1:steps", value="30")
    await save(world, world.ada, "noir", suffix="in grey", guidance=4)
    await save(world, world.ben, "noir", guidance=4)
    book = world.app.bot.services.preferences._book
    stored = await book.export(world.ada.id)
    assert dict(stored.own) == {"steps": 30}
    assert [(it.name, dict(it.options), it.suffix) for it in stored.presets] == [("noir", {"guidance": 4}, "in grey")]
    await book.erase(world.ada.id)
    assert await book.export(world.ada.id) == await book.export(4711)
    assert len((await book.export(world.ben.id)).presets) == 1


@in_world(guilds=frozenset({1}))
async def test_a_server_that_is_not_invited_has_none_of_it(world: World) -> None:
    for command, options in (
        ("preferences", {}),
        ("preset list", {}),
        ("preset save", {"name": "x", "steps": 30}),
        ("preset delete", {"name": "x"}),
        ("preset use", {"name": "x", "prompt": "a fox"}),
    ):
        assert "paints only in the servers" in told(await world.ada.slash(world.channel, command, **options))


@in_world()
async def test_the_panel_and_the_longest_list_are_within_discords_limits(world: World) -> None:
    panel = await Mine.of(world, world.ada)
    assert panel.opened.response is not None
    assert len(parts(panel.opened.response.components)) <= 40
    for number in range(25):
        await save(world, world.ada, f"{number:02}" + "*" * 30, suffix="*" * 1000, seed=2**31 - 1, guidance=2.123456)
    listed = told(await world.ada.slash(world.channel, "preset list"))
    assert len(listed) <= 4000
    assert "more, which come up in `/preset use`" in listed
