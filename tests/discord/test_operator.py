"""The operator's own guild: what can be done there, by whom, and where it cannot."""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest
import simcord
from structlog.testing import capture_logs

from bot.domain.acts import LARGEST_AMOUNT
from bot.domain.ledger import EntryKind
from standins.endpoint import Fault, PathKind
from tests.discord.world import Actor, Result, World, buttons, custom_ids, in_world, timestamps, told

OFFICE = 424242424242424242
NOBODYS = 555555555555555555
ONLY_THE_OPERATOR = "Only the bot's operator can do this."

Test = Callable[["Office"], Coroutine[Any, Any, None]]


class Office:
    """The operator's guild: a boss who is an operator, a clerk with every right there who is none."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.guild = world.env.create_guild("Office", id=OFFICE)
        self.channel = self.guild.create_text_channel("desk")
        everything = discord.Permissions(administrator=True)
        self.admins = self.guild.create_role("admins", permissions=everything)
        self.boss, self.clerk = self.member("boss"), self.member("clerk")

    def member(self, name: str) -> Actor:
        return self.guild.add_member(self.world.env.create_user(name), roles=[self.admins])

    async def do(self, verb: str, /, by: Actor | None = None, **options: Any) -> Result:
        return await (by or self.boss).slash(self.channel, f"operator {verb}", **options)

    async def tells(self, verb: str, /, by: Actor | None = None, **options: Any) -> str:
        return told(await self.do(verb, by, **options))

    async def turned(self, result: Result, label: str, by: Actor | None = None) -> str:
        """What the same private message says after a press on it."""
        message = self.world.message(result)
        await self.world.press(by or self.boss, message, label)
        return told(result)

    async def suggested(self, option: str, typed: str, by: Actor | None = None, verb: str = "plan") -> list[str]:
        answered = self._answers()
        offered = await (by or self.boss).autocomplete(self.channel, f"operator {verb}", option, typed)
        assert self._answers() == answered + 1, "the bot offered nothing at all, not even an empty list"
        return [choice["name"] for choice in offered]

    def _answers(self) -> int:
        return sum(it.path.endswith("/callback") for it in self.world.env.http_requests)

    @property
    def client(self) -> str:
        """The guild whose members paint, as the operator types it."""
        return str(self.world.guild.id)

    async def pause_everything(self) -> Result:
        asked = await self.do("pause")
        await self.turned(asked, "Pause everything")
        return asked


def in_office(**settings: Any) -> Callable[[Test], Callable[..., Coroutine[Any, Any, None]]]:
    def decorate(test: Test) -> Callable[..., Coroutine[Any, Any, None]]:
        @in_world(operator_guild_id=OFFICE, **settings)
        async def opened(world: World) -> None:
            office = Office(world)
            await world.restart(working=settings.get("working", True), operator_ids=frozenset({office.boss.id}))
            await test(office)

        return opened

    return decorate


def own(world: World, **owner: Any) -> None:
    """SimCord's application has one owner, the bot: another is put where discord.py keeps it."""
    user = {"username": "x", "discriminator": "0", "avatar": None, "id": "1"}
    data: Any = dict.fromkeys(("name", "description", "summary", "verify_key"), "")
    data |= {"id": "1", "icon": None, "bot_public": True, "bot_require_code_grant": False, "flags": 0, "team": None}
    data["owner"] = {**user, "id": str(owner.get("person", 1))}
    if "team" in owner:
        members = [
            {"user": {**user, "id": str(person)}, "membership_state": state, "team_id": "9", "role": "admin"}
            for person, state in owner["team"].items()
        ]
        data["team"] = {"id": "9", "name": "us", "icon": None, "owner_user_id": "1", "members": members}
    world.app.bot._application = discord.AppInfo(world.app.bot._connection, data)


VERBS: list[tuple[str, dict[str, Any]]] = [
    ("guilds", {}),
    ("grant", {"guild": "1", "amount": 1}),
    ("take", {"guild": "1", "amount": 1}),
    ("plan", {"guild": "1"}),
    ("plan", {"guild": "1", "allowance": "unlimited"}),
    ("plan", {"guild": "1", "allowance": "default"}),
    ("pause", {"guild": "1"}),
    ("pause", {}),
    ("resume", {"guild": "1"}),
    ("resume", {}),
    ("ledger", {"guild": "1"}),
    ("calls", {}),
]


# Where the commands are, and for whom


