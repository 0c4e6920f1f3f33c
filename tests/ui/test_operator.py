"""What the operator reads, at its largest, and what the commands are to Discord."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import discord
import pytest
from discord import app_commands
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.acts import LARGEST_AMOUNT, PauseChange
from bot.domain.credits import PeriodKind, Plan, Pool
from bot.domain.ledger import COMMAND_LINE, Entry, EntryKind, GuildSummary, Search
from bot.domain.refusals import BadParametersError
from bot.services.treasury import PlanWish
from bot.ui.custom_ids import KNOWN, guilds_id, known, ledger_id, pause_everything_id
from bot.ui.operator_pages import ENTRIES_SHOWN, GUILDS_SHOWN, Reading
from bot.ui.typed import id_of, reason_of, wish_of
from bot.ui.words import credits_line, operator
from bot.ui.words.mediums import InTerminal, OnDiscord
from cogs.operator import Operator
from tests.discord_description import complaints
from tests.examples import NOON

MOST = 10**9
LARGEST_ID = 2**63 - 1
TEXT_LIMIT = 4000
NASTY = "@everyone **`x`** <@&1> # \u202e\x1b[2J\n- " * 20
ON_DISCORD = OnDiscord(lambda _: NASTY)
IN_TERMINAL = InTerminal()
POOL = Pool(Plan(MOST, PeriodKind.MONTH), 1, date(2026, 3, 1), MOST, MOST, MOST, MOST, own_plan=True, paused=True)


def an_entry(kind: EntryKind, **changes: Any) -> Entry:
    values: dict[str, Any] = {
        **dict.fromkeys(("id", "member", "role", "actor"), LARGEST_ID),
        **dict.fromkeys(("amount", "before", "after"), MOST),
        **dict.fromkeys(("allowance_change", "bonus_change", "allowance_after", "bonus_after"), -MOST),
    }
    return Entry(**{**values, "kind": kind, "job": "1-0", "reason": NASTY, "at": NOON, **changes})


def test_the_largest_page_of_guilds_is_within_discords_limit() -> None:
    halt = PauseChange(key="1", guild=None, actor=LARGEST_ID, paused=True, reason=NASTY, at=NOON)
    summaries = [GuildSummary(LARGEST_ID, POOL, NOON)] * GUILDS_SHOWN
    told = operator.guilds(ON_DISCORD, summaries, halt, 99_998, 99_999)
    assert len(told) <= TEXT_LIMIT
    assert len(told.splitlines()) == 3 + 2 * GUILDS_SHOWN


@pytest.mark.parametrize("kind", EntryKind)
def test_the_largest_page_of_a_ledger_is_within_discords_limit(kind: EntryKind) -> None:
    told = operator.ledger(ON_DISCORD, LARGEST_ID, [an_entry(kind, actor=5)] * ENTRIES_SHOWN)
    assert len(told) <= TEXT_LIMIT
    assert len(told.splitlines()) == 2 + ENTRIES_SHOWN


@pytest.mark.parametrize("kind", EntryKind)
def test_what_was_typed_breaks_no_line_anywhere(kind: EntryKind) -> None:
    entry = an_entry(kind)
    on_discord, in_terminal = operator.line(ON_DISCORD, entry), credits_line.ledger(IN_TERMINAL, [entry], more=False)
    assert "\\@everyone" in on_discord
    assert len(in_terminal.splitlines()) == 2
    for text in (on_discord, in_terminal.replace("\n", "")):
        assert text.isprintable()
    assert "None" not in on_discord + in_terminal


def test_whoever_acted_is_named_once() -> None:
    assert "by" not in operator.line(ON_DISCORD, an_entry(EntryKind.HOLD, reason=None)).split()
    assert " · by <@5> `5`" in operator.line(ON_DISCORD, an_entry(EntryKind.EXTRA, actor=5))
    by_line = operator.line(ON_DISCORD, an_entry(EntryKind.GRANT, actor=COMMAND_LINE, member=None, role=None))
    assert " · by the operator, on the command line · " in by_line
    by_bot = operator.line(ON_DISCORD, an_entry(EntryKind.REFILL, actor=None))
    assert " · by the bot" in by_bot


def test_a_cap_of_nobody_in_particular_is_everybodys() -> None:
    entry = an_entry(EntryKind.CAP, member=None, role=None, before=None, after=5)
    assert " · cap none → 5 credits · leaves" in operator.line(ON_DISCORD, entry)
    assert " · every member · " in operator.line(ON_DISCORD, entry)
    assert " · every member" not in operator.line(ON_DISCORD, replace(entry, kind=EntryKind.GRANT))


@given(st.integers(0, 2**64 - 1))
def test_ids_of_the_operators_buttons_are_known_by_one_pattern_and_short_enough(number: int) -> None:
    page, entry = number % 10**5, number % 10**18
    guild, kind = number % LARGEST_ID + 1, [*EntryKind][number % len(EntryKind)]
    reading = Reading(Search(guild=guild, member=guild, kinds=frozenset({kind})), entry)
    ids = (pause_everything_id(str(number)), guilds_id(page), reading.custom_id, ledger_id(guild, "", "", ""))
    for custom_id in ids:
        assert len(custom_id) <= 100
        assert len([pattern for pattern in KNOWN if pattern.fullmatch(custom_id)]) == 1


@pytest.mark.parametrize(
    "written",
    [
        "pause-everything:1:1234567890123456789",
        "guilds:1:0",
        "ledger:1:1234567890123456789:::",
        "ledger:1:1234567890123456789:1234567890123456789:capture:123456789",
    ],
)
def test_ids_on_old_messages_stay_known(written: str) -> None:
    assert known(written)


def test_discord_takes_the_commands() -> None:
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    group = Operator().app_command
    assert isinstance(group, app_commands.Group)
    payload = group.to_dict(tree)
    # Discord documents the rights as text and takes the number that discord.py sends, too.
    assert payload["default_member_permissions"] == 0
    assert complaints("ApplicationCommandCreateRequest", {**payload, "default_member_permissions": 0}) == []
    assert all(
        1 <= len(option["description"]) <= 100 for command in payload["options"] for option in command["options"]
    )


@pytest.mark.parametrize(("typed", "number"), [("5", 5), (" 77\n", 77), (str(LARGEST_ID), LARGEST_ID)])
def test_an_id_is_read(typed: str, number: int) -> None:
    assert id_of(typed) == number


@given(st.text().filter(lambda text: not text.strip().isdecimal()))
def test_what_is_no_number_is_no_id(typed: str) -> None:
    assert id_of(typed) is None


@given(st.integers(max_value=0) | st.integers(min_value=LARGEST_ID + 1))
def test_a_number_that_discord_never_gives_is_no_id(number: int) -> None:
    assert id_of(str(number)) is None


@pytest.mark.parametrize(
    ("allowance", "period", "plan"),
    [
        ("5", None, Plan(5, PeriodKind.WEEK)),
        ("0", "day", Plan(0, PeriodKind.DAY)),
        ("unlimited", None, Plan(None, PeriodKind.WEEK)),
        (" UNLIMITED ", "day", Plan(None, PeriodKind.DAY)),
        (None, "month", Plan(70, PeriodKind.MONTH)),
        (str(LARGEST_AMOUNT), None, Plan(LARGEST_AMOUNT, PeriodKind.WEEK)),
    ],
)
def test_a_plan_is_read_and_what_is_not_named_stays(allowance: str | None, period: str | None, plan: Plan) -> None:
    wish = wish_of(allowance, period)
    assert wish is not None
    assert wish.on(Plan(70, PeriodKind.WEEK)) == plan


def test_an_unlimited_plan_stays_so_where_only_its_period_changes() -> None:
    assert PlanWish(period=PeriodKind.DAY).on(Plan(None, PeriodKind.WEEK)) == Plan(None, PeriodKind.DAY)


def test_default_is_the_installations_plan() -> None:
    assert wish_of(" Default ", None) is None


@given(st.text().filter(lambda text: text.strip().casefold() not in {"unlimited", "default"} and not text.isdecimal()))
def test_what_is_no_allowance_is_refused(typed: str) -> None:
    if typed.strip().isascii() and typed.strip().isdecimal():
        return
    with pytest.raises(BadParametersError):
        wish_of(typed, None)


@pytest.mark.parametrize(("typed", "kept"), [(None, None), ("", None), (" \n", None), ("a\n b", "a b")])
def test_a_reason_is_one_line_or_none(typed: str | None, kept: str | None) -> None:
    assert reason_of(typed) == kept


@pytest.mark.parametrize(
    ("own", "period", "allowance"), list(product((True, False), PeriodKind, (None, 0, 1, 5, MOST)))
)
def test_any_change_of_plan_can_be_told(*, own: bool, period: PeriodKind, allowance: int | None) -> None:
    before = Pool(Plan(5, PeriodKind.WEEK), 1, date(2026, 3, 2), 1, 2, 3)
    number = 1 if period is PeriodKind.WEEK else 2
    used = (1, 2) if number == 1 else (0, 0)
    after = Pool(Plan(allowance, period), number, date(2026, 3, 1), *used, 3, own_plan=own)
    for medium in (ON_DISCORD, IN_TERMINAL):
        told = operator.plan_changed(medium, 1, before, after)
        assert ("more than it gives" in told) == (number == 1 and allowance in {0, 1})
        assert ("begins now" in told) == (number == 2)
        assert ("It follows GUILD_CREDITS" in told) == (not own)
        assert "None" not in told
