"""What the bot says no to."""

from typing import Final

from tests.scenarios.stage import RULES, Person, Stage

ADA, BEN, CYD = Person.ADA, Person.BEN, Person.CYD
BOUNDS: Final = {"provider_calls_per_day": 1, "max_safety_tolerance": 1}
"""For `the_operators_bounds`."""


async def a_server_out_of_credits(stage: Stage) -> None:
    for who in (ADA, BEN, CYD, ADA):
        await stage.picture(who)
    refused = await stage.slash(BEN, "imagine", prompt="one more")
    assert "credits are used up" in refused.told
    assert "Nothing was charged" in refused.told
    assert "**0** left" in (await stage.slash(BEN, "credits")).told
    assert len(stage.orders) == RULES["guild_credits"]


async def boldness_beyond_an_ordinary_channel(stage: Stage) -> None:
    refused = await stage.slash(ADA, "imagine", prompt="a fox", safety_tolerance=3)
    assert "`safety_tolerance` 3 is more than the 2 allowed in this channel" in refused.told
    await stage.enter("cellar", age_restricted=True)
    await stage.picture(ADA, safety_tolerance=6)
    assert [it["safety_tolerance"] for it in stage.orders] == [6]


async def a_member_and_then_a_server_with_too_much_under_way(stage: Stage) -> None:
    stage.endpoint.hold()
    for _ in range(2):
        await stage.painting(ADA)
    busy = await stage.slash(ADA, "imagine", prompt="a third")
    assert "You already have 2 pictures waiting or under way" in busy.told
    waiting = await stage.slash(BEN, "imagine", prompt="a fourth")
    assert "Next in line" in waiting.shown
    full = await stage.slash(CYD, "imagine", prompt="a fifth")
    assert "This server already has 3 pictures waiting or under way" in full.told
    stage.endpoint.release()
    await stage.finish()
    assert waiting.pictures
    assert len(stage.orders) == 3


async def a_channel_in_which_the_bot_lacks_rights(stage: Stage) -> None:
    await stage.enter("hall", lacking=["attach_files", "send_messages"])
    refused = await stage.slash(ADA, "imagine", prompt="a fox")
    assert "**Attach Files**" in refused.told
    assert "**Send Messages**" in refused.told
    assert "**View Channel**" not in refused.told
    assert stage.orders == []


async def a_prompt_without_anything_to_see(stage: Stage) -> None:
    refused = await stage.slash(ADA, "imagine", prompt="\u200b\u200d\u2060")
    assert "`prompt`" in refused.told
    assert stage.orders == []


async def the_operators_bounds(stage: Stage) -> None:
    await stage.picture(ADA)
    assert stage.orders[0]["safety_tolerance"] == 1
    bold = await stage.slash(ADA, "imagine", prompt="a fox", safety_tolerance=2)
    assert "the 1 allowed" in bold.told
    late = await stage.slash(BEN, "imagine", prompt="a fox")
    assert "painted as much today as its operator allows" in late.told


REFUSALS: Final = (
    a_server_out_of_credits,
    boldness_beyond_an_ordinary_channel,
    a_member_and_then_a_server_with_too_much_under_way,
    a_channel_in_which_the_bot_lacks_rights,
    a_prompt_without_anything_to_see,
)