@in_office()
async def test_the_commands_stand_in_the_operators_guild_only(office: Office) -> None:
    world = office.world
    [command] = world.env.backend.commands[OFFICE].values()
    assert command["name"] == "operator"
    assert int(command["default_member_permissions"]) == 0
    assert {it["name"] for it in command["options"]} == {verb for verb, _ in VERBS}
    assert set(world.env.backend.commands) == {None, OFFICE}
    assert ("operator", 1) not in world.env.backend.commands[None]
    king = world.guild.add_member(
        office.boss.user, roles=[world.guild.create_role("king", permissions=discord.Permissions(administrator=True))]
    )
    assert not [it for it in king.available_commands(world.channel) if it.startswith("operator")]
    with pytest.raises(Exception, match="operator"):
        await king.slash(world.channel, "operator guilds")


@in_office()
async def test_the_commands_are_hidden_from_ordinary_members_of_the_operators_guild(office: Office) -> None:
    visitor = office.guild.add_member(office.world.env.create_user("visitor"))
    assert "operator guilds" in office.boss.available_commands(office.channel)
    assert not [it for it in visitor.available_commands(office.channel) if it.startswith("operator")]


@in_world()
async def test_without_an_operators_guild_nothing_is_registered_and_nothing_asked(world: World) -> None:
    assert set(world.env.backend.commands) == {None}
    assert not [it.path for it in world.env.http_requests if "/guilds/" in it.path]


@in_office()
async def test_whoever_is_no_operator_is_refused_at_every_command(office: Office) -> None:
    for verb, options in VERBS:
        refused = await office.tells(verb, office.clerk, **options)
        assert refused == f"{ONLY_THE_OPERATOR} Nothing was changed.", verb


@in_office(guild_credits=50)
async def test_whoever_is_no_operator_is_refused_at_every_press(office: Office) -> None:
    world = office.world
    for n in range(12):
        world.elsewhere()
        await office.tells("grant", guild=str(1000 + n), amount=1)
    for _ in range(11):
        await office.tells("grant", guild=office.client, amount=1)
    asked = await office.do("pause")
    shown = [asked, await office.do("guilds"), await office.do("ledger", guild=office.client)]
    presses = [custom_id for result in shown for custom_id in custom_ids(result)]
    assert len(presses) == 3
    here = _in(office)
    for custom_id in presses:
        pressed = await here.pry(office.clerk, world.message(asked), custom_id)
        assert told(pressed) == f"{ONLY_THE_OPERATOR} Nothing was changed."
    await world.picture(world.ada)


@in_office()
async def test_the_owner_and_the_team_are_operators_beside_those_named(office: Office) -> None:
    owner, member, invited = (office.member(name) for name in ("owner", "member", "invited"))
    own(office.world, person=owner.id)
    assert "paid calls" in await office.tells("calls", owner)
    assert "paid calls" in await office.tells("calls", office.boss)
    assert ONLY_THE_OPERATOR in await office.tells("calls", member)
    own(office.world, person=owner.id, team={member.id: 2, invited.id: 1})
    assert "paid calls" in await office.tells("calls", member)
    assert "paid calls" in await office.tells("calls", office.boss)
    assert ONLY_THE_OPERATOR in await office.tells("calls", invited)
    assert ONLY_THE_OPERATOR in await office.tells("calls", owner)


@in_office()
async def test_a_bot_that_is_no_member_of_the_operators_guild_starts_all_the_same(office: Office) -> None:
    world = office.world
    for status, code in ((403, 50001), (404, 10004)):
        path = f"/applications/*/guilds/{OFFICE}/commands"
        world.env.inject_error("GET", path, status=status, code=code, message="Missing Access")
        with capture_logs() as logs:
            await world.restart()
        [line] = [it for it in logs if it["log_level"] in {"warning", "error"}]
        assert "is it a member there?" in line["event"]
        assert line["guild"] == str(OFFICE)
        await world.picture(world.ada)


@in_world()
async def test_a_bot_that_joins_the_operators_guild_later_writes_its_commands_then(world: World) -> None:
    world.env.inject_error("GET", f"/applications/*/guilds/{OFFICE}/commands", status=403, code=50001)
    await world.restart(operator_guild_id=OFFICE)
    for guild in (world.env.create_guild("Elsewhere"), world.env.create_guild("Office", id=OFFICE)):
        assert OFFICE not in world.env.backend.commands
        await world.env.settle()
        _say_joined(world, guild.id)
        await world.env.settle()
    assert [name for name, _ in world.env.backend.commands[OFFICE]] == ["operator"]


