"""`python -m bot credits`: what an operator reads, what a script is told, and that a bot beside it minds nothing."""

import asyncio
import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.domain.credits import PeriodKind, Plan
from bot.settings import CreditsSettings, Settings, SettingsError, read_settings
from tests.adapters.storage import postgres as servers
from tests.adapters.storage.schema import differences
from tests.conftest import Run
from tests.discord.world import World, in_world, told

ROOT = Path(__file__).parent.parent
GUILD = "123456789012345678"
MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"


@pytest.fixture(scope="module")
def postgres() -> Iterator[servers.Postgres]:
    with servers.running() as postgres:
        yield postgres


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def books(run: Run) -> Iterator[str]:
    """A fresh SQLite file where the bot looks for one; its books must be right after the test."""
    run("migrate")
    url = "sqlite:///data/bot.db"
    yield url
    assert differences(url) == []


@pytest.fixture
def postgres_books(postgres: servers.Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    url = postgres.create()
    monkeypatch.setenv("DATABASE_URL", url)
    yield url
    assert differences(url) == []
    postgres.drop(url)


@pytest.mark.parametrize("database", ["books", "postgres_books"])
def test_a_server_is_given_credits_and_a_plan_paused_and_read_about(
    database: str, request: pytest.FixtureRequest, run: Run
) -> None:
    request.getfixturevalue(database)
    assert run("credits", "guilds") == (0, "No server has used the bot yet.\n", "")
    granted = run("credits", "grant", GUILD, "50", "--reason", "a\tcontest\x1b[31m")
    assert granted == (
        0,
        f"Server {GUILD}: 50 credits of bonus granted. Bonus 0 → 50 credits. Now it has 150 credits left.\n",
        "",
    )
    taken = run("credits", "take", GUILD, "8")
    assert (
        taken.out == f"Server {GUILD}: 8 credits of bonus taken. Bonus 50 → 42 credits. Now it has 142 credits left.\n"
    )
    planned = run("credits", "plan", GUILD, "--allowance", "unlimited", "--period", "week")
    assert planned.out.startswith(
        f"Server {GUILD}: 100 credits per month (the plan of the installation) → unlimited per week (its own plan). "
    )
    assert run("credits", "pause", GUILD, "--reason", "late").out.startswith(f"Server {GUILD} is paused")
    header, row = run("credits", "guilds").out.splitlines()
    assert header.split("  ")[0] == "SERVER"
    assert re.fullmatch(rf"{GUILD} +unlimited +unlimited +week +42 +0 +0 +{MOMENT} +own plan, paused", row)
    assert run("credits", "resume", GUILD).out == f"Server {GUILD} has new pictures again.\n"
    back = run("credits", "plan", GUILD, "--default")
    assert back.out.endswith("It follows GUILD_CREDITS and GUILD_CREDITS_PERIOD.\n")
    shown = run("credits", "plan", GUILD)
    assert shown.out.startswith(f"Server {GUILD}: 100 credits per month (the plan of the installation). 0 spent")
    lines = run("credits", "ledger", GUILD).out.splitlines()
    kinds = [line.split()[4] for line in lines[1:]]
    assert kinds == ["plan", "refill", "resume", "pause", "plan", "lapse", "take", "grant", "refill"]
    assert re.fullmatch(
        rf" *2  {MOMENT}  grant +50 +100 +50 +the operator, on the command line +bonus 0 → 50 credits +a contest\[31m",
        lines[-2],
    )
    assert re.fullmatch(rf" *1  {MOMENT}  refill +100 +100 +0 +the bot", lines[-1])


@pytest.mark.usefixtures("books")
def test_two_calls_are_two_grants(run: Run) -> None:
    assert [run("credits", "grant", GUILD, "5").out.split("Bonus ")[1][:5] for _ in range(2)] == ["0 → 5", "5 → 1"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("take", GUILD, "11"), "There are only 10 credits to take, not 11. Nothing was changed."),
        (("take", "5", "1"), "No server with this id has ever used the bot. Nothing was changed."),
        (("plan", "5", "--allowance", "1"), "No server with this id has ever used the bot. Nothing was changed."),
        (("plan", "5", "--default"), "No server with this id has ever used the bot. Nothing was changed."),
        (("plan", "5"), "No server with this id has ever used the bot. Nothing was changed."),
        (("pause", "5"), "No server with this id has ever used the bot. Nothing was changed."),
        (("resume", "5"), "No server with this id has ever used the bot. Nothing was changed."),
        (("ledger", "5"), "No server with this id has ever used the bot. Nothing was changed."),
        (("plan", GUILD, "--allowance", "many"), "`allowance`: has to be a whole number from 0 to 1,000,000"),
        (("plan", GUILD, "--allowance=-1"), "`allowance`: has to be a whole number from 0 to 1,000,000"),
        (("plan", GUILD, "--allowance", "1000001"), "The number has to be from 0 to 1,000,000. Nothing was changed."),
        (("plan", GUILD, "--default", "--period", "day"), "`period`: cannot be chosen together with default"),
    ],
)
@pytest.mark.usefixtures("books")
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(command: tuple[str, ...], words: str, run: Run) -> None:
    run("credits", "grant", GUILD, "10")
    before = run("credits", "ledger", GUILD).out
    refused = run("credits", *command)
    assert (refused.code, refused.out) == (1, "")
    assert words in refused.err
    assert run("credits", "ledger", GUILD).out == before
    assert len(run("credits", "guilds").out.splitlines()) == 2


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ((), "the following arguments are required: verb"),
        (("paint",), "invalid choice: 'paint'"),
        (("grant", GUILD), "the following arguments are required: AMOUNT"),
        (("grant", "Atelier", "1"), "argument GUILD: has to be an id"),
        (("grant", "0", "1"), "argument GUILD: has to be an id"),
        (("grant", str(2**63), "1"), "argument GUILD: has to be an id"),
        (("grant", GUILD, "0"), "argument AMOUNT: has to be a whole number from 1 to 1,000,000"),
        (("grant", GUILD, "-5"), "argument AMOUNT: has to be a whole number from 1 to 1,000,000"),
        (("take", GUILD, "-5"), "argument AMOUNT: has to be a whole number from 1 to 1,000,000"),
        (("grant", GUILD, "1000001"), "argument AMOUNT: has to be a whole number from 1 to 1,000,000"),
        (("grant", GUILD, "9" * 5000), "argument AMOUNT: has to be a whole number from 1 to 1,000,000"),
        (("grant", GUILD, "1.5"), "argument AMOUNT: has to be a whole number from 1 to 1,000,000"),
        (("grant", GUILD, "\u0661"), "argument AMOUNT: has to be a whole number from 1 to 1,000,000"),
        (("plan", GUILD, "--allowance", "1", "--default"), "not allowed with argument"),
        (("plan", GUILD, "--period", "year"), "invalid choice: 'year'"),
        (("ledger", GUILD, "--kind", "gift"), "invalid choice: 'gift'"),
        (("ledger", GUILD, "--member", "ada"), "argument --member: has to be an id"),
        (("ledger", GUILD, "--since", "yesterday"), "argument --since: has to be a day such as 2026-01-31"),
        (("ledger", GUILD, "--until", "9999-12-31"), "argument --until: has to be a day such as 2026-01-31"),
        (("ledger", GUILD, "--limit", "0"), "argument --limit: has to be a whole number from 1 to 10,000"),
        (("ledger", GUILD, "--limit", "10001"), "argument --limit: has to be a whole number from 1 to 10,000"),
    ],
)
def test_what_makes_no_sense_is_told_before_the_database_is_touched(
    command: tuple[str, ...], words: str, run: Run, tmp_path: Path
) -> None:
    refused = run("credits", *command)
    assert (refused.code, refused.out) == (2, "")
    assert words in refused.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("books")
