"""What `python -m bot doctor` tells the operator, asked of both stand-ins over real HTTP, from one process."""

import asyncio
import os
import re
import socket
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from alembic import command
from discord.http import Route

from bot.adapters.storage.revision import configuration
from bot.app import bring_up_to_date
from bot.doctor import examine
from bot.domain.checkup import Finding, Note, Unknown, Well, Wrong
from bot.services import checkup, inquiry
from bot.settings import Settings, read_settings
from bot.ui.words import doctor as words
from standins.discord import Discord, Guild, Right, Trouble
from standins.discord.rights import NONE
from standins.endpoint import Endpoint, Fault
from standins.endpoint.faults import PathKind
from tests.adapters.storage.schema import connected

KEY, TOKEN = "standin-key-0123456789", "standin-token-0123456789"


class Clinic:
    """Both stand-ins, and an installation that is well until a test spoils it."""

    def __init__(self, folder: Path, discord: Discord, endpoint: Endpoint) -> None:
        self.folder, self.discord, self.endpoint = folder, discord, endpoint
        self.guild: Guild = discord.guild("Atelier")
        self.channel = self.guild.channel("reports")
        self.seconds = 30.0
        self.discord.portal.account.settings["bot_public"] = False
        self.settings = {
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": discord.api_url,
            "ONEMIN_API_KEY": KEY,
            "ONEMIN_API_URL": endpoint.url,
            "OPERATOR_GUILD_ID": str(self.guild.id),
            "OPERATOR_CHANNEL_ID": str(self.channel.id),
            "DATABASE_URL": f"sqlite:///{folder}/bot.db",
            "DATA_DIR": f"{folder}/data",
            "HTTP_PORT": "0",
        }

    async def findings(self, **settings: str) -> list[Finding]:
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (self.settings | settings).items():
                patch.setenv(name, value)
            read = read_settings(Settings, None)
        return list(await examine(read, seconds=self.seconds))

    async def symptoms(self, **settings: str) -> set[Any]:
        """Only what is not well."""
        found = await self.findings(**settings)
        assert words.checkup(found)
        return {it.symptom for it in found if not isinstance(it.symptom, Well)}

    async def told(self, **settings: str) -> list[str]:
        """What is wrong, each with what to do."""
        text = words.checkup(await self.findings(**settings))
        return re.findall(r"^\[!!\] (.*\n     .*)$", text, re.MULTILINE)


@pytest.fixture
async def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Clinic]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # the address is the process's
    async with Endpoint(api_key=KEY) as endpoint, Discord(token=TOKEN) as discord:
        clinic = Clinic(tmp_path, discord, endpoint)
        await bring_up_to_date(clinic.settings["DATABASE_URL"])
        yield clinic
        assert not discord.gateway.identifies
        assert {it.method for it in discord.requests} <= {"GET"}
        assert endpoint.paid_calls == 0
        assert endpoint.requests(PathKind.GENERATE) == 0


async def test_where_all_is_well_nothing_is_to_be_done(clinic: Clinic) -> None:
    found = await clinic.findings()
    assert {it.symptom for it in found} == set(Well) - {Well.PORT_OF_BOT}
    text = words.checkup(found)
    assert text.splitlines()[-1] == words.ALL_WELL
    assert all(line.startswith("[ok] ") for line in text.splitlines()[:-1])
    for said in (
        "has black-forest-labs/flux-2-pro for IMAGE_EDITOR",
        "in one server",
        "up to date (revision ",
        "is imagine",
    ):
        assert said in text
    assert KEY not in text
    assert TOKEN not in text
    assert not (clinic.folder / "data").exists()


async def test_a_token_that_is_none_spares_discord_the_rest(clinic: Clinic) -> None:
    assert await clinic.symptoms(DISCORD_TOKEN="nobodys") == {Wrong.TOKEN, Unknown.NOT_ASKED}
    assert [it.path for it in clinic.discord.requests] == ["/users/@me"]


async def test_a_discord_that_is_away_keeps_nothing_else_from_being_told(clinic: Clinic) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        away = f"http://127.0.0.1:{closed.getsockname()[1]}/api/v10"
        found = await clinic.findings(DISCORD_API_URL=away)
    assert {it.symptom for it in found} >= {Wrong.DISCORD, Unknown.NOT_ASKED, Well.KEY, Well.DATABASE}
    assert "Discord could not be asked: Cannot connect to host" in words.checkup(found)