@in_office()
async def test_commands_are_written_once_and_do_not_linger_in_a_former_guild(office: Office) -> None:
    world, other = office.world, OFFICE + 1
    written = f"/guilds/{OFFICE}/commands"

    def writes() -> int:
        return sum(it.method == "PUT" and it.path.endswith(written) for it in world.env.http_requests)

    await world.restart()
    assert writes() == 1
    world.env.create_guild("New office", id=other)
    await world.restart(operator_guild_id=other)
    assert not world.env.backend.commands[OFFICE]
    assert world.env.backend.commands[other]
    await world.restart(operator_guild_id=None)
    assert not world.env.backend.commands[other]
    before = len(world.env.http_requests)
    await world.restart(operator_guild_id=None)
    assert not [it.path for it in world.env.http_requests[before:] if "/guilds/" in it.path]
    await world.restart(operator_guild_id=OFFICE)
    assert world.env.backend.commands[OFFICE]


@in_office()
async def test_a_former_guild_that_the_bot_has_left_holds_nothing_up(office: Office) -> None:
    world = office.world
    world.env.inject_error("*", f"/applications/*/guilds/{OFFICE}/commands", status=403, code=50001)
    await world.restart(operator_guild_id=OFFICE + 1)
    assert world.env.backend.commands[OFFICE + 1]


# Guilds


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
    pressed = await _in(office).pry(office.boss, office.world.message(shown), "guilds:1:99999")
    assert "page 1 of 1" in told(pressed)


# Grants


@in_office(guild_credits=3)
async def test_credits_are_granted_taken_and_seen_by_members(office: Office) -> None:
    world = office.world
    assert "Bonus 0 → 10 credits. Now it has 13 credits left." in await office.tells(
        "grant", guild=office.client, amount=10, reason="for the *contest*"
    )
    assert "10 credits of bonus that stay" in told(await world.ada.slash(world.channel, "credits"))
    taken = (await office.tells("take", guild=office.client, amount=4)).partition("`: ")[2]
    assert taken == "4 credits of bonus taken. Bonus 10 → 6 credits. Now it has 9 credits left."
    refused = await office.tells("take", guild=office.client, amount=7)
    assert refused == "There are only 6 credits to take, not 7. Nothing was changed."
    history = await office.tells("ledger", guild=office.client)
    assert f"**grant** 10 · bonus 0 → 10 credits · leaves 3 + 10 · by <@{office.boss.id}> `{office.boss.id}`" in history
    assert r"for the \*contest\*" in history
    await office.tells("plan", guild=office.client, allowance="unlimited")
    assert "bonus is not touched" in await office.tells("grant", guild=office.client, amount=1)


@in_office()
async def test_the_same_grant_delivered_twice_is_one(office: Office) -> None:
    asked = await office.do("grant", guild=office.client, amount=10)
    office.world.deliver_again(asked)
    await office.world.env.settle()
    assert "Bonus 10 → 11 credits" in await office.tells("grant", guild=office.client, amount=1)


@in_office()
async def test_a_guild_that_never_used_the_bot_can_be_granted_credits_only(office: Office) -> None:
    nobody = str(NOBODYS)
    for verb, options in VERBS:
        if "guild" in options and verb != "grant":
            assert "No server with this id has ever used the bot." in await office.tells(
                verb, **{**options, "guild": nobody}
            )
    assert f"Server `{nobody}`: 5 credits of bonus granted" in await office.tells("grant", guild=nobody, amount=5)
    assert "5 credits of bonus taken" in await office.tells("take", guild=nobody, amount=5)


@in_office()
async def test_what_is_no_id_is_no_guild(office: Office) -> None:
    for typed in ("Atelier", "0", "-5", "1.5", "١٢", str(2**63), "9" * 19, "9" * 100, "<@5>"):
        for verb in ("grant", "ledger", "pause"):
            options: dict[str, Any] = {"amount": 1} if verb == "grant" else {}
            assert "No server with this id" in await office.tells(verb, guild=typed, **options)
    assert "No server has used the bot yet." in await office.tells("guilds")
    assert "granted" in await office.tells("grant", guild=f" {office.client} ", amount=1)


@in_office()
async def test_discord_itself_holds_amounts_and_reasons_to_their_bounds(office: Office) -> None:
    for amount in (0, -1, LARGEST_AMOUNT + 1):
        with pytest.raises(simcord.SetupError):
            await office.do("grant", guild=office.client, amount=amount)
    with pytest.raises(simcord.SetupError):
        await office.do("grant", guild=office.client, amount=1, reason="x" * 401)


