"""What the operator reads: guilds, ledgers, calls, and what is suggested."""

from datetime import UTC, datetime, timedelta

from bot.domain.ledger import EntryKind
from standins.endpoint import Fault
from tests.discord.office import NOBODYS, OFFICE, Office, in_office, seen_from
from tests.discord.world import buttons, timestamps, told


@in_office(guild_credits=20)
async def test_guilds_show_what_each_has_uses_and_when_it_was_last_active(office: Office) -> None:
    world = office.world
    assert "No server has used the bot yet." in await office.tells("guilds")
    await world.picture(world.ada)
    world.endpoint.hold()
    await world.imagine(world.ben)
    shown = await office.tells("guilds")
    assert f"**Atelier** `{world.guild.id}`" in shown
    assert "18 of 20 left this month · 0 bonus · 1 held · 1 spent · active" in shown
    assert timestamps(shown) == [world.env.now().replace(microsecond=0)]
    world.endpoint.release()
    await world.finish()
    await office.tells("grant", guild=office.client, amount=1234)
    await office.tells("plan", guild=office.client, allowance="unlimited", period="week")
    await office.tells("pause", guild=office.client)
    await office.tells("grant", guild=str(NOBODYS), amount=1)
    lines = (await office.tells("guilds")).splitlines()
    assert lines[2] == f"Server `{NOBODYS}`"
    assert lines[4] == f"**Atelier** `{world.guild.id}`"
    assert "unlimited left this week" not in lines[5]
    assert lines[5].startswith("unlimited this week · 1,234 bonus · 0 held · 0 spent")
    assert lines[5].endswith("own plan · paused")


@in_office(guild_credits=20)
async def test_a_guild_that_was_quiet_since_its_period_ended_is_shown_as_it_is_now(office: Office) -> None:
    world = office.world
    await world.picture(world.ada)
    world.clock.ahead += timedelta(days=40)
    assert "20 of 20 left this month · 0 bonus · 0 held · 0 spent" in await office.tells("guilds")
    await world.restart(guild_credits=30)
    assert "30 of 30 left this month" in await office.tells("guilds")
    await office.tells("plan", guild=office.client, allowance="7")
    await world.restart(guild_credits=10)
    assert "7 of 7 left this month" in await office.tells("guilds")


@in_office()
async def test_guilds_are_turned_page_by_page_across_a_restart(office: Office) -> None:
    for guild in range(1001, 1026):
        await office.tells("grant", guild=str(guild), amount=1)
    shown = await office.do("guilds")
    assert "page 1 of 3" in told(shown)
    assert [f"`{guild}`" in told(shown) for guild in (1025, 1016, 1015)] == [True, True, False]
    assert buttons(shown.response) == ["Next"]
    await office.world.restart()
    assert "`1015`" in await office.turned(shown, "Next")
    assert buttons(shown.response) == ["Back", "Next"]
    assert "`1001`" in await office.turned(shown, "Next")
    assert buttons(shown.response) == ["Back"]
    assert "page 2 of 3" in await office.turned(shown, "Back")


@in_office()
async def test_a_page_that_is_no_more_is_the_last_one(office: Office) -> None:
    shown = await office.do("guilds")
    pressed = await seen_from(office).pry(office.boss, office.world.message(shown), "guilds:1:99999")
    assert "page 1 of 1" in told(pressed)


@in_office(guild_credits=50)
async def test_a_ledger_is_read_page_by_page_across_a_restart(office: Office) -> None:
    world = office.world
    await world.picture(world.ada)
    for n in range(1, 26):
        await office.tells("grant", guild=office.client, amount=n)
    shown = await office.do("ledger", guild=office.client)
    assert _amounts(told(shown)) == list(range(25, 15, -1))
    assert buttons(shown.response) == ["Older"]
    await world.restart()
    await office.tells("grant", guild=office.client, amount=99)
    assert _amounts(await office.turned(shown, "Older")) == list(range(15, 5, -1))
    assert buttons(shown.response) == ["Newest", "Older"]
    last = await office.turned(shown, "Older")
    assert _amounts(last) == [5, 4, 3, 2, 1]
    assert buttons(shown.response) == ["Newest"]
    assert f"**capture** 1 · leaves 49 + 0 · member <@{world.ada.id}> `{world.ada.id}`" in last
    assert "**refill** 50 · leaves 50 + 0" in last
    assert _amounts(await office.turned(shown, "Newest"))[0] == 99