async def test_what_the_portal_gets_wrong_is_told(clinic: Clinic) -> None:
    clinic.discord.portal.account.settings |= {
        "bot_public": True,
        "bot_require_code_grant": True,
        "interactions_endpoint_url": "https://elsewhere.example",
        "flags": 1 << 15,
        "integration_types_config": {"0": {"oauth2_install_params": {"scopes": ["bot"], "permissions": "1024"}}},
    }
    wrong = {Wrong.CODE_GRANT, Wrong.INTERACTIONS_ELSEWHERE, Wrong.INSTALL_LINK}
    assert await clinic.symptoms() == wrong | {Note.PUBLIC, Note.INTENTS}
    assert "leaves out: the scope applications.commands, Send Messages, Send Messages in" in str(await clinic.told())


async def test_an_administrator_lacks_nothing(clinic: Clinic) -> None:
    clinic.guild.state.everybody = NONE
    clinic.guild.empower(Right.ADMINISTRATOR)
    assert await clinic.symptoms() == set()


async def test_each_server_is_told_what_the_bot_lacks_there(clinic: Clinic) -> None:
    other = clinic.discord.guild("Else\x1bwhere")
    other.state.everybody = NONE
    other.empower(Right.VIEW_CHANNEL | Right.SEND_MESSAGES | Right.EMBED_LINKS | Right.READ_MESSAGE_HISTORY)
    [told] = await clinic.told()
    assert told.startswith(
        f"In the server Else?where ({other.id}), the bot lacks Send Messages in Threads, Attach Files.\n     Give"
    )
    other.state.takes_commands = False
    assert await clinic.symptoms() == {Wrong.RIGHTS, Wrong.SCOPE}


async def test_hundreds_of_servers_are_all_looked_at_and_some_asked(clinic: Clinic) -> None:
    for number in range(250):
        clinic.discord.guild(f"Guild {number}")
    clinic.discord.guild("Last").state.everybody = NONE
    clinic.discord.forget()
    found = await clinic.findings()
    assert {it.symptom for it in found} >= {Note.NOT_ALL_ASKED, Well.GUILDS}
    paths = [it.path for it in clinic.discord.requests]
    assert paths.count("/users/@me/guilds") == 2
    assert len([path for path in paths if path.endswith("/commands")]) == inquiry.MOST_ASKED


async def test_a_bot_that_nobody_invited_is_told_how(clinic: Clinic) -> None:
    clinic.guild.remove_bot()
    assert await clinic.symptoms(GUILDS="123,456") == {
        Note.NO_GUILDS,
        Note.GUILD_AWAITED,
        Wrong.OPERATOR_GUILD,
        Wrong.NO_CHANNEL,
    }


async def test_what_is_not_set_is_no_fault(clinic: Clinic) -> None:
    optional = dict.fromkeys(("OPERATOR_GUILD_ID", "OPERATOR_CHANNEL_ID"), "none")
    notes = {Note.NO_OPERATOR_GUILD, Note.NO_OPERATOR_CHANNEL, Note.NO_PORT}
    assert (
        await clinic.symptoms(**optional, HTTP_PORT="off", EDITING_ENABLED="false", GUILDS=str(clinic.guild.id))
        == notes
    )


async def test_channels_that_take_nothing_are_told_with_who_named_them(clinic: Clinic) -> None:
    log, gone, thread = clinic.guild.channel("log"), clinic.guild.channel("gone"), clinic.channel.thread("talk")
    direct = clinic.discord.direct(clinic.guild.member("ada"))
    books = sqlite3.connect(clinic.folder / "bot.db", isolation_level=None)
    books.execute(
        "INSERT INTO pools (guild, unlimited, allowance, period, number, start, spent, held, bonus, bonus_held) "
        "VALUES (10, 0, 0, 'month', 1, '2026-03-01', 0, 0, 0, 0)"
    )
    named = {"made": log.id, "refused": gone.id, "changed": direct.id, "removed": 404}
    value = str(named).replace("'", '"')
    books.execute("INSERT INTO rules (guild, name, value, record) VALUES (10, 'log', ?, 1)", [value])
    books.close()
    gone.delete()
    log.forbid(Right.SEND_MESSAGES)
    clinic.channel.forbid(Right.SEND_MESSAGES_IN_THREADS)
    told = "\n".join(await clinic.told(OPERATOR_CHANNEL_ID=str(thread.id)))
    assert f"In the channel of OPERATOR_CHANNEL_ID ({thread.id}), the bot lacks Send Messages in Threads." in told
    assert f"In the log channel {log.id}, the bot lacks Send Messages.\n" in told
    for missing in (gone.id, direct.id, 404):
        assert f"the log channel {missing} is not there, or the bot may not see it.\n" in told
    assert "or name another one: the server's staff do so in /settings." in told


