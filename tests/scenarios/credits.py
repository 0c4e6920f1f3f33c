"""What staff decide about credits, and what it comes to for members."""

import csv
from typing import Final

from tests.scenarios.stage import Person, Stage

ADA, BEN, MOD = Person.ADA, Person.BEN, Person.MOD
NOT_STAFF: Final = "Only this server's staff can do this"


async def a_member_at_the_end_of_a_cap_is_helped_and_it_stands_in_the_history(stage: Stage) -> None:
    ada, mod = (f"<@{stage.id_of(who)}>" for who in (ADA, MOD))
    capped = await stage.slash(MOD, "credits-admin set", target=ADA, amount=1, reason="one each")
    assert f"Own cap of {ada}: none → 1 credit." in capped.told
    await stage.picture(ADA)
    refused = await stage.slash(ADA, "imagine", prompt="one more")
    assert refused.told.startswith("Your own cap is 1 credit, and you have used 1 credit. It begins anew <t:")
    given = await stage.slash(MOD, "credits-admin give", target=ADA, amount=1, reason="the contest")
    assert f"Extra of {ada} this period: 0 → 1 credit." in given.told
    await stage.picture(ADA)
    told = (await stage.slash(ADA, "credits")).told
    assert "**2** left, enough for 2 pictures" in told
    assert "Your own cap is 1 credit, with 1 credit extra on top. You have used 2" in told
    history = await stage.slash(MOD, "credits-admin history", kind="staff")
    given_line, capped_line = history.told.splitlines()[-2:]
    assert given_line.endswith(f"Extra of {ada}: 0 → 1 credit · by {mod} · the contest")
    assert capped_line.endswith(f"Cap of {ada}: none → 1 credit · by {mod} · one each")
    assert "3. " not in (await stage.slash(MOD, "credits-admin top")).told
    assert len(stage.orders) == 2


async def a_reset_of_a_role_that_is_confirmed_after_a_restart(stage: Stage) -> None:
    painters = stage.role("painters", ADA)
    whom = f"verybody with <@&{stage.id_of(painters.name)}>"
    asked = await stage.slash(MOD, "credits-admin set", target=painters, amount=1)
    assert f"The cap of e{whom} will change, for each: none → 1 credit a period." in asked.told
    await stage.press(MOD, asked, "Confirm")
    await stage.picture(ADA)
    refused = await stage.slash(ADA, "imagine", prompt="one more")
    assert f"Your cap is 1 credit, from the role <@&{stage.id_of(painters.name)}>" in refused.told
    reset = await stage.slash(MOD, "credits-admin reset", target=painters, reason="a new round")
    assert f"The use of e{whom} this period will be set to 0." in reset.told
    assert reset.buttons == ["Confirm"]
    await stage.restart()
    confirmed = await stage.press(MOD, reset, "Confirm")
    assert f"Use of e{whom} this period: set to 0. Nothing moved in the server's pool." in confirmed.told
    assert reset.buttons == []
    await stage.picture(ADA)
    assert "**2** left" in (await stage.slash(ADA, "credits")).told


async def an_export_of_what_concerns_a_member(stage: Stage) -> None:
    await stage.picture(BEN)
    await stage.slash(MOD, "credits-admin give", target=ADA, amount=2, reason="=1+1")
    await stage.picture(ADA)
    exported = await stage.slash(MOD, "credits-admin export", member=ADA)
    await stage.reads(exported, "newest first")
    assert exported.told == "3 entries, newest first."
    (file,) = exported.message["attachments"]
    content = (await stage.download(file["url"])).decode("utf-8-sig")
    rows = list(csv.DictReader(content.splitlines()))
    assert [row["kind"] for row in rows] == ["capture", "hold", "extra"]
    assert {row["member"] for row in rows} == {f"'{stage.id_of(ADA)}"}
    assert rows[-1]["reason"] == "'=1+1"


async def somebody_without_the_right_to_decide(stage: Stage) -> None:
    stage.permit("credits-admin", BEN)
    assert NOT_STAFF in (await stage.slash(BEN, "credits-admin give", target=BEN, amount=9)).told
    assert NOT_STAFF in (await stage.slash(BEN, "credits-admin export")).told
    asked = await stage.slash(MOD, "credits-admin reset", target=ADA)
    assert asked.buttons == ["Confirm"]
    stage.demote(MOD)
    assert NOT_STAFF in (await stage.press(MOD, asked, "Confirm")).told
    assert asked.buttons == ["Confirm"]


CREDITS: Final = (
    a_member_at_the_end_of_a_cap_is_helped_and_it_stands_in_the_history,
    a_reset_of_a_role_that_is_confirmed_after_a_restart,
    an_export_of_what_concerns_a_member,
    somebody_without_the_right_to_decide,
)
