"""What staff read about what they decide, and about who may spend and has spent what."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.domain.acts import Act, Change, Target, TargetKind, Verb
from bot.domain.caps import RoleRule, Room
from bot.domain.credits import Pool
from bot.domain.ledger import Use
from bot.services.steward import Proposal
from bot.ui.text import escaped
from bot.ui.words.amounts import in_credits, pictures
from bot.ui.words.caps import change, their_rule
from bot.ui.words.people import everybody, mention
from bot.ui.words.times import full, relative

CONFIRM: Final = "Confirm"
POOL_UNTOUCHED: Final = "Nothing moved in the server's pool."
ASKING: Final = (
    "Nothing will move in the server's pool. **Confirm** works for an hour; if you do not press it, nothing is changed."
)
ORDER: Final = (
    "-# A member's own cap comes first, then an exempt role, then the highest cap of their roles, then every member's. "
    "Extra comes on top of a cap, is used last and lapses."
)
NOBODY: Final = "Nobody has spent any."
REASON_LIMIT: Final = 800
PAGE: Final = 3600
"""Characters of rules in one message."""


def decided(proposal: Proposal) -> str:
    """What was done, from what to what."""
    return _with_reason(f"{_capital(_done(proposal.act, proposal.change))} {POOL_UNTOUCHED}", proposal.act)


def asked(proposal: Proposal) -> str:
    """What would be done, and to whom."""
    return _with_reason(f"{_capital(_planned(proposal.act, proposal.change))}\n{ASKING}", proposal.act)


def _done(act: Act, it: Change) -> str:
    who = _whom(act.target, act.guild)
    match act.verb:
        case Verb.GIVE | Verb.TAKE:
            return f"extra of {who} this period: {change(it.before, it.after)}."
        case Verb.SET:
            return f"{_cap(act.target)} of {who}: {change(it.before, it.after)}."
        case Verb.EXEMPT:
            return f"{who}: {_exempt(it.before)} → {_exempt(it.after)}."
        case Verb.RESET:
            return f"use of {who} this period: {'set to 0' if it.before is None else change(it.before, it.after)}."


def _planned(act: Act, it: Change) -> str:
    who, amount = _whom(act.target, act.guild), act.amount or 0
    match act.verb:
        case Verb.GIVE:
            return f"{who} will get {in_credits(amount)} of extra this period, each: {change(it.before, it.after)}."
        case Verb.TAKE:
            return f"{who} will lose {in_credits(amount)} of extra this period, each: {change(it.before, it.after)}."
        case Verb.SET:
            return f"the {_cap(act.target)} of {who} will change, for each: {change(it.before, it.after)} a period."
        case Verb.EXEMPT:
            still = " A member's own cap will still bind that member." if it.after else ""
            return f"{who}: {_exempt(it.before)} → {_exempt(it.after)}.{still}"
        case Verb.RESET:
            used = "" if it.before is None else f" ({change(it.before, it.after)})"
            return f"the use of {who} this period will be set to 0{used}. Pictures under way no longer count then."


def _with_reason(text: str, act: Act) -> str:
    return f"{text}\n-# Reason: {escaped(act.reason, REASON_LIMIT)}" if act.reason else text


def standing(member: int, pool: Pool, room: Room) -> str:
    """What one member may spend and has spent."""
    period = pool.plan.period.value
    left = "as much as the server has" if room.left is None else in_credits(room.left)
    return "\n".join(
        [
            f"## What {mention(member)} may spend",
            f"{their_rule(room)}.",
            f"**Used this {period}** {in_credits(room.use)}, pictures under way included",
            f"**Extra** {_extra(room, period)}",
            f"**Left** {left}",
            f"Their use begins anew {relative(pool.refills_at)} ({full(pool.refills_at)}).",
        ]
    )


def _extra(room: Room, period: str) -> str:
    if not room.extra:
        return "none"
    left = "not needed without a cap" if room.left is None else f"{room.extra_left:,} left"
    return f"{in_credits(room.extra)}, {left}; it lapses with the {period}"


def rules(guild: int, pool: Pool, there: Mapping[int, RoleRule]) -> Iterator[str]:
    """The rules in force, in as many messages as it takes; `there` are those of roles that exist."""
    default = "no cap" if pool.rules.default is None else f"cap {in_credits(pool.rules.default)}"
    told = {role: _rule(rule, pool) for role, rule in there.items()}
    lines = [f"{_capital(everybody(role, guild))}: {text}" for role, text in told.items() if text]
    yield from _parts([f"## Caps per {pool.plan.period.value}", f"Every member: {default}", *lines, ORDER])


def top(pool: Pool, uses: Sequence[Use]) -> str:
    """Who has spent most in the running period."""
    lines = [
        f"{place}. {mention(use.member)} · {in_credits(use.credits)} · {pictures(use.pictures)}"
        for place, use in enumerate(uses, start=1)
    ]
    return "\n".join([f"## Spent this {pool.plan.period.value}", *(lines or [NOBODY]), _totals(pool)])


def _totals(pool: Pool) -> str:
    of = "" if pool.plan.allowance is None else f" of {in_credits(pool.plan.allowance)}"
    bonus = f", {pool.bonus:,} of them bonus" if pool.bonus else ""
    left = "unlimited" if pool.available is None else f"{pool.available:,} left{bonus}"
    return (
        f"-# Server: {pool.spent:,} spent{of}, {pool.all_held:,} held, {left}. "
        f"It begins anew {relative(pool.refills_at)}. Resets change nothing here."
    )


def _rule(rule: RoleRule, pool: Pool) -> str:
    extra = rule.extra_in(pool.number)
    parts = [
        "exempt" if rule.exempt else "",
        "" if rule.cap is None else f"cap {in_credits(rule.cap)}",
        f"{in_credits(extra)} extra" if extra else "",
        "use reset" if rule.reset_in(pool.number) else "",
    ]
    return ", ".join(part for part in parts if part)


def _parts(lines: Sequence[str]) -> Iterator[str]:
    part = ""
    for line in lines:
        if len(part) + len(line) >= PAGE:
            yield part
            part = ""
        part = f"{part}\n{line}" if part else line
    yield part


def _whom(target: Target, guild: int) -> str:
    match target.kind:
        case TargetKind.MEMBER:
            return mention(target.id)
        case TargetKind.ROLE:
            return everybody(target.id, guild)
        case TargetKind.EVERYBODY:
            return "every member"


def _cap(target: Target) -> str:
    return {TargetKind.MEMBER: "own cap", TargetKind.ROLE: "cap", TargetKind.EVERYBODY: "default cap"}[target.kind]


def _exempt(flag: int | None) -> str:
    return "exempt from caps" if flag else "not exempt"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
