"""Days as staff type them: a date, or the name of a stretch of days. All of them are UTC."""

import re
from datetime import date, timedelta
from typing import Final

from discord.app_commands import Choice

from bot.domain.refusals import BadParametersError
from bot.ui.services import Interaction, services_of
from bot.ui.words import history as words

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARS: Final = range(2015, 2100)
"""Nothing happened on Discord before."""

Span = tuple[date, date]
"""A first and a last day."""


def day(text: str) -> date | None:
    """The day that is written like 2026-01-31."""
    try:
        found = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None
    return found if found is not None and found.year in _YEARS else None


def span(option: str, text: str, today: date, period: date) -> Span:
    """What an option names; the guild's period began on `period`. Raises `BadParametersError`."""
    typed = text.strip().casefold()
    single = day(typed)
    if single is not None:
        return single, single
    named = {**_spans(today), words.THIS_PERIOD: (period, today)}
    if typed not in named:
        raise BadParametersError([(option, words.BAD_DAY)])
    return named[typed]


async def suggest_since(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Autocompletes an option that takes a first day."""
    named = {name: first for name, (first, _) in _spans(_today(interaction)).items()}
    # When the period began would take the database at every key that is pressed.
    return _choices(typed, named, words.THIS_PERIOD)


async def suggest_until(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Autocompletes an option that takes a last day."""
    today = _today(interaction)
    named = {name: last for name, (_, last) in _spans(today).items() if last < today}
    return _choices(typed, {words.TODAY: today, **named})


def _choices(typed: str, named: dict[str, date], *unknown: str) -> list[Choice[str]]:
    typed = typed.strip().casefold()
    dates = [text for text in (typed, f"{typed}-01", f"{typed}-01-01") if day(text) is not None]
    shown = {**{text: text for text in (*dates, *unknown)}, **{name: f"{name} ({it})" for name, it in named.items()}}
    return [Choice(name=label, value=name) for name, label in shown.items() if typed in name]


def _today(interaction: Interaction) -> date:
    return services_of(interaction).steward.today()


def _spans(today: date) -> dict[str, Span]:
    one = timedelta(days=1)
    week, month = today - today.weekday() * one, today.replace(day=1)
    return {
        words.TODAY: (today, today),
        words.YESTERDAY: (today - one, today - one),
        words.THIS_WEEK: (week, today),
        words.LAST_WEEK: (week - 7 * one, week - one),
        words.THIS_MONTH: (month, today),
        words.LAST_MONTH: ((month - one).replace(day=1), month - one),
        words.LAST_7_DAYS: (today - 6 * one, today),
        words.LAST_30_DAYS: (today - 29 * one, today),
    }
