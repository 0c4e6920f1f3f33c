"""What the operator reads of `python -m bot credits`: help, tables, complaints."""

from collections.abc import Sequence
from typing import Final

from bot.domain.acts import LARGEST_AMOUNT, PauseChange
from bot.domain.ledger import Entry, GuildSummary
from bot.ui.words.mediums import Medium, actor
from bot.ui.words.operator import NO_ENTRIES, NO_GUILDS, UNLIMITED, decided, halted, states, whom

MOST_ENTRIES: Final = 10_000
"""Nobody else can write to an SQLite file while they are read."""

GUILD: Final = "a server's id"
GUILD_OR_ALL: Final = "a server's id; every server if left out"
AMOUNT: Final = f"how many credits, 1 to {LARGEST_AMOUNT:,}"
REASON: Final = "why; it stands in the ledger, where the server's staff can read it"
ALLOWANCE: Final = f"credits per period: a whole number, or {UNLIMITED}"
PERIOD: Final = "when the allowance comes back, in UTC"
DEFAULT: Final = "back to GUILD_CREDITS and GUILD_CREDITS_PERIOD"
MEMBER: Final = "only entries about this member: an id"
KIND: Final = "only entries of this kind; may be given more than once"
SINCE: Final = "from this UTC day on, such as 2026-01-31"
UNTIL: Final = "to this UTC day and with it"
LIMIT: Final = "at most so many entries"

BAD_ID: Final = "has to be an id: a whole number that Discord shows with Copy ID"
BAD_AMOUNT: Final = f"has to be a whole number from 1 to {LARGEST_AMOUNT:,}"
BAD_DAY: Final = "has to be a day such as 2026-01-31"
BAD_LIMIT: Final = f"has to be a whole number from 1 to {MOST_ENTRIES:,}"
MORE: Final = "Older entries follow: ask for more with --limit, or for older ones with --until."

_GUILDS: Final = ("SERVER", "LEFT", "ALLOWANCE", "PERIOD", "BONUS", "HELD", "SPENT", "LAST ACTIVE", "STATE")
_LEDGER: Final = ("ENTRY", "TIME", "KIND", "CREDITS", "ALLOWANCE", "BONUS", "FOR", "BY", "CHANGE", "REASON")
_GAP: Final = "  "


def guilds(medium: Medium, found: Sequence[GuildSummary], halt: PauseChange | None) -> str:
    rows = [_guild_row(it, medium) for it in found]
    table = _table(_GUILDS, rows, numbers={1, 2, 4, 5, 6}) if rows else NO_GUILDS
    return "\n".join([*halted(medium, halt), table])


def ledger(medium: Medium, entries: Sequence[Entry], *, more: bool) -> str:
    if not entries:
        return NO_ENTRIES
    table = _table(_LEDGER, [_entry_row(it, medium) for it in entries], numbers={0, 3, 4, 5})
    return f"{table}\n{MORE}" if more else table


def _guild_row(summary: GuildSummary, medium: Medium) -> Sequence[str]:
    pool = summary.pool
    return (
        str(summary.guild),
        _or_unlimited(pool.allowance_left),
        _or_unlimited(pool.plan.allowance),
        pool.plan.period.value,
        str(pool.bonus),
        str(pool.all_held),
        str(pool.spent),
        "" if summary.last_at is None else medium.moment(summary.last_at),
        ", ".join(states(pool)),
    )


def _entry_row(entry: Entry, medium: Medium) -> Sequence[str]:
    return (
        str(entry.id),
        medium.moment(entry.at),
        entry.kind.value,
        str(entry.amount) if entry.amount else "",
        str(entry.allowance_after),
        str(entry.bonus_after),
        whom(medium, entry),
        actor(entry.actor, medium),
        decided(entry),
        medium.typed(entry.reason or ""),
    )


def _or_unlimited(amount: int | None) -> str:
    return UNLIMITED if amount is None else str(amount)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: set[int]) -> str:
    """In columns, each as wide as it has to be; numbers stand at their right end."""
    lines = [header, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        _GAP.join(
            cell.rjust(width) if place in numbers else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
