"""The ledger as staff read it: pages, filters, days, and a file."""

import csv
import io
from datetime import timedelta

import pytest

from tests.discord.world import Result, World, buttons, custom_ids, in_world, told


def lines(answer: Result) -> list[str]:
    return [line for line in told(answer).splitlines() if line.startswith("<t:")]


async def given(world: World, count: int) -> None:
    """So many entries, each with its number as the reason."""
    for number in range(count):
        await world.admin(world.mod, "give", target=world.ada, amount=1, reason=f"no {number}")


def numbers(answer: Result) -> list[int]:
    return [int(line.rsplit("no ", 1)[1]) for line in lines(answer) if "no " in line]


async def rows(answer: Result) -> list[dict[str, str]]:
    assert answer.response is not None
    (file,) = answer.response.attachments
    text = (await file.read()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@in_world()
async def test_pages_turn_both_ways_after_a_restart_and_new_entries_move_nothing(world: World) -> None:
    await given(world, 24)
    shown = await world.admin(world.mod, "history")
    assert numbers(shown) == list(range(23, 13, -1))
    assert buttons(shown.response) == ["Older"]
    await world.restart()
    await given(world, 1)
    message = world.message(shown)
    assert numbers(await world.press(world.mod, message, "Older")) == list(range(13, 3, -1))
    assert buttons(world.message(shown)) == ["Newer", "Older"]
    last = await world.press(world.mod, message, "Older")
    assert numbers(last) == [3, 2, 1, 0]
    assert "The allowance: 100 credits came, the server's credits 0 → 100" in lines(last)[-1]
    assert "page 3" in told(last)
    assert buttons(world.message(shown)) == ["Newer"]
    assert numbers(await world.press(world.mod, message, "Newer")) == list(range(13, 3, -1))
    assert numbers(await world.press(world.mod, message, "Newer")) == list(range(23, 13, -1))
    assert buttons(world.message(shown)) == ["Older"]


@in_world()
async def test_a_picture_is_told_from_hold_to_end_with_a_link_to_its_card(world: World) -> None:
    picture = await world.picture(world.ada)
    spent, held, _ = lines(await world.admin(world.mod, "history"))
    assert spent.endswith(f" · A picture for <@{world.ada.id}>: 1 credit spent · [see it]({picture.jump_url})")
    assert f"<@{world.ada.id}>: 1 credit held, the server's credits 100 → 99 · [see it](" in held
    await world.rest()
    asked = await world.imagine(world.ben)
    await world.press(world.ben, world.message(asked), "Cancel")
    returned, *_ = lines(await world.admin(world.mod, "history", member=world.ben))
    assert "1 credit returned, the server's credits 98 → 99" in returned


@in_world()
async def test_entries_are_filtered_by_member_kind_and_day(world: World) -> None:
    await world.picture(world.ben)
    await given(world, 1)
    world.clock.ahead += timedelta(days=3)
    await world.admin(world.mod, "set", target=world.ada, amount=3)

    async def found(**options: object) -> int:
        return len(lines(await world.admin(world.mod, "history", **options)))

    assert await found() == 5
    assert await found(member=world.ada) == 2
    assert await found(member=world.ben) == 2
    assert await found(kind="pictures") == 2
    assert await found(kind="spent") == 1
    assert await found(kind="allowance") == 1
    assert await found(kind="staff") == 2
    assert await found(kind="caps") == 1
    assert await found(since="2026-01-04") == 1
    assert await found(since="today") == 1
    assert await found(since="this period") == 5
    assert await found(since="last 7 days") == 5
    assert await found(until="2026-01-03") == 4
    assert await found(until="2026-01-04") == 5
    assert await found(since="2026-01-01", until="2026-01-01", kind="extra", member=world.ada) == 1
    stranger = world.env.create_user("stranger")
    assert "No entries match." in told(await world.forced(world.mod, "credits-admin history", member=stranger))
    heading = told(await world.admin(world.mod, "history", member=world.ada, kind="caps", since="2026-01-02"))
    assert f"-# newest first · <@{world.ada.id}> · Caps · since 2026-01-02 · page 1" in heading


@in_world()
async def test_a_filter_stays_when_the_page_is_turned(world: World) -> None:
    await given(world, 12)
    await world.admin(world.mod, "set", target=world.ada, amount=3)
    shown = await world.admin(
        world.mod, "history", member=world.ada, kind="extra", since="2026-01-01", until="2026-01-31"
    )
    assert max(map(len, custom_ids(shown))) <= 100
    await world.restart()
    assert numbers(await world.press(world.mod, world.message(shown), "Older")) == [1, 0]


@in_world()
async def test_days_that_nobody_understands_are_refused(world: World) -> None:
    for option in ("since", "until"):
        for text in ("2026-02-30", "26-01-01", "9999-12-31", "1970-01-01", "soon", " ", "20260101"):
            answer = told(await world.admin(world.mod, "history", **{option: text}))
            assert f"- `{option}`: has to be a day such as 2026-01-31, or one of the suggestions" in answer
    answer = told(await world.admin(world.mod, "export", since="2026-01-02", until="2026-01-01"))
    assert "`until`: has to be no earlier than `since`" in answer
    answer = told(await world.forced(world.mod, "credits-admin history", kind="everything"))
    assert "`kind`: has to be one of the choices" in answer


@in_world()
async def test_days_are_suggested_as_they_are_typed(world: World) -> None:
    assert await world.suggested(world.mod, "history", "since", "") == [
        "this period",
        "today (2026-01-01)",
        "yesterday (2025-12-31)",
        "this week (2025-12-29)",
        "last week (2025-12-22)",
        "this month (2026-01-01)",
        "last month (2025-12-01)",
        "last 7 days (2025-12-26)",
        "last 30 days (2025-12-03)",
    ]
    assert await world.suggested(world.mod, "export", "until", "") == [
        "today (2026-01-01)",
        "yesterday (2025-12-31)",
        "last week (2025-12-28)",
        "last month (2025-12-31)",
    ]
    assert await world.suggested(world.mod, "history", "since", "Week") == [
        "this week (2025-12-29)",
        "last week (2025-12-22)",
    ]
    assert await world.suggested(world.mod, "history", "since", "2025-11") == ["2025-11-01"]
    assert await world.suggested(world.mod, "history", "until", "2025-11-30") == ["2025-11-30"]
    assert await world.suggested(world.mod, "history", "until", "x" * 200) == []


@in_world()
async def test_a_forged_page_shows_nothing_and_breaks_nothing(world: World) -> None:
    shown = world.message(await world.admin(world.mod, "history"))
    for spot in ("::::5:99", "::::0:0", "4711::::9223372036854775807:0"):
        assert "No entries match." in told(await world.pry(world.mod, shown, f"history:1:{spot}"))
    for spot in (
        ":bogus:::5:0",
        "::20269999::5:0",
        "::2026::5:0",
        "99999999999999999999::::5:0",
        "::::9999999999999999999:0",
        "::::5:100",
        "::::5:-1",
        "",
    ):
        assert "I do not know this button" in told(await world.pry(world.mod, shown, f"history:1:{spot}"))


@in_world()
async def test_a_page_of_one_server_shows_nothing_of_it_to_another_or_to_members(world: World) -> None:
    await given(world, 11)
    (older,) = custom_ids(await world.admin(world.mod, "history"))
    other = world.elsewhere()
    same_person = other.joined(world.mod)
    there = other.message(await other.admin(same_person, "history"))
    assert "No entries match." in told(await other.pry(same_person, there, older))
    shown = world.message(await world.admin(world.mod, "top"))
    assert "**Manage Server**" in told(await world.pry(world.ada, shown, older))


@in_world()
async def test_the_export_is_a_private_file_that_a_spreadsheet_takes_for_text(world: World) -> None:
    await world.picture(world.ada)
    await world.admin(world.mod, "give", target=world.ada, amount=5, reason='=HYPERLINK("https://x.example","a;=1")')
    answer = await world.admin(world.mod, "export")
    assert "4 entries, newest first." in told(answer)
    assert answer.response is not None
    (file,) = answer.response.attachments
    assert file.filename == f"credits-{world.guild.id}.csv"
    assert (await file.read()).startswith(b"\xef\xbb\xbfentry,")
    extra, spent, held, refill = await rows(answer)
    assert extra["reason"] == """'=HYPERLINK("https://x.example","a;'=1")"""
    assert (extra["kind"], extra["before"], extra["after"]) == ("extra", "0", "5")
    assert (extra["member"], extra["by"]) == (f"'{world.ada.id}", f"'{world.mod.id}")
    assert (spent["kind"], held["kind"], held["allowance change"]) == ("capture", "hold", "-1")
    assert spent["picture"] == held["picture"]
    assert (refill["kind"], refill["by"], refill["credits"]) == ("refill", "", "100")
    assert refill["time (UTC)"] == "2026-01-01 00:00:00"


@in_world()
async def test_a_reason_is_kept_without_what_no_database_or_reader_takes(world: World) -> None:
    await world.admin(world.mod, "give", target=world.ada, amount=1, reason="a\x00b\u202ec\nd")
    await world.admin(world.mod, "give", target=world.ada, amount=1, reason=" ")
    await world.forced(world.mod, "credits-admin give", target=world.ada, amount=1, reason="x" * 5000)
    longest, blank, odd = await rows(await world.admin(world.mod, "export", kind="extra"))
    assert longest["reason"] == "x" * 399 + "…"
    assert blank["reason"] == ""
    assert odd["reason"] == "abc d"


@in_world()
async def test_an_export_of_nothing_is_no_file(world: World) -> None:
    answer = await world.admin(world.mod, "export", kind="caps")
    assert told(answer) == "No entries match."
    assert answer.response is not None
    assert answer.response.attachments == []


@in_world()
async def test_an_export_stays_below_the_upload_limit_and_says_how_to_get_the_rest(world: World) -> None:
    await given(world, 5)
    world.clock.ahead += timedelta(days=1)
    await world.admin(world.mod, "give", target=world.ada, amount=1, reason="no 5")
    answer = await world.forced(world.mod, "credits-admin export", upload_limit=500)
    found = await rows(answer)
    assert answer.response is not None
    (file,) = answer.response.attachments
    assert file.size <= 500
    assert [row["reason"] for row in found] == [f"no {number}" for number in range(5, 5 - len(found), -1)]
    assert 1 < len(found) < 6
    assert "Older ones do not fit into one file" in told(answer)
    assert "export again with `until:2026-01-01`" in told(answer)


@in_world()
async def test_an_export_reads_on_where_one_reading_ends(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.ui.export.CHUNK", 2)
    await given(world, 4)
    assert [row["reason"] for row in await rows(await world.admin(world.mod, "export", kind="extra"))] == [
        "no 3",
        "no 2",
        "no 1",
        "no 0",
    ]
    monkeypatch.setattr("bot.ui.export.EXPORTED", 2)
    answer = await world.admin(world.mod, "export", kind="extra")
    assert len(await rows(answer)) == 2
    assert "Older ones do not fit" in told(answer)
