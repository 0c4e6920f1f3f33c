"""What the operator reads about guilds and their credits."""

from collections.abc import Sequence
from typing import Final

from bot.domain.acts import LARGEST_AMOUNT, PauseChange
from bot.domain.credits import Plan, Pool
from bot.domain.ledger import Day, Entry, EntryKind, GuildSummary
from bot.ui.words.amounts import in_credits
from bot.ui.words.caps import change
from bot.ui.words.mediums import Medium, actor

GROUP: Final = "What the bot's operator decides about servers and their credits"
GUILDS: Final = "Every server that uses the bot: its credits, its use, its last activity"
GRANT: Final = "Give a server bonus credits, which do not lapse"
TAKE: Final = "Take bonus credits from a server"
PLAN: Final = "Give a server a plan of its own, or show the one it has"
PAUSE: Final = "No new pictures in a server, or anywhere"
RESUME: Final = "Let a server, or all of them, have new pictures again"
LEDGER: Final = "A server's entries in the ledger, newest first"
CALLS: Final = "Today's paid calls against the bound"

GUILD: Final = "A server, by its name or id"
GUILD_OR_ALL: Final = "A server, by its name or id; every server if you leave it out"
AMOUNT: Final = "How many credits"
ALLOWANCE: Final = "Credits per period, or unlimited; default goes back to the installation's plan"
PERIOD: Final = "When the allowance comes back, in UTC"
REASON: Final = "Why; it stands in the ledger, where the server's staff can read it"
PAUSE_REASON: Final = "Why; where a server is named, its staff can read it"
MEMBER: Final = "Only entries about this member: an id"
KIND: Final = "Only entries of this kind"

UNLIMITED: Final = "unlimited"
DEFAULT: Final = "default"
BACK: Final = "Back"
NEXT: Final = "Next"
NEWEST: Final = "Newest"
OLDER: Final = "Older"
CONFIRM: Final = "Pause everything"

NO_GUILDS: Final = "No server has used the bot yet."
NO_ENTRIES: Final = "No entries match."
BAD_ALLOWANCE: Final = f"has to be a whole number from 0 to {LARGEST_AMOUNT:,}, {UNLIMITED} or {DEFAULT}"
BAD_MEMBER: Final = "has to be a member's id"
NOT_WITH_DEFAULT: Final = f"cannot be chosen together with {DEFAULT}, which brings the installation's period"
ASK_TO_PAUSE: Final = (
    "This pauses **every server**: nobody gets new pictures until you resume. What was ordered before is still made. "
    "The button works for an hour; if you do not press it, nothing is changed."
)

_SUBJECTS: Final = {
    EntryKind.EXTRA: "extra",
    EntryKind.CAP: "cap",
    EntryKind.RESET: "use",
    EntryKind.PLAN: "allowance",
    EntryKind.GRANT: "bonus",
    EntryKind.TAKE: "bonus",
}


def guilds(medium: Medium, shown: Sequence[GuildSummary], halt: PauseChange | None, page: int, pages: int) -> str:
    """A page of the guilds, the one active last first."""
    heading = f"## Servers\n-# Active last first · page {page + 1} of {pages}"
    lines = [f"{medium.server(it.guild)}\n{_standing(it, medium)}" for it in shown] or [NO_GUILDS]
    return "\n".join([heading, *halted(medium, halt), *lines])


def states(pool: Pool) -> list[str]:
    """What is not as with every guild."""
    return [*(["own plan"] if pool.own_plan else []), *(["paused"] if pool.paused else [])]


def halted(medium: Medium, halt: PauseChange | None) -> list[str]:
    """That everything is paused, where it is."""
    if halt is None:
        return []
    why = f": {medium.typed(halt.reason)}" if halt.reason else "."
    return [f"Everything is paused, since {medium.moment(halt.at)}, by {actor(halt.actor, medium)}{why}"]


def granted(medium: Medium, guild: int, pool: Pool, amount: int) -> str:
    """`amount` is negative where bonus was taken."""
    done = f"{in_credits(abs(amount))} of bonus {'granted' if amount > 0 else 'taken'}"
    return f"{medium.server(guild)}: {done}. Bonus {change(pool.bonus - amount, pool.bonus)}. {_left(pool)}"


def plan_shown(medium: Medium, guild: int, pool: Pool) -> str:
    return f"{medium.server(guild)}: {_plan(pool)}. {_running(pool, medium)}"


def plan_changed(medium: Medium, guild: int, before: Pool, after: Pool) -> str:
    """From which plan to which, and what becomes of what is spent and held."""
    effect = _running(after, medium) if after.number == before.number else _begun_anew(before, after)
    follows = "" if after.own_plan else " It follows GUILD_CREDITS and GUILD_CREDITS_PERIOD."
    return f"{medium.server(guild)}: {_plan(before)} → {_plan(after)}. {effect}{follows}"


