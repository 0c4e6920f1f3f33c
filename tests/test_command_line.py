"""What an operator reads who runs a command, and what a script is told by the exit code."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_bot_without_settings_says_which_are_missing(run: Run) -> None:
    for arguments in ((), ("run",)):
        told = run(*arguments)
        assert told.code == 2
        assert told.out == ""
        assert told.err.splitlines() == [
            "These settings, in .env or the environment, need fixing:",
            "DISCORD_TOKEN is missing: the bot token from the Discord portal",
            "ONEMIN_API_KEY is missing: the API key from 1min.ai",
        ]


def test_a_process_ends_with_the_code_and_without_a_traceback(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": "your-bot-token",
        "GUILDS": "{x}",
    }
    ended = subprocess.run(
        [sys.executable, "-m", "bot"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.splitlines()[1:] == [
        "DISCORD_TOKEN is still the placeholder",
        "ONEMIN_API_KEY is missing: the API key from 1min.ai",
        "GUILDS should be a valid integer, unable to parse string as an integer",
    ]


def test_books_that_were_never_opened_cannot_be_checked(run: Run, tmp_path: Path) -> None:
    told = run("check")
    assert told.code == 2
    assert "has no tables yet" in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_tables_cannot_be_checked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("bot.db").touch()
    monkeypatch.setenv("DATABASE_URL", "sqlite:///bot.db")
    told = run("check")
    assert told.code == 2
    assert "has no tables yet" in told.err


def test_fresh_books_are_right(run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        assert run("migrate")[:2] == (0, "The database is up to date.\n")
    assert (tmp_path / "data" / "bot.db").is_file()
    assert run("check") == (0, "The books are right.\n", "")


def test_a_wrong_balance_is_found(run: Run) -> None:
    run("migrate")
    books = sqlite3.connect("data/bot.db", isolation_level=None)
    books.execute(  # from no entry
        "INSERT INTO pools (guild, unlimited, allowance, period, number, start, spent, held, bonus, bonus_held) "
        "VALUES (10, 0, 100, 'month', 1, '2026-03-01', 0, 0, 5, 0)"
    )
    books.close()
    told = run("check")
    assert told.code == 1
    assert told.err == ""
    *differences, last = told.out.splitlines()
    assert differences == ["guild 10: the pool has 100 + 5, its entries make 0 + 0"]
    assert last == "The books are wrong in one place."


def test_a_file_that_is_no_database_is_told_in_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("bot.db").write_text("these are no tables, but a letter to a friend" * 50)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///bot.db")
    for command in ("check", "migrate"):
        told = run(command)
        assert told.code == 2
        assert told.err.startswith("The database of DATABASE_URL cannot be reached: ")


def test_a_bad_address_of_the_database_is_told_in_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for url in ("mysql://db/bot", "postgresql://", "sqlite://", "postgresql://bot:pass@db:port/bot"):
        monkeypatch.setenv("DATABASE_URL", url)
        told = run("check")
        assert told.code == 2
        assert "DATABASE_URL must be sqlite:///path/to/file.db or postgresql://" in told.err


def test_a_server_that_is_away_is_told_in_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:Zebra@127.0.0.1:1/bot")
    told = run("check")
    assert told.code == 2
    assert told.err.startswith("The database of DATABASE_URL cannot be reached: ")
    assert "Zebra" not in told.err


def test_an_unknown_command_is_told_with_the_known_ones(run: Run) -> None:
    told = run("paint")
    assert told.code == 2
    for command in ("run", "check", "credits", "doctor", "migrate"):
        assert command in told.err


def test_help_tells_what_each_command_does(run: Run) -> None:
    told = run("--help")
    assert told.code == 0
    assert "recompute every balance from the ledger" in told.out


def test_the_way_back_to_an_older_version_and_forth_again(run: Run) -> None:
    run("migrate")
    assert run("migrate", "--to", "0004")[:2] == (0, "The database is at the revision that was asked for.\n")
    told = run("check")
    assert told.code == 2
    assert "belongs to another version of the bot" in told.err
    told = run("migrate", "--to", "0999")
    assert told.code == 2
    assert "It has these: 0001, 0002, 0003, 0004, 0005" in told.err
    assert run("migrate")[:2] == (0, "The database is up to date.\n")


def test_the_way_back_is_closed_where_something_would_be_lost(run: Run) -> None:
    run("migrate")
    books = sqlite3.connect("data/bot.db", isolation_level=None)
    books.execute("INSERT INTO presets (member, name, options, suffix) VALUES (7, 'a', '{}', '')")
    books.close()
    told = run("migrate", "--to", "0004")
    assert told.code == 1
    assert told.err == (
        "Nothing was changed: the older version has no place for what is in the database: presets of members (1). "
        "Restore the backup from before the update instead.\n"
    )
    assert run("check").code == 0


def test_a_database_of_a_newer_version_is_left_alone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("migrate")
    books = sqlite3.connect("data/bot.db", isolation_level=None)
    books.execute("UPDATE alembic_version SET version_num = '0999'")
    books.close()
    for name in ("DISCORD_TOKEN", "ONEMIN_API_KEY"):
        monkeypatch.setenv(name, "a-secret-nobody-gave")
    for arguments in (["run"], ["migrate"], ["migrate", "--to", "0001"], ["check"], ["credits", "calls"]):
        told = run(*arguments)
        assert (told.code, told.out) == (2, ""), arguments
        assert "belongs to a newer version of the bot" in told.err
