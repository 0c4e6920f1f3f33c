"""`python -m bot credits`: what the operator can do about guilds without Discord, also beside a running bot."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeAlias
from uuid import uuid4

from bot.app import treasury
from bot.domain.acts import LARGEST_AMOUNT
from bot.domain.credits import PeriodKind
from bot.domain.ledger import COMMAND_LINE, EntryKind, Search
from bot.services.treasury import Operator, Treasury
from bot.settings import CreditsSettings, read_settings
from bot.ui.typed import id_of, reason_of, wish_of
from bot.ui.words import credits_line as words
from bot.ui.words import operator as told
from bot.ui.words.mediums import InTerminal

Verb: TypeAlias = Callable[[Treasury, Operator, Namespace], Awaitable[str]]

_TERMINAL: Final = InTerminal()
_SHOWN: Final = 50
_YEARS: Final = range(2015, 2100)
"""Nothing happened on Discord before."""


def add_verbs(parser: ArgumentParser) -> None:
    """Each leaves the function that carries it out in `verb`."""
    verbs = parser.add_subparsers(metavar="verb", required=True)

    def add(name: str, carry_out: Verb, text: str) -> ArgumentParser:
        verb = verbs.add_parser(name, help=text, description=text)
        verb.set_defaults(verb=carry_out)
        return verb

    add("guilds", _guilds, told.GUILDS)
    _take_amount(add("grant", _grant, told.GRANT))
    _take_amount(add("take", _take, told.TAKE))
    _take_plan(add("plan", _plan, told.PLAN))
    _take_guild_or_all(add("pause", _pause, told.PAUSE))
    _take_guild_or_all(add("resume", _resume, told.RESUME))
    _take_search(add("ledger", _ledger, told.LEDGER))
    add("calls", _calls, told.CALLS)


async def carry_out(arguments: Namespace) -> str:
    """What there is to say. Raises `SettingsError`, a fault of the database, or the `RefusalError` that says no."""
    async with treasury(read_settings(CreditsSettings)) as opened:
        verb: Verb = arguments.verb
        return await verb(opened, Operator(COMMAND_LINE, uuid4().hex, trusted=True), arguments)


async def _guilds(treasury: Treasury, operator: Operator, _: Namespace) -> str:
    guilds = await treasury.guilds(operator)
    return words.guilds(_TERMINAL, guilds, await treasury.everything_paused(operator))


async def _grant(treasury: Treasury, operator: Operator, asked: Namespace) -> str:
    pool = await treasury.grant(operator, asked.guild, asked.amount, reason_of(asked.reason))
    return told.granted(_TERMINAL, asked.guild, pool, asked.amount)


async def _take(treasury: Treasury, operator: Operator, asked: Namespace) -> str:
    asked.amount = -asked.amount
    return await _grant(treasury, operator, asked)


async def _plan(treasury: Treasury, operator: Operator, asked: Namespace) -> str:
    if asked.allowance is None and asked.period is None:
        return told.plan_shown(_TERMINAL, asked.guild, await treasury.pool(operator, asked.guild))
    wish = wish_of(asked.allowance, asked.period)
    before, after = await treasury.set_plan(operator, asked.guild, wish, reason_of(asked.reason))
    return told.plan_changed(_TERMINAL, asked.guild, before, after)


async def _pause(treasury: Treasury, operator: Operator, asked: Namespace) -> str:
    changed = await treasury.pause(operator, asked.guild, reason_of(asked.reason), paused=True)
    return told.paused(_TERMINAL, asked.guild, changed=changed)


async def _resume(treasury: Treasury, operator: Operator, asked: Namespace) -> str:
    changed = await treasury.pause(operator, asked.guild, reason_of(asked.reason), paused=False)
    return told.resumed(_TERMINAL, asked.guild, changed=changed)


async def _ledger(treasury: Treasury, operator: Operator, asked: Namespace) -> str:
    search = Search(
        guild=asked.guild,
        member=asked.member,
        kinds=frozenset(map(EntryKind, asked.kind)),
        since=None if asked.since is None else _midnight(asked.since),
        until=None if asked.until is None else _midnight(asked.until + timedelta(days=1)),
    )
    page = await treasury.ledger(operator, search, None, asked.limit)
    return words.ledger(_TERMINAL, page.entries, more=page.more)


async def _calls(treasury: Treasury, operator: Operator, _: Namespace) -> str:
    day, halt = await treasury.today(operator), await treasury.everything_paused(operator)
    return "\n".join([told.calls(_TERMINAL, day), *told.halted(_TERMINAL, halt)])


def _take_amount(verb: ArgumentParser) -> None:
    verb.add_argument("guild", metavar="GUILD", type=_id, help=words.GUILD)
    verb.add_argument("amount", metavar="AMOUNT", type=_amount, help=words.AMOUNT)
    verb.add_argument("--reason", help=words.REASON)


def _take_plan(verb: ArgumentParser) -> None:
    verb.add_argument("guild", metavar="GUILD", type=_id, help=words.GUILD)
    allowance = verb.add_mutually_exclusive_group()
    allowance.add_argument("--allowance", metavar="CREDITS", help=words.ALLOWANCE)
    allowance.add_argument("--default", dest="allowance", action="store_const", const=told.DEFAULT, help=words.DEFAULT)
    verb.add_argument("--period", choices=[it.value for it in PeriodKind], help=words.PERIOD)
    verb.add_argument("--reason", help=words.REASON)


def _take_guild_or_all(verb: ArgumentParser) -> None:
    verb.add_argument("guild", metavar="GUILD", type=_id, nargs="?", help=words.GUILD_OR_ALL)
    verb.add_argument("--reason", help=words.REASON)


def _take_search(verb: ArgumentParser) -> None:
    verb.add_argument("guild", metavar="GUILD", type=_id, help=words.GUILD)
    verb.add_argument("--member", metavar="ID", type=_id, help=words.MEMBER)
    verb.add_argument("--kind", choices=[it.value for it in EntryKind], action="append", default=[], help=words.KIND)
    verb.add_argument("--since", metavar="DAY", type=_day, help=words.SINCE)
    verb.add_argument("--until", metavar="DAY", type=_day, help=words.UNTIL)
    verb.add_argument("--limit", metavar="NUMBER", type=_limit, default=_SHOWN, help=words.LIMIT)


def _id(text: str) -> int:
    found = id_of(text)
    if found is None:
        raise ArgumentTypeError(words.BAD_ID)
    return found


def _amount(text: str) -> int:
    return _number(text, LARGEST_AMOUNT, words.BAD_AMOUNT)


def _limit(text: str) -> int:
    return _number(text, words.MOST_ENTRIES, words.BAD_LIMIT)


def _number(text: str, most: int, complaint: str) -> int:
    number = int(text) if re.fullmatch("[0-9]{1,9}", text) else 0
    if not 1 <= number <= most:
        raise ArgumentTypeError(complaint)
    return number


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(words.BAD_DAY) from None
    if found.year not in _YEARS:
        raise ArgumentTypeError(words.BAD_DAY)
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
