"""The ledger as staff read it: a page on Discord, and a file."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.domain.ledger import Entry, EntryKind
from bot.ui.searches import KINDS, Spot, Topic, Wanted
from bot.ui.text import escaped
from bot.ui.words.amounts import in_credits
from bot.ui.words.caps import change
from bot.ui.words.links import card_link
from bot.ui.words.people import everybody, mention
from bot.ui.words.times import full

OLDER: Final = "Older"
NEWER: Final = "Newer"
REASON_SHOWN: Final = 200

TODAY: Final = "today"
YESTERDAY: Final = "yesterday"
THIS_WEEK: Final = "this week"
LAST_WEEK: Final = "last week"
THIS_MONTH: Final = "this month"
LAST_MONTH: Final = "last month"
THIS_PERIOD: Final = "this period"
LAST_7_DAYS: Final = "last 7 days"
LAST_30_DAYS: Final = "last 30 days"
BAD_DAY: Final = "has to be a day such as 2026-01-31, or one of the suggestions"
BAD_ORDER: Final = "has to be no earlier than `since`"
BAD_TOPIC: Final = "has to be one of the choices"

COMMAND_LINE: Final = "command line"
NOTHING: Final = "No entries match."
NO_DEEPER: Final = "Older entries are not shown here: name a day with `until`, or use `/credits-admin export`."

TOPICS: Final = {
    Topic.PICTURES: "Pictures: held, spent and returned",
    Topic.SPENT: "Pictures: spent only",
    Topic.STAFF: "Everything staff decided",
    Topic.EXTRA: "Extra given and taken",
    Topic.CAPS: "Caps",
    Topic.EXEMPT: "Exemptions",
    Topic.RESETS: "Resets",
    Topic.ALLOWANCE: "The allowance as it comes and lapses",
    Topic.OPERATOR: "What the bot's operator did",
}

_MOVED: Final = {
    EntryKind.HOLD: "held",
    EntryKind.CAPTURE: "spent",
    EntryKind.RELEASE: "returned",
    EntryKind.REFILL: "came",
    EntryKind.LAPSE: "lapsed",
}

COLUMNS: Final = (
    "entry",
    "time (UTC)",
    "kind",
    "member",
    "role",
    "by",
    "credits",
    "before",
    "after",
    "allowance change",
    "bonus change",
    "allowance after",
    "bonus after",
    "picture",
    "reason",
)


def page(guild: int, entries: Sequence[Entry], spot: Spot, *, last: bool) -> str:
    """`last` says that older entries are left out here."""
    lines = [line(guild, entry) for entry in entries] or [NOTHING]
    return "\n".join(["## History", f"-# {_heading(spot)}", *lines, *([f"-# {NO_DEEPER}"] if last else [])])


def line(guild: int, entry: Entry) -> str:
    """When, what, for whom, from what to what, by whom and why."""
    link = card_link(guild, entry.channel, entry.card)
    card = f" · [see it]({link})" if link else ""
    why = f" · {escaped(entry.reason, REASON_SHOWN)}" if entry.reason else ""
    return f"{full(entry.at)} · {_what(guild, entry)}{_by(entry)}{card}{why}"


def exported(count: int, oldest: datetime | None) -> str:
    """`oldest` is the time of the last entry where others had to be left out."""
    if not count:
        return NOTHING
    entries = "1 entry" if count == 1 else f"{count:,} entries"
    if oldest is None:
        return f"{entries}, newest first."
    return (
        f"{entries}, newest first, down to {full(oldest)}. Older ones do not fit into one file: for these, export "
        f"again with `until:{oldest:%Y-%m-%d}`; if one day is too much, choose a member or a kind as well."
    )


def _heading(spot: Spot) -> str:
    return " · ".join([*_filters(spot.wanted), f"page {spot.number + 1}"])


def _filters(wanted: Wanted) -> list[str]:
    return [
        "newest first",
        *([] if wanted.member is None else [mention(wanted.member)]),
        *([] if wanted.topic is None else [TOPICS[wanted.topic]]),
        *([] if wanted.since is None else [f"since {wanted.since}"]),
        *([] if wanted.until is None else [f"until {wanted.until}"]),
    ]


def _what(guild: int, entry: Entry) -> str:
    if entry.kind in _MOVED:
        thing = "The allowance" if entry.job is None else f"A picture for {_whose(guild, entry)}"
        return f"{thing}: {in_credits(entry.amount)} {_MOVED[entry.kind]}{_pool(entry)}"
    return _decided(guild, entry)


def _decided(guild: int, entry: Entry) -> str:
    whose, changed = _whose(guild, entry), change(entry.before, entry.after)
    match entry.kind:
        case EntryKind.EXTRA:
            what = f"Extra of {whose}: {changed}"
        case EntryKind.CAP:
            what = f"Cap of {whose}: {changed}"
        case EntryKind.RESET:
            what = f"Use of {whose}: {'set to 0' if entry.before is None else changed}"
        case EntryKind.EXEMPT:
            what = f"Caps of {whose}: {'lifted' if entry.after else 'in force again'}"
        case EntryKind.PLAN:
            what = f"Plan: {change(entry.before, entry.after, 'unlimited')} a period"
        case EntryKind.PAUSE:
            what = "Pictures paused"
        case EntryKind.RESUME:
            what = "Pictures go on again"
        case _:
            what = f"Bonus: {changed}"
    return what


def _by(entry: Entry) -> str:
    if entry.kind in KINDS[Topic.OPERATOR]:
        return " · by the bot's operator"
    return f" · by {mention(entry.actor)}" if entry.kind in KINDS[Topic.STAFF] and entry.actor else ""


def _whose(guild: int, entry: Entry) -> str:
    if entry.member is not None:
        return mention(entry.member)
    return "every member" if entry.role is None else everybody(entry.role, guild)


def _pool(entry: Entry) -> str:
    """What the pool had and has. An unlimited one counts what is used, below zero: nothing to show there."""
    allowance = (entry.allowance_after - entry.allowance_change, entry.allowance_after)
    if min(allowance) < 0 or not (entry.allowance_change or entry.bonus_change):
        return ""
    after = entry.allowance_after + entry.bonus_after
    before = after - entry.allowance_change - entry.bonus_change
    return f", the server's credits {before:,} → {after:,}"
