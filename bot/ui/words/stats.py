"""What a guild's figures are called, on the picture and beside it."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.domain.figures import SPANS, DayCount, Figures, Outcome, Share
from bot.ui.text import cut
from bot.ui.words.amounts import in_credits, pictures, seconds
from bot.ui.words.people import mention

ALT_LIMIT: Final = 1024
"""Characters that Discord takes."""
THIS_SERVER: Final = "This server"
PER_DAY: Final = "Per day"
PICTURES: Final = "Pictures"
CREDITS: Final = "Credits"
BY_MEMBER: Final = "Pictures (credits) by member"
BY_CHANNEL: Final = "Pictures (credits) by channel"
SPAN_PROBLEM: Final = f"choose one of {', '.join(map(str, SPANS))}"
OUTCOMES: Final = {
    Outcome.SHOWN: "shown",
    Outcome.OPEN: "under way or kept",
    Outcome.STOPPED: "stopped by the filter",
    Outcome.FAILED: "failed",
    Outcome.CANCELLED: "cancelled",
    Outcome.EXPIRED: "kept and expired",
}
_DIGITS: Final = 4


def span(days: int) -> str:
    return f"the last {days} days"


def title(guild: str, days: int) -> str:
    return f"{guild} · {span(days)}"


def of_requests(figures: Figures) -> str:
    return f"What became of {_requests(figures)}"


def day(it: date) -> str:
    return f"{it:%b} {it.day}"


def unnamed(known: int) -> str:
    """Somebody, or some channel, whose name the bot does not know."""
    return f"…{str(known)[-_DIGITS:]}"


def others(share: Share) -> str:
    return f"{share.heads:,} other" if share.heads == 1 else f"{share.heads:,} others"


def amounts(share: Share) -> str:
    return f"{share.pictures:,} ({share.credits:,})"


def waits(figures: Figures) -> Sequence[str]:
    if figures.waits is None:
        return ()
    return (
        f"Half were painted within {seconds(figures.waits.median)},",
        f"nine in ten within {seconds(figures.waits.ninetieth)}.",
    )


def nothing(days: int) -> str:
    return f"Nobody has asked for a picture here in {span(days)}, so there is nothing to draw."


def text(figures: Figures, days: int) -> str:
    lines = [
        f"## {_sentence(span(days))}",
        f"{_sum(figures)}, from {_requests(figures)}.",
        *([f"**Members** {_key(figures.members, '@')}"] if figures.members else []),
        *([f"**Channels** {_key(figures.channels, '#')}"] if figures.channels else []),
        "-# A picture counts on the day, by UTC, on which it was asked for.",
    ]
    return "\n".join(lines)


def alt_text(guild: str, figures: Figures, days: int, members: Sequence[str], channels: Sequence[str]) -> str:
    """The main figures; `members` and `channels` are what they are called on the picture."""
    busiest = max(figures.days, key=lambda it: it.pictures)
    told = [
        f"Statistics of {guild}, {span(days)}: {_sum(figures)}.",
        *([_busiest(busiest)] if busiest.pictures else []),
        f"{_sentence(_requests(figures))}: {_outcomes(figures)}.",
        *([" ".join(waits(figures))] if figures.waits else []),
        *_first("member", members, figures.members),
        *_first("channel", channels, figures.channels),
    ]
    return cut(" ".join(told), ALT_LIMIT)


def _sum(figures: Figures) -> str:
    return f"{pictures(figures.pictures)} for {in_credits(figures.credits)}"


def _busiest(it: DayCount) -> str:
    return f"Most on {day(it.day)}: {it.pictures:,}."


def _outcomes(figures: Figures) -> str:
    return ", ".join(f"{count:,} {OUTCOMES[outcome]}" for outcome, count in figures.outcomes.items())


def _first(what: str, names: Sequence[str], shares: Sequence[Share]) -> Sequence[str]:
    if not shares:
        return ()
    return (f"The {what} with most: {names[0]}, {pictures(shares[0].pictures)}.",)


def _requests(figures: Figures) -> str:
    return f"{figures.requests:,} request" if figures.requests == 1 else f"{figures.requests:,} requests"


def _key(shares: Sequence[Share], sign: str) -> str:
    """Whose number is whose: Discord shows names that the bot does not know."""
    return " · ".join(
        f"{place} {mention(it.id) if sign == '@' else f'<{sign}{it.id}>'}"
        for place, it in enumerate(shares, 1)
        if it.id is not None
    )


def _sentence(it: str) -> str:
    return it[:1].upper() + it[1:]