@in_office(guild_credits=50)
async def test_a_ledger_is_searched_by_member_and_kind_and_turning_keeps_the_search(office: Office) -> None:
    world = office.world
    await world.picture(world.ben)
    for _ in range(11):
        await world.picture(world.ada)
    shown = await office.do("ledger", guild=office.client, kind="capture", member=str(world.ada.id))
    assert told(shown).count("**capture** 1") == 10
    turned = await office.turned(shown, "Older")
    assert turned.count("**capture** 1") == 1
    assert turned.count("**") == 2 + 2
    assert str(world.ben.id) not in turned
    assert "No entries match." in await office.tells("ledger", guild=office.client, member="5")
    assert "`member`: has to be a member's id" in await office.tells("ledger", guild=office.client, member="ada")


@in_office()
async def test_what_staff_decided_is_told_with_from_what_to_what(office: Office) -> None:
    world = office.world
    await world.decided("set", target=world.ada, amount=5)
    await world.decided("give", target=world.ada, amount=2, reason="won")
    await world.decided("set", target=world.staff, amount=7)
    await world.decided("exempt", role=world.staff, exempt=True)
    await world.decided("exempt", role=world.staff, exempt=False)
    await world.decided("reset", target=world.ada)
    history = await office.tells("ledger", guild=office.client)
    ada, mod = f"member <@{world.ada.id}> `{world.ada.id}`", f"by <@{world.mod.id}> `{world.mod.id}`"
    assert f"**cap** · cap none → 5 credits · {ada} · {mod}" in history
    assert f"**extra** · extra 0 → 2 credits · {ada} · {mod} · won" in history
    assert f"**cap** · cap none → 7 credits · role {world.staff.id} · {mod}" in history
    assert f"**exempt** · exempt · role {world.staff.id}" in history
    assert f"**exempt** · not exempt · role {world.staff.id}" in history
    assert f"**reset** · use set to 0 · {ada}" in history


@in_office(provider_calls_per_day=7)
async def test_calls_tell_todays_count_the_bound_and_when_it_begins_anew(office: Office) -> None:
    world = office.world
    world.endpoint.fail(Fault.MODERATED)
    await world.picture(world.ada)
    await world.picture(world.ada)
    shown = await office.tells("calls")
    assert "2 of 7 paid calls are made today" in shown
    assert timestamps(shown) == [datetime(2026, 1, 2, tzinfo=UTC)]
    world.clock.ahead += timedelta(days=1)
    assert "0 of 7 paid calls" in await office.tells("calls")


@in_office()
async def test_guilds_are_suggested_by_name_and_id(office: Office) -> None:
    world = office.world
    quiet = world.elsewhere()
    await office.tells("grant", guild=str(NOBODYS), amount=1)
    await world.picture(world.ada)
    atelier, office_name = f"Atelier ({world.guild.id})", f"Office ({OFFICE})"
    elsewhere = f"Elsewhere ({quiet.guild.id})"
    assert await office.suggested("guild", "") == [atelier, str(NOBODYS), office_name, elsewhere]
    assert await office.suggested("guild", "ateL") == [atelier]
    assert await office.suggested("guild", str(NOBODYS)[:6]) == [str(NOBODYS)]
    assert await office.suggested("guild", "no such") == []
    for verb in ("grant", "take", "pause", "resume", "ledger"):
        assert await office.suggested("guild", "atel", verb=verb) == [atelier]
    assert await office.suggested("guild", "", office.clerk) == []


@in_office()
async def test_no_more_is_suggested_than_discord_shows(office: Office) -> None:
    office.world.env.create_guild("x" * 100)
    for guild in range(1001, 1031):
        await office.tells("grant", guild=str(guild), amount=1)
    assert len(await office.suggested("guild", "")) == 25
    [long] = await office.suggested("guild", "xxx")
    assert len(long) <= 100


@in_office()
async def test_suggestions_fail_in_silence_while_the_database_is_away(office: Office) -> None:
    await office.world.rest()
    await office.world.lose_the_database()
    assert await office.suggested("guild", "") == []
    assert "I cannot reach my records" in await office.tells("calls")
    await office.world.find_the_database()


@in_office()
async def test_what_an_allowance_may_be_is_suggested(office: Office) -> None:
    assert await office.suggested("allowance", "") == ["unlimited", "default"]
    assert await office.suggested("allowance", "UN") == ["unlimited"]
    assert await office.suggested("allowance", "50") == ["50"]


def _amounts(text: str) -> list[int]:
    kind = f"**{EntryKind.GRANT}** "
    return [int(line.partition(kind)[2].split()[0]) for line in text.splitlines() if kind in line]