def test_everything_is_paused_and_resumed(run: Run) -> None:
    paused = run("credits", "pause", "--reason", "the bill")
    assert paused == (
        0,
        "Everything is paused: no new pictures from now on. What was ordered before is still made.\n",
        "",
    )
    assert run("credits", "pause").out == "Everything was paused already. Nothing was changed.\n"
    for verb in ("guilds", "calls"):
        standing = rf"Everything is paused, since {MOMENT}, by the operator, on the command line: the bill"
        assert re.search(standing, run("credits", verb).out)
    resumed = "Everything has new pictures again. Servers that are paused by themselves stay so.\n"
    assert run("credits", "resume") == (0, resumed, "")
    assert run("credits", "resume").out == "Everything was not paused. Nothing was changed.\n"
    assert "Everything is paused" not in run("credits", "guilds").out


@pytest.mark.usefixtures("books")
def test_calls_tell_the_bound_of_the_settings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROVIDER_CALLS_PER_DAY", "7")
    shown = run("credits", "calls")
    assert re.fullmatch(
        rf"0 of 7 paid calls are made today, in all servers together\. The count begins anew {MOMENT}\.\n", shown.out
    )


@pytest.mark.usefixtures("books")
def test_a_new_server_gets_the_plan_of_the_settings(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("GUILD_CREDITS=7\nGUILD_CREDITS_PERIOD=day\n")
    run("credits", "grant", GUILD, "1")
    assert "7 credits per day (the plan of the installation)" in run("credits", "plan", GUILD).out
    monkeypatch.setenv("GUILD_CREDITS", "unlimited")
    assert "unlimited per day (the plan of the installation)" in run("credits", "plan", GUILD).out


@pytest.mark.usefixtures("books")
def test_a_ledger_is_searched(run: Run) -> None:
    for amount in range(1, 13):
        run("credits", "grant", GUILD, str(amount))
    run("credits", "take", GUILD, "1")
    with closing(sqlite3.connect("data/bot.db", isolation_level=None)) as table:
        table.execute("UPDATE ledger SET member = 7 WHERE kind = 'take'")
        table.execute("UPDATE ledger SET at = '2026-01-30 23:59:59.999999' WHERE amount = 3")
        table.execute("UPDATE ledger SET at = '2026-01-31 23:59:59.999999' WHERE amount = 4")
        table.execute("UPDATE ledger SET at = '2026-02-01 00:00:00.000000' WHERE amount = 5")

    def amounts(*search: str) -> list[str]:
        lines = run("credits", "ledger", GUILD, *search).out.splitlines()
        return [line.split()[5] for line in lines[1:] if "UTC" in line]

    assert amounts("--kind", "take") == ["1"]
    assert amounts("--member", "7") == ["1"]
    assert amounts("--kind", "take", "--kind", "refill") == ["1", "100"]
    assert amounts("--since", "2026-01-31", "--until", "2026-02-01") == ["5", "4"]
    assert amounts("--until", "2026-01-31") == ["4", "3"]
    assert amounts("--limit", "2") == ["1", "12"]
    assert run("credits", "ledger", GUILD, "--limit", "2").out.splitlines()[-1].startswith("Older entries follow")
    assert "Older" not in run("credits", "ledger", GUILD).out
    assert run("credits", "ledger", GUILD, "--member", "8").out == "No entries match.\n"
    with closing(sqlite3.connect("data/bot.db", isolation_level=None)) as table:
        table.execute("UPDATE ledger SET member = NULL")


@pytest.mark.usefixtures("books")
def test_columns_stand_below_each_other(run: Run) -> None:
    for guild, amount in ((GUILD, "5"), ("77", "123456")):
        run("credits", "grant", guild, amount)
    header, *rows = run("credits", "guilds").out.splitlines()
    end = header.index("BONUS") + len("BONUS")
    assert [row[:end].split()[-1] for row in rows] == ["123456", "5"]
    assert {row[end] for row in rows} == {" "}


def test_a_database_without_tables_is_told_and_stays_so(run: Run, tmp_path: Path) -> None:
    missing = run("credits", "guilds")
    assert (missing.code, missing.out) == (2, "")
    assert "has no tables yet: start the bot once" in missing.err
    assert list(tmp_path.iterdir()) == []
    Path("data").mkdir()
    Path("data/bot.db").touch()
    assert "has no tables yet" in run("credits", "grant", GUILD, "1").err
    with closing(sqlite3.connect("data/bot.db")) as table:
        assert table.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_tables_of_another_version_are_told(run: Run) -> None:
    run("migrate")
    with closing(sqlite3.connect("data/bot.db", isolation_level=None)) as table:
        table.execute("UPDATE alembic_version SET version_num = 'next year'")
    for command in (("credits", "guilds"), ("credits", "grant", GUILD, "1"), ("check",)):
        refused = run(*command)
        assert (refused.code, refused.out) == (2, "")
        assert "belongs to a newer version of the bot" in refused.err


@pytest.mark.usefixtures("books")
def test_a_busy_database_is_told(run: Run) -> None:
    with closing(sqlite3.connect("data/bot.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = run("credits", "grant", GUILD, "1")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "The database is locked by another process. Try again in a moment.\n"


def test_a_server_that_is_away_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:Zebra@127.0.0.1:1/bot")
    refused = run("credits", "guilds")
    assert refused.code == 2
    assert refused.err.startswith("The database of DATABASE_URL cannot be reached: ")
    assert "Zebra" not in refused.err


def test_bad_settings_are_told_and_missing_secrets_are_not(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUILD_CREDITS", "many")
    monkeypatch.setenv("DISCORD_TOKEN", "your-token-here")
    refused = run("credits", "guilds")
    assert refused.code == 2
    assert refused.err.splitlines()[1:] == [
        "GUILD_CREDITS must be a whole number from 0 to 1,000,000,000, or unlimited"
    ]


def test_the_settings_of_the_command_line_are_a_part_of_the_bots(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(CreditsSettings.model_fields) < set(Settings.model_fields)
    assert read_settings(CreditsSettings).plan == Plan(100, PeriodKind.MONTH)
    monkeypatch.setenv("GUILD_CREDITS", "unlimited")
    monkeypatch.setenv("GUILD_CREDITS_PERIOD", "Day")
    assert read_settings(CreditsSettings).plan == Plan(None, PeriodKind.DAY)
    with pytest.raises(SettingsError, match="DISCORD_TOKEN is missing"):
        read_settings(Settings)
    with pytest.raises(ValidationError):
        Settings(_env_file=None)


def test_help_tells_every_verb(run: Run) -> None:
    assert "beside a running bot" in run("--help").out
    shown = run("credits", "--help").out
    for verb in ("guilds", "grant", "take", "plan", "pause", "resume", "ledger", "calls"):
        assert re.search(rf"^ +{verb} +\w", shown, re.MULTILINE), verb
        assert run("credits", verb, "--help").code == 0


@in_world(guild_credits=0)
async def test_the_command_line_works_on_the_file_of_a_running_bot(world: World) -> None:
    guild = str(world.guild.id)

    async def credits_line(*arguments: str) -> str:
        settings = {"DATABASE_URL": world.settings.database_url, "GUILD_CREDITS": "0"}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "credits", *arguments),
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings},
            stdout=-1,
            stderr=-1,
        )
        out, err = await process.communicate()
        assert (process.returncode, err) == (0, b"")
        return out.decode()

    assert "used up" in told(await world.imagine(world.ada))
    assert "Now it has 5 credits left" in await credits_line("grant", guild, "5")
    await world.picture(world.ada)
    world.endpoint.hold()
    await world.imagine(world.ben)
    assert "Everything is paused" in await credits_line("pause")
    assert "paused everywhere by the bot's operator" in told(await world.imagine(world.ada))
    world.endpoint.release()
    await world.finish()
    assert world.endpoint.paid_calls == 2
    await credits_line("resume")
    await world.picture(world.ada)
    assert re.search(r"capture +1 +0 +2 ", await credits_line("ledger", guild))