# Plans


@in_office(guild_credits=20)
async def test_a_plan_is_shown_changed_and_given_back(office: Office) -> None:
    world = office.world
    await world.picture(world.ada)
    world.endpoint.hold()
    await world.imagine(world.ben)
    here, february = f"**Atelier** `{world.guild.id}`", datetime(2026, 2, 1, tzinfo=UTC)
    shown = await office.tells("plan", guild=office.client)
    assert shown.startswith(f"{here}: 20 credits per month (the plan of the installation). 1 spent and 1 held this")
    assert "18 of the allowance left" in shown
    assert timestamps(shown) == [february]
    changed = await office.tells("plan", guild=office.client, allowance=" 5 ", reason="too many")
    assert "20 credits per month (the plan of the installation) → 5 credits per month (its own plan)." in changed
    assert "1 spent and 1 held this month, all of it counted: 3 of the allowance left." in changed
    over = await office.tells("plan", guild=office.client, allowance="1")
    assert "0 of the allowance left. That is more than it gives, so there is nothing left;" in over
    assert "credits are used up (1 credit held" in told(await world.imagine(world.cyd))
    unlimited = await office.tells("plan", guild=office.client, allowance="Unlimited")
    assert "1 credit per month (its own plan) → unlimited per month (its own plan). Nothing limits it;" in unlimited
    daily = await office.tells("plan", guild=office.client, period="day")
    assert "unlimited per month (its own plan) → unlimited per day (its own plan). A new day begins now" in daily
    assert "The 1 credit spent in the old month no longer count." in daily
    assert "The 1 credit held for pictures under way stay with the old month too." in daily
    world.endpoint.release()
    await world.finish()
    back = await office.tells("plan", guild=office.client, allowance="default")
    assert "→ 20 credits per month (the plan of the installation). A new month begins now" in back
    assert "It follows GUILD_CREDITS and GUILD_CREDITS_PERIOD." in back
    history = await office.tells("ledger", guild=office.client, kind="plan")
    assert history.count("**plan**") == 5
    assert "allowance 20 → 5 credits" in history
    assert "too many" in history


@in_office()
async def test_a_plan_that_makes_no_sense_is_refused_in_words(office: Office) -> None:
    await office.tells("grant", guild=office.client, amount=1)
    for typed in ("many", "-1", "1.5", "1,000", "1000000000000", "1e3", ""):
        refused = await office.tells("plan", guild=office.client, allowance=typed)
        assert "`allowance`: has to be a whole number from 0 to 1,000,000, unlimited or default" in refused
    refused = await office.tells("plan", guild=office.client, allowance="1000001")
    assert refused == "The number has to be from 0 to 1,000,000. Nothing was changed."
    refused = await office.tells("plan", guild=office.client, allowance="default", period="day")
    assert "`period`: cannot be chosen together with default" in refused
    assert "**plan**" not in await office.tells("ledger", guild=office.client)


@in_office(guild_credits=2)
async def test_a_plan_of_its_own_stays_whatever_the_installation_says(office: Office) -> None:
    await office.tells("grant", guild=office.client, amount=1)
    await office.tells("plan", guild=office.client, allowance="9", period="week")
    await office.world.restart(guild_credits=500)
    shown = told(await office.world.ada.slash(office.world.channel, "credits"))
    assert "9 of this week's 9 credits" in shown


# Pauses


@in_office()
async def test_a_paused_guild_is_refused_at_every_door_while_its_queue_goes_on(office: Office) -> None:
    world = office.world
    shown = await world.picture(world.ada)
    world.endpoint.fail(Fault.SERVER_ERROR, at=PathKind.GENERATE)
    failed = await world.picture(world.ada)
    world.endpoint.hold()
    waiting = [await world.imagine(world.ben) for _ in range(6)]
    there = f"**Atelier** `{world.guild.id}`"
    paused = await office.tells("pause", guild=office.client, reason="spam")
    assert paused == f"{there} is paused: no new pictures from now on. What was ordered before is still made."
    doors = [
        world.imagine(world.cyd),
        world.press(world.cyd, shown, "Reroll"),
        world.press(world.ada, failed, "Try again"),
    ]
    for door in doors:
        refused = told(await door)
        assert "This server's pictures are paused by the bot's operator." in refused
    assert "**Paused**" in told(await world.ada.slash(world.channel, "credits"))
    assert "was paused already. Nothing was changed." in await office.tells("pause", guild=office.client)
    elsewhere = world.elsewhere()
    await elsewhere.imagine(elsewhere.ada)
    world.endpoint.release()
    await world.finish()
    assert all(buttons(world.message(asked)) == ["Reroll", "More", "Report"] for asked in waiting)
    resumed = await office.tells("resume", guild=office.client)
    assert resumed == f"{there} has new pictures again."
    assert "was not paused. Nothing was changed." in await office.tells("resume", guild=office.client)
    await world.picture(world.cyd)
    history = await office.tells("ledger", guild=office.client)
    assert "**pause**" in history
    assert "**resume**" in history
    assert "spam" in history


