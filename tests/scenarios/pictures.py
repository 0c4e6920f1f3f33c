"""Pictures that come about, and what can be done with one."""

import json
from typing import Any, Final

from standins.discord.reading import texts
from tests.scenarios.stage import DESK, Person, Stage

ADA, BEN, CYD = Person.ADA, Person.BEN, Person.CYD
BELOW_A_PICTURE: Final = ["Reroll", "Remix", "More", "Report"]
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


async def a_remix_by_somebody_else(stage: Stage) -> None:
    picture = await stage.picture(ADA, "a red fox", seed=7)
    opened = await stage.press(BEN, picture, "Remix")
    assert opened.form["title"] == "Remix this picture"
    wishes: dict[str, Any] = {"prompt": "a blue fox", "aspect_ratio": ["16:9"], "seed": ["kept"], "guidance": "2.5"}
    remixed = await stage.submit(BEN, opened, prompt_upsampling=["no"], **wishes)
    await stage.finish()
    source, made = stage.orders
    assert made == {**source, "prompt": "a blue fox", "aspect_ratio": "16:9", "guidance": 2.5}
    assert f"Remixed by <@{stage.id_of(BEN)}> from [this one](" in remixed.shown
    assert f"/{picture.message['id']})" in remixed.shown
    assert remixed.buttons == BELOW_A_PICTURE


async def a_remix_that_is_refused_gives_the_words_back(stage: Stage) -> None:
    picture = await stage.picture(ADA, "a red fox", seed=7)
    opened = await stage.press(BEN, picture, "Remix")
    wishes: dict[str, Any] = {"aspect_ratio": ["1:1"], "seed": ["new"], "prompt_upsampling": ["no"], "guidance": "9"}
    refused = await stage.submit(BEN, opened, prompt="a blue fox " * 200, **wishes)
    assert "`guidance`: should be less than or equal to 5" in refused.told
    (file,) = refused.message["attachments"]
    assert await stage.download(file["url"]) == ("a blue fox " * 200).encode()
    assert len(stage.orders) == 1


async def a_default_of_ones_own_and_a_preset(stage: Stage) -> None:
    await stage.slash(ADA, "preferences")
    saved = await stage.slash(ADA, "preset save", name="wide", aspect_ratio="16:9", suffix="in grey")
    assert "**wide** · aspect_ratio 16:9 · … in grey" in saved.told
    painted = await stage.slash(ADA, "preset use", name="wide", prompt="a red fox", seed=7)
    await stage.finish()
    assert (stage.orders[0]["prompt"], stage.orders[0]["aspect_ratio"]) == ("a red fox in grey", "16:9")
    assert "**aspect_ratio** 16:9 (your preset)" in (await stage.press(ADA, painted, "More")).told
    assert "wide" in (await stage.slash(ADA, "preset list")).told


async def more_tells_everything(stage: Stage) -> None:
    picture = await stage.picture(ADA, "a red fox", aspect_ratio="2:3")
    more = await stage.press(BEN, picture, "More")
    seed = stage.orders[0]["seed"]
    for line in ("**aspect_ratio** 2:3", f"**seed** {seed}", "**price** 1 credit", "**painted in**"):
        assert line in more.told
    assert "/imagine prompt:a red fox aspect_ratio:2:3 output_format:png" in more.told


async def an_earlier_picture_shown_again_and_deleted(stage: Stage) -> None:
    picture = await stage.picture(ADA, "a red fox", seed=7)
    panel = await stage.press(BEN, picture, "More")
    await stage.press(BEN, panel, "Favourite")
    await stage.until(lambda: "No favourite any more" in panel.buttons)
    listed = await stage.reads(await stage.slash(BEN, "history", show="favourites", text="RED"), "a red fox")
    (seen,) = listed.pictures
    (file,) = picture.message["attachments"]
    assert await stage.download(seen["media"]["url"]) == await stage.download(file["url"])
    posted = await stage.reads(await stage.press(BEN, listed, "Show again here"), "Nothing was charged")
    assert "for all to see" in posted.told
    own = await stage.reads(await stage.slash(ADA, "history", here=True), "a red fox")
    asked = await stage.press(ADA, own, "Delete")
    await stage.press(ADA, asked, "Delete for good")
    await stage.until(lambda: all("Deleted by who asked" in it for it in shown(stage)))
    assert len(shown(stage)) == 2
    await stage.reads(await stage.slash(BEN, "history", show="favourites"), "Nothing was found")
    await stage.reads(await stage.press(BEN, listed, "Show again here"), "has deleted it")


def shown(stage: Stage) -> list[str]:
    """What stands in the channels of pictures."""
    return [texts(it) for name, history in stage.histories().items() if name != DESK for it in history]


async def everything_about_oneself_read_and_erased(stage: Stage) -> None:
    picture = await stage.picture(ADA, "a red fox", seed=7)
    page = await stage.slash(ADA, "privacy")
    export = await stage.reads(await stage.press(ADA, page, "Export my data"), "All your data")
    (file,) = export.message["attachments"]
    data = json.loads(await stage.download(file["url"]))
    assert [it["parameters"]["prompt"] for it in data["pictures"]] == ["a red fox"]
    asked = await stage.press(ADA, page, "Erase my data")
    await stage.press(ADA, asked, "Erase for good")
    await stage.reads(asked, "Erased: 1 picture")
    assert "was erased" in (await stage.press(BEN, picture, "Reroll")).told


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
    a_remix_by_somebody_else,
    a_remix_that_is_refused_gives_the_words_back,
    a_default_of_ones_own_and_a_preset,
    more_tells_everything,
    an_earlier_picture_shown_again_and_deleted,
    everything_about_oneself_read_and_erased,
    a_report_with_its_form,
    a_prompt_full_of_markdown_and_mentions_as_long_as_it_may_be,
    two_members_at_once,
    what_the_bot_tells_of_itself_and_of_the_credits,
)