def paused(medium: Medium, guild: int | None, *, changed: bool) -> str:
    where = "Everything" if guild is None else medium.server(guild)
    if not changed:
        return f"{where} was paused already. Nothing was changed."
    return f"{where} is paused: no new pictures from now on. What was ordered before is still made."


def resumed(medium: Medium, guild: int | None, *, changed: bool) -> str:
    where = "Everything" if guild is None else medium.server(guild)
    if not changed:
        return f"{where} was not paused. Nothing was changed."
    others = " Servers that are paused by themselves stay so." if guild is None else ""
    return f"{where} has new pictures again.{others}"


def ledger(medium: Medium, guild: int, entries: Sequence[Entry]) -> str:
    lines = [line(medium, entry) for entry in entries] or [NO_ENTRIES]
    return "\n".join(["## Ledger", f"-# {medium.server(guild)} · newest first", *lines])


def line(medium: Medium, entry: Entry) -> str:
    """When, what, how much is left after it, for whom, by whom and why."""
    amount = f" {entry.amount:,}" if entry.amount else ""
    parts = [
        medium.moment(entry.at),
        f"**{entry.kind}**{amount}",
        decided(entry),
        f"leaves {entry.allowance_after:,} + {entry.bonus_after:,}" if entry.amount else "",
        whom(medium, entry),
        f"by {actor(entry.actor, medium)}" if entry.actor != entry.member else "",
        medium.typed(entry.reason or ""),
    ]
    return " · ".join(part for part in parts if part)


def decided(entry: Entry) -> str:
    """From what to what, where somebody decided something."""
    if entry.kind is EntryKind.EXEMPT:
        return "exempt" if entry.after else "not exempt"
    if entry.kind not in _SUBJECTS:
        return ""
    nothing = UNLIMITED if entry.kind is EntryKind.PLAN else "none"
    told = "set to 0" if entry.kind is EntryKind.RESET else change(entry.before, entry.after, nothing)
    return f"{_SUBJECTS[entry.kind]} {told}"


def whom(medium: Medium, entry: Entry) -> str:
    if entry.member is not None:
        return f"member {medium.person(entry.member)}"
    if entry.role is not None:
        return f"role {entry.role}"
    return "every member" if entry.kind is EntryKind.CAP else ""


def calls(medium: Medium, day: Day) -> str:
    return (
        f"{day.calls:,} of {day.bound:,} paid calls are made today, in all servers together. "
        f"The count begins anew {medium.moment(day.renews_at)}."
    )


def plan(plan: Plan) -> str:
    allowance = UNLIMITED if plan.allowance is None else in_credits(plan.allowance)
    return f"{allowance} per {plan.period}"


def _plan(pool: Pool) -> str:
    return f"{plan(pool.plan)} ({'its own plan' if pool.own_plan else 'the plan of the installation'})"


def _standing(summary: GuildSummary, medium: Medium) -> str:
    pool = summary.pool
    of = "" if pool.plan.allowance is None else f" of {pool.plan.allowance:,}"
    left = UNLIMITED if pool.allowance_left is None else f"{pool.allowance_left:,}{of} left"
    active = "never active" if summary.last_at is None else f"active {medium.moment(summary.last_at)}"
    parts = [
        f"{left} this {pool.plan.period}",
        f"{pool.bonus:,} bonus",
        f"{pool.all_held:,} held",
        f"{pool.spent:,} spent",
        active,
        *states(pool),
    ]
    return " · ".join(parts)


def _left(pool: Pool) -> str:
    if pool.available is None:
        return "Its plan is unlimited, so bonus is not touched for now."
    return f"Now it has {in_credits(pool.available)} left."


def _running(pool: Pool, medium: Medium) -> str:
    """Where the running period goes on under its plan."""
    used = f"{pool.spent:,} spent and {pool.held:,} held this {pool.plan.period}"
    if pool.plan.allowance is None:
        return f"Nothing limits it; {used}."
    over = pool.spent + pool.held > pool.plan.allowance
    still = " That is more than it gives, so there is nothing left; pictures under way are still made." if over else ""
    left = f"{pool.allowance_left or 0:,} of the allowance left"
    return f"{used}, all of it counted: {left}.{still} The next allowance comes {medium.moment(pool.refills_at)}."


def _begun_anew(before: Pool, after: Pool) -> str:
    """Where another kind of period has begun."""
    old = f"the old {before.plan.period}"
    spent = f" The {in_credits(before.spent)} spent in {old} no longer count." if before.spent else ""
    held = f" The {in_credits(before.held)} held for pictures under way stay with {old} too." if before.held else ""
    return f"A new {after.plan.period} begins now, with the whole allowance.{spent}{held}"