@in_office()
async def test_everything_is_paused_only_after_another_press(office: Office) -> None:
    world = office.world
    asked = await office.do("pause", reason="the bill")
    assert "This pauses **every server**" in told(asked)
    await world.picture(world.ada)
    await world.restart()
    assert "Everything is paused" in await office.turned(asked, "Pause everything")
    assert buttons(asked.response) == []
    assert "The bot is paused everywhere by the bot's operator." in told(await world.imagine(world.ada))
    elsewhere = world.elsewhere()
    assert "paused everywhere" in told(await elsewhere.imagine(elsewhere.ada))
    standing = f"by <@{office.boss.id}> `{office.boss.id}`: the bill"
    assert standing in await office.tells("guilds")
    assert standing in await office.tells("calls")
    again = await office.do("pause")
    assert "Everything was paused already." in await office.turned(again, "Pause everything")
    resumed = await office.tells("resume")
    assert resumed == "Everything has new pictures again. Servers that are paused by themselves stay so."
    assert "Everything was not paused." in await office.tells("resume")
    await world.picture(world.ada)
    assert "Everything is paused" not in await office.tells("guilds")


@in_office()
async def test_who_paused_and_resumed_everything_stands_in_the_log(office: Office) -> None:
    with capture_logs() as logs:
        await office.pause_everything()
        await office.tells("resume")
        await office.tells("resume")
    told_by = [(it["event"], it["actor"]) for it in logs if it["log_level"] == "warning"]
    assert told_by == [("everything paused", office.boss.id), ("everything resumed", office.boss.id)]


@in_office()
async def test_an_old_question_about_pausing_everything_is_over_after_an_hour(office: Office) -> None:
    asked = await office.do("pause")
    office.world.clock.ahead += timedelta(minutes=61)
    pressed = await office.world.press(office.boss, office.world.message(asked), "Pause everything")
    assert "can no longer be confirmed" in told(pressed)
    await office.world.picture(office.world.ada)


@in_office()
async def test_a_question_is_confirmed_by_whoever_was_asked(office: Office) -> None:
    other = office.member("other")
    await office.world.restart(operator_ids=frozenset({office.boss.id, other.id}))
    asked = await office.do("pause")
    [custom_id] = custom_ids(asked)
    pressed = await _in(office).pry(other, office.world.message(asked), custom_id)
    assert "can no longer be confirmed" in told(pressed)
    unknown = await _in(office).pry(office.boss, office.world.message(asked), "pause-everything:1:77")
    assert "can no longer be confirmed" in told(unknown)
    await office.world.picture(office.world.ada)


@in_office()
async def test_the_press_that_paused_everything_does_so_once(office: Office) -> None:
    asked = await office.pause_everything()
    await office.tells("resume")
    [custom_id] = [f"pause-everything:1:{asked._interaction.id}"]
    pressed = await _in(office).pry(office.boss, office.world.message(asked), custom_id)
    assert pressed.response is not None
    await office.world.picture(office.world.ada)


# Ledger, calls, suggestions


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


def _say_joined(world: World, guild: int) -> None:
    """SimCord says of every guild that it is available again, which is no joining."""
    arrivals = (body for _, event, body in world.env.backend.transcript if event == "GUILD_CREATE")
    body = next(it for it in arrivals if it["id"] == str(guild))
    world.env.backend.emit("GUILD_CREATE", {name: value for name, value in body.items() if name != "unavailable"})


def _in(office: Office) -> World:
    """The world as seen from the operator's channel."""
    world = office.world.elsewhere()
    world.guild, world.channel = office.guild, office.channel
    return world


def _amounts(text: str) -> list[int]:
    kind = f"**{EntryKind.GRANT}** "
    return [int(line.partition(kind)[2].split()[0]) for line in text.splitlines() if kind in line]