@pytest.mark.parametrize(
    ("fault", "symptom"),
    [(Fault.BAD_KEY, Wrong.KEY), (Fault.KEY_DELETED, Wrong.KEY), (Fault.SERVER_ERROR, Wrong.PROVIDER)],
)
async def test_a_key_that_is_not_accepted_is_told(clinic: Clinic, fault: Fault, symptom: Wrong) -> None:
    clinic.endpoint.fail(fault, at=PathKind.RESULT)
    assert await clinic.symptoms() == {symptom}


@pytest.mark.parametrize("fault", [Fault.BAD_JSON, Fault.EMPTY_ANSWER, Fault.SERVER_ERROR, Fault.RESET_AT_ONCE])
async def test_a_list_of_models_that_is_none_proves_nothing(clinic: Clinic, fault: Fault) -> None:
    clinic.endpoint.fail(fault, at=PathKind.MODELS, times=2)
    assert await clinic.symptoms() == {Unknown.MODEL}


async def test_a_model_that_is_not_listed_is_told_with_how_sure_that_is(clinic: Clinic) -> None:
    first, _ = await clinic.told(ONEMIN_MODEL="flux-2-pro")
    assert first.startswith("The public list of 1min.ai, which it does not document, does not have flux-2-pro for ")


async def test_a_database_that_was_never_there_is_made_by_the_first_start(clinic: Clinic) -> None:
    assert await clinic.symptoms(DATABASE_URL=f"sqlite:///{clinic.folder}/new/bot.db") == {Note.NO_DATABASE_YET}
    assert not (clinic.folder / "new").exists()


async def test_a_database_of_another_version_is_told(clinic: Clinic) -> None:
    with connected(clinic.settings["DATABASE_URL"]) as connection:
        command.downgrade(configuration(connection), "0003")
    [told] = await clinic.told()
    assert told.startswith(
        "The database is of an older version (revision 0003); to come: 0004, 0005.\n     Make a backup"
    )
    books = sqlite3.connect(clinic.folder / "bot.db", isolation_level=None)
    books.execute("UPDATE alembic_version SET version_num = '0999'")
    assert await clinic.symptoms() == {Wrong.NEWER_TABLES}
    books.close()


async def test_a_database_that_cannot_be_reached_is_told(clinic: Clinic) -> None:
    (clinic.folder / "letter").write_text("these are no tables" * 100)
    (told,) = await clinic.told(DATABASE_URL=f"sqlite:///{clinic.folder}/letter")
    assert told.startswith("The database of DATABASE_URL cannot be reached: file is not a database\n")
    found = await clinic.findings(DATABASE_URL="postgresql://bot:Zebra@127.0.0.1:1/bot")
    assert {Wrong.DATABASE_AWAY, Note.DISK_ELSEWHERE} <= {it.symptom for it in found}
    assert "Zebra" not in words.checkup(found)


async def test_a_database_that_is_locked_is_told(clinic: Clinic) -> None:
    books = sqlite3.connect(clinic.folder / "bot.db", isolation_level=None)
    books.execute("PRAGMA locking_mode = EXCLUSIVE")
    books.execute("BEGIN EXCLUSIVE")
    assert await clinic.symptoms() == {Wrong.DATABASE_BUSY}
    books.close()


