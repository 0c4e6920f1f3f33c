"""The command line: `run` (the default), `check`, `credits`, `doctor` and `migrate`."""

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from typing import Any, Final

import aiohttp
import discord
from pydantic import SecretStr

from bot import credits_line
from bot.app import bring_to, bring_up_to_date, check, run
from bot.doctor import examine
from bot.domain.checkup import Wrong
from bot.domain.faults import (
    CannotListenError,
    DatabaseInUseError,
    LossError,
    NewerTablesError,
    NoFolderError,
    NoStartsLeftError,
    NoTablesError,
    OtherTablesError,
    UnknownRevisionError,
)
from bot.domain.refusals import RefusalError, StorageBusyError, StorageDownError
from bot.log import set_up_logs
from bot.redaction import Redaction, passwords
from bot.settings import DatabaseSettings, Settings, SettingsError, read_settings
from bot.strays import catch_strays
from bot.ui.words import doctor as doctor_words
from bot.ui.words import startup as words
from bot.ui.words.refusals import refusal

GOOD: Final = 0
DIFFERENCES: Final = 1
FAULTY: Final = 1
REFUSED: Final = 1
FAULT: Final = 2

_FAULTS: Final[dict[type[Exception], str]] = {
    SettingsError: words.SETTINGS,
    DatabaseInUseError: words.DATABASE_IN_USE,
    NoTablesError: words.NO_TABLES,
    NewerTablesError: words.NEWER_TABLES,  # before what it is one of
    OtherTablesError: words.OTHER_TABLES,
    UnknownRevisionError: words.UNKNOWN_REVISION,
    StorageBusyError: words.DATABASE_BUSY,
    StorageDownError: words.DATABASE_DOWN,
    CannotListenError: words.CANNOT_LISTEN,
    NoFolderError: words.NO_FOLDER,
    NoStartsLeftError: words.NO_STARTS,
    discord.LoginFailure: words.NOT_ADMITTED,
    aiohttp.ClientConnectionError: words.DISCORD_AWAY,
    discord.HTTPException: words.DISCORD_REFUSED,
    discord.GatewayNotFound: words.DISCORD_REFUSED,
    discord.ConnectionClosed: words.DISCORD_REFUSED,
}


async def _run(_: argparse.Namespace) -> int:
    settings = read_settings(Settings)
    set_up_logs(settings.log_level, settings.log_format, _secrets(settings))
    catch_strays()
    await run(settings)
    return GOOD


async def _check(_: argparse.Namespace) -> int:
    differences = await check(read_settings(DatabaseSettings).database_url)
    print(words.books(differences))
    return DIFFERENCES if differences else GOOD


async def _credits(arguments: argparse.Namespace) -> int:
    print(await credits_line.carry_out(arguments))
    return GOOD


async def _doctor(_: argparse.Namespace) -> int:
    settings = read_settings(Settings)
    set_up_logs("ERROR", settings.log_format, _secrets(settings))
    findings = await examine(settings)
    print(doctor_words.checkup(findings))
    return FAULTY if any(isinstance(it.symptom, Wrong) for it in findings) else GOOD


def _secrets(settings: Settings) -> list[SecretStr]:
    return [settings.discord_token, settings.onemin_api_key, *passwords(settings.database_url)]


async def _migrate(arguments: argparse.Namespace) -> int:
    url = read_settings(DatabaseSettings).database_url
    if arguments.to is None:
        await bring_up_to_date(url)
        print(words.UP_TO_DATE)
    else:
        await bring_to(url, arguments.to)
        print(words.AT_REVISION)
    return GOOD


COMMANDS: Final[dict[str, tuple[Callable[[argparse.Namespace], Coroutine[Any, Any, int]], str]]] = {
    "run": (_run, words.RUN),
    "check": (_check, words.CHECK),
    "credits": (_credits, words.CREDITS),
    "doctor": (_doctor, words.DOCTOR),
    "migrate": (_migrate, words.MIGRATE),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bot", description=words.DESCRIPTION)
    verbs = parser.add_subparsers(dest="command", metavar="command")
    parsers = {name: verbs.add_parser(name, help=text, description=text) for name, (_, text) in COMMANDS.items()}
    credits_line.add_verbs(parsers["credits"])
    parsers["migrate"].add_argument("--to", metavar="REVISION", help=words.TO)
    arguments = parser.parse_args()
    command, _ = COMMANDS[arguments.command or "run"]
    try:
        return asyncio.run(command(arguments))
    except tuple(_FAULTS) as error:
        text = next(text for kind, text in _FAULTS.items() if isinstance(error, kind))
        if isinstance(error, discord.ConnectionClosed):
            text = words.CLOSED.get(error.code, text)
        print(Redaction([])(text.format(error=error, cause=_cause(error))), file=sys.stderr)
        return FAULT
    except LossError as error:
        print(words.loss(error), file=sys.stderr)
        return REFUSED
    except RefusalError as error:
        print(refusal(error), file=sys.stderr)
        return REFUSED


def _cause(error: Exception) -> str:
    cause = getattr(error.__cause__, "orig", None) or error.__cause__
    return next(iter(str(cause or "").strip().splitlines()), "no reason was given")


if __name__ == "__main__":
    os.umask(0o077)  # what is written holds prompts and the books: for the bot's own user alone
    sys.exit(main())
