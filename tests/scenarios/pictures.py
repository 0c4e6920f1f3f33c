"""Pictures that come about, and what can be done with one."""

from typing import Any, Final

from tests.scenarios.stage import Person, Stage

ADA, BEN, CYD = Person.ADA, Person.BEN, Person.CYD
BELOW_A_PICTURE: Final = ["Reroll", "More", "Report"]
ALL_OPTIONS: Final[dict[str, Any]] = {
    "prompt": "a quiet harbour",
    "aspect_ratio": "16:9",
    "output_format": "jpg",
    "output_quality": 60,
    "steps": 50,
    "guidance": 4.5,
    "safety_tolerance": 1,
    "prompt_upsampling": True,
    "seed": 2147483647,
}


async def the_first_picture_of_a_member_with_every_option_typed(stage: Stage) -> None:
    asked = await stage.slash(ADA, "imagine", **ALL_OPTIONS)
    await stage.finish()
    assert stage.orders == [ALL_OPTIONS]
    assert asked.buttons == BELOW_A_PICTURE
    assert [it["description"] for it in asked.pictures] == ["a quiet harbour"]
    assert "16:9 · jpg 60 · seed 2147483647 · steps 50 · guidance 4.5 · safety tolerance 1" in asked.shown
    assert f"Asked by <@{stage.id_of(ADA)}>" in asked.shown


async def a_reroll_by_somebody_else(stage: Stage) -> None:
    first = await stage.picture(ADA, "a red fox", aspect_ratio="3:2", seed=7)
    again = await stage.press(BEN, first, "Reroll")
    await stage.finish()
    source, drawn = stage.orders
    assert drawn["seed"] != 7
    assert {**drawn, "seed": 7} == source
    assert f"Rerolled by <@{stage.id_of(BEN)}>" in again.shown
    assert first.buttons == again.buttons == BELOW_A_PICTURE


async def a_reroll_pressed_twice_while_unfinished(stage: Stage) -> None:
    first = await stage.picture(ADA)
    stage.endpoint.hold()
    again = await stage.press(BEN, first, "Reroll")
    await stage.reads(again, "Painting")
    second = await stage.press(BEN, first, "Reroll")
    assert f"/{again.message['channel_id']}/{again.message['id']})" in second.told
    assert "Nothing more was charged" in second.told
    stage.endpoint.release()
    await stage.finish()
    assert again.buttons == BELOW_A_PICTURE
    assert len(stage.orders) == 2


async def more_tells_everything(stage: Stage) -> None:
    picture = await stage.picture(ADA, "a red fox", aspect_ratio="2:3")
    more = await stage.press(BEN, picture, "More")
    seed = stage.orders[0]["seed"]
    for line in ("**aspect_ratio** 2:3", f"**seed** {seed}", "**price** 1 credit", "**painted in**"):
        assert line in more.told
    assert "/imagine prompt:a red fox aspect_ratio:2:3 output_format:png" in more.told


async def a_report_with_its_form(stage: Stage) -> None:
    picture = await stage.picture(ADA, "a red @everyone fox")
    opened = await stage.press(BEN, picture, "Report")
    assert opened.form["title"] == "Report this picture"
    sent = await stage.submit(BEN, opened, reason="it shows **me**")
    assert "passed on" in sent.told
    await stage.until(lambda: len(stage.desk()) == 1)
    silent = await stage.submit(CYD, await stage.press(CYD, picture, "Report"))
    assert "passed on" in silent.told
    await stage.until(lambda: len(stage.desk()) == 2)
    first, second = stage.desk()
    assert picture.message["id"] in first
    assert f"<@{stage.id_of(BEN)}>" in first
    assert "it shows \\*\\*me\\*\\*" in first
    assert "none given" in second


async def a_prompt_full_of_markdown_and_mentions_as_long_as_it_may_be(stage: Stage) -> None:
    ping = f"<@{stage.id_of(BEN)}>"  # once, so that no cut can go through the number
    nasty = "# @everyone <@&1> <#2> ``` ||x|| [a](https://x.example) \u202e\n- 🏳️‍🌈 > ~~z~~ </imagine:1> steps:9 "
    prompt = f"{ping} {nasty * 60}"[:3999] + "."
    picture = await stage.picture(ADA, prompt, seed=4)
    assert stage.orders[0]["prompt"].startswith(f"{ping} # @everyone")
    assert picture.shown.startswith(f"\\<\\@{stage.id_of(BEN)}\\> \\# \\@everyone")
    assert "\u202e" not in picture.shown
    assert len(picture.pictures[0]["description"]) <= 1024
    more = await stage.press(BEN, picture, "More")
    (file,) = more.message["attachments"]
    assert prompt.splitlines()[0].encode() in await stage.download(file["url"])


async def two_members_at_once(stage: Stage) -> None:
    stage.endpoint.hold()
    orders = [(ADA, {"prompt": "a red fox", "seed": 1}), (BEN, {"prompt": "a blue fox", "seed": 2})]
    asked = await stage.at_once(*orders)
    for it in asked:
        await stage.reads(it, "Painting")
    stage.endpoint.release()
    await stage.finish()
    assert [it.buttons for it in asked] == [BELOW_A_PICTURE] * 2
    assert [it.pictures[0]["description"] for it in asked] == ["a red fox", "a blue fox"]
    assert sorted(it["seed"] for it in stage.orders) == [1, 2]


async def what_the_bot_tells_of_itself_and_of_the_credits(stage: Stage) -> None:
    about = await stage.slash(ADA, "about")
    for part in ("1min.ai", "This bot is run by", "**Report**", "Privacy policy", "Terms"):
        assert part in about.told
    await stage.picture(ADA)
    stage.endpoint.hold()
    await stage.painting(BEN)
    credits_ = await stage.slash(BEN, "credits")
    assert "**2** left, enough for 2 pictures" in credits_.told
    assert "1 credit held" in credits_.told
    stage.endpoint.release()
    await stage.finish()


PICTURES: Final = (
    the_first_picture_of_a_member_with_every_option_typed,
    a_reroll_by_somebody_else,
    a_reroll_pressed_twice_while_unfinished,
    more_tells_everything,
    a_report_with_its_form,
    a_prompt_full_of_markdown_and_mentions_as_long_as_it_may_be,
    two_members_at_once,
    what_the_bot_tells_of_itself_and_of_the_credits,
)