async def test_folders_that_cannot_be_written_are_told(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    (clinic.folder / "file").touch()
    settings = {"DATA_DIR": f"{clinic.folder}/file", "DATABASE_URL": f"sqlite:///{clinic.folder}/file/bot.db"}
    assert await clinic.symptoms(**settings) == {Wrong.FOLDER, Wrong.DATABASE_FILE, Note.NO_DATABASE_YET}
    assert Wrong.FOLDER in await clinic.symptoms(DATA_DIR=f"{clinic.folder}/file/deeper")
    (clinic.folder / "data").mkdir()
    assert await clinic.symptoms() == set()
    assert list((clinic.folder / "data").iterdir()) == []
    book, can = clinic.folder / "bot.db", os.access  # whoever runs the tests may be root, who can write anywhere
    monkeypatch.setattr(os, "access", lambda place, how: place != book and can(place, how))
    assert await clinic.symptoms() == {Wrong.DATABASE_FILE}


async def test_a_disk_that_is_nearly_full_is_told(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkup, "ROOM", 2**60)
    first, second = await clinic.told()
    assert re.match(r"DATABASE_URL: only [0-9,]+ MiB are free\.\n     Make room", first)
    assert second.startswith("DATA_DIR: only ")


async def test_the_port_of_the_pages_is_looked_at(clinic: Clinic) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        busy, unused = (str(it.getsockname()[1]) for it in (taken, free))
        free.close()
        hush = asyncio.get_running_loop().run_in_executor(None, _say_goodbye, taken)
        assert await clinic.symptoms(HTTP_PORT=busy) == {Wrong.PORT_TAKEN}
        await hush
        assert await clinic.symptoms(HTTP_PORT=unused) == set()
        assert await clinic.symptoms(HTTP_PORT=unused, HTTP_HOST="0.0.0.0") == set()  # noqa: S104 - nobody stays there
    assert await clinic.symptoms(HTTP_PORT="9", HTTP_HOST="192.0.2.1") == {Wrong.PORT_UNUSABLE}


def _say_goodbye(listening: socket.socket) -> None:
    for _ in range(2):  # who is cut off at once tries again
        connection, _ = listening.accept()
        connection.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 - the operator's choice
async def test_a_bot_that_is_not_ready_says_so_itself(clinic: Clinic, host: str) -> None:
    page: dict[str, Any] = {"status": "ok"}

    async def said(_: web.Request) -> web.Response:
        return web.json_response(page)

    application = web.Application()
    application.router.add_get("/{page:healthz|readyz}", said)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, host, 0).start()
    port = str(runner.addresses[0][1])
    assert await clinic.symptoms(HTTP_HOST=host, HTTP_PORT=port) == set()
    page |= {"status": "unavailable", "failing": ["gateway"]}
    [told] = await clinic.told(HTTP_HOST=host, HTTP_PORT=port)
    assert told.startswith("The bot that runs says that it is not ready: gateway.")
    page.clear()
    assert await clinic.symptoms(HTTP_HOST=host, HTTP_PORT=port) == {Wrong.PORT_TAKEN}
    await runner.cleanup()


async def test_what_hangs_keeps_nothing_else_from_being_told(clinic: Clinic) -> None:
    clinic.seconds = 1.0
    clinic.discord.fail("GET", "/users/@me/guilds", trouble=Trouble.HANG, times=None)
    clinic.endpoint.fail(Fault.HANG, at=PathKind.RESULT)
    found = await clinic.findings()
    slow = [str(it.facts["part"]) for it in found if it.symptom is Wrong.SLOW]
    assert slow == ["Part.DISCORD", "Part.KEY"]
    assert {it.symptom for it in found} >= {Well.TOKEN, Well.DATABASE, Well.MODEL, Well.FOLDER}


async def test_what_breaks_keeps_nothing_else_from_being_told(clinic: Clinic) -> None:
    clinic.discord.portal.account.settings["integration_types_config"] = {
        "0": {"oauth2_install_params": {"permissions": "x"}}
    }
    found = await clinic.findings()
    assert {it.symptom for it in found} >= {Wrong.BROKEN, Well.KEY, Well.DATABASE, Well.MODEL, Well.FOLDER}
    assert "[!!] What Discord says could not be found out (ValueError).\n" in words.checkup(found)


def test_every_symptom_has_words_and_every_fault_a_remedy() -> None:
    assert set(words.SAID) == {*Well, *Note, *Wrong, *Unknown}
    assert set(words.REMEDIES) == set(Wrong)
