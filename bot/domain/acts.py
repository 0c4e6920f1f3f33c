"""What staff decide about members and roles, and the operator about guilds."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.domain.caps import Account, CapRules, RoleRule
from bot.domain.credits import Plan
from bot.domain.refusals import BadAmountError, TooLittleError, TooManyRulesError

LARGEST_AMOUNT: Final = 1_000_000
MOST_ROLES: Final = 100
"""With rules of their own in one guild: they are read with every picture."""


class Verb(StrEnum):
    GIVE = "give"
    TAKE = "take"
    SET = "set"
    EXEMPT = "exempt"
    RESET = "reset"


class TargetKind(StrEnum):
    MEMBER = "member"
    ROLE = "role"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Target:
    """`id` is 0 for everybody."""

    kind: TargetKind
    id: int = 0


_TARGETS: Final = {
    Verb.GIVE: frozenset({TargetKind.MEMBER, TargetKind.ROLE}),
    Verb.TAKE: frozenset({TargetKind.MEMBER, TargetKind.ROLE}),
    Verb.SET: frozenset(TargetKind),
    Verb.EXEMPT: frozenset({TargetKind.ROLE}),
    Verb.RESET: frozenset({TargetKind.MEMBER, TargetKind.ROLE}),
}
_AMOUNTS: Final = {
    Verb.GIVE: (1, LARGEST_AMOUNT, True),
    Verb.TAKE: (1, LARGEST_AMOUNT, True),
    Verb.SET: (0, LARGEST_AMOUNT, False),
    Verb.EXEMPT: (0, 1, True),
    Verb.RESET: (0, 0, False),
}
"""The least, the most, and whether there has to be one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One decision of staff. It happens once for each `key`, however often it arrives.

    `amount`: how much to give or take, the cap to set (None lifts it), 1 or 0 for exempt or not.
    """

    key: str
    guild: int
    actor: int
    verb: Verb
    target: Target
    amount: int | None = None
    reason: str | None = None
    at: datetime

    def __post_init__(self) -> None:
        if self.target.kind not in _TARGETS[self.verb]:
            raise ValueError(f"no {self.verb} of a {self.target.kind}")  # no door offers it
        least, most, needed = _AMOUNTS[self.verb]
        if needed if self.amount is None else not least <= self.amount <= most:
            raise BadAmountError(least, most)


@dataclass(frozen=True, slots=True)
class Change:
    """Of a cap, an extra, a use or an exemption; None is no cap. `fresh` is False where it had happened already."""

    before: int | None
    after: int | None
    fresh: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The operator gives a guild bonus credits, or takes some where `amount` is negative. Once for each `key`."""

    key: str
    guild: int
    actor: int
    amount: int
    reason: str | None
    at: datetime

    def __post_init__(self) -> None:
        if not 1 <= abs(self.amount) <= LARGEST_AMOUNT:
            raise BadAmountError(1, LARGEST_AMOUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """The operator gives a guild a plan of its own; None goes back to the installation's. Once for each `key`."""

    key: str
    guild: int
    actor: int
    plan: Plan | None
    reason: str | None
    at: datetime

    def __post_init__(self) -> None:
        if self.plan is not None and not 0 <= (self.plan.allowance or 0) <= LARGEST_AMOUNT:
            raise BadAmountError(0, LARGEST_AMOUNT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseChange:
    """The operator stops a guild's pictures, or lets them go on; `guild` None is everything. Once for each `key`."""

    key: str
    guild: int | None
    actor: int
    paused: bool
    reason: str | None
    at: datetime


def account_after(account: Account, act: Act, resets: int) -> tuple[Account, Change]:
    """Raises `TooLittleError` where more is taken than there is. The account is `current`."""
    match act.verb:
        case Verb.GIVE | Verb.TAKE:
            extra = _shifted(account.extra, act)
            return replace(account, extra=extra), Change(account.extra, extra)
        case Verb.SET:
            return replace(account, cap=act.amount), Change(account.cap, act.amount)
        case _:
            return account.reset_by(resets), Change(account.use, 0)


def rules_after(rules: CapRules, act: Act, period: int) -> tuple[CapRules, Change]:
    """The same for what concerns a role or everybody. A role's reset has no use to tell: that is its members'."""
    if act.target.kind is TargetKind.EVERYBODY:
        return rules.model_copy(update={"default": act.amount}), Change(rules.default, act.amount)
    others = _speaking(rules.roles, period)
    before = others.pop(act.target.id, RoleRule())
    after, change = _role_after(before, act, period, rules.resets + 1)
    roles = _speaking({**others, act.target.id: after}, period)
    if len(roles) > MOST_ROLES:
        raise TooManyRulesError(MOST_ROLES)
    return CapRules(default=rules.default, roles=roles, resets=rules.resets + (act.verb is Verb.RESET)), change


def _role_after(rule: RoleRule, act: Act, period: int, reset: int) -> tuple[RoleRule, Change]:
    match act.verb:
        case Verb.GIVE | Verb.TAKE:
            before = rule.extra_in(period)
            extra = _shifted(before, act)
            return _changed(rule, extra=extra, extra_period=period), Change(before, extra)
        case Verb.SET:
            return _changed(rule, cap=act.amount), Change(rule.cap, act.amount)
        case Verb.EXEMPT:
            return _changed(rule, exempt=bool(act.amount)), Change(int(rule.exempt), act.amount)
        case _:
            return _changed(rule, reset=reset, reset_period=period), Change(None, 0)


def _changed(rule: RoleRule, **fields: Any) -> RoleRule:
    return rule.model_copy(update=fields)


def _speaking(roles: dict[int, RoleRule], period: int) -> dict[int, RoleRule]:
    """Without those that say nothing any more, so that deleted roles and extras of the past do not pile up."""
    return {role: rule for role, rule in roles.items() if _speaks(rule, period)}


def _speaks(rule: RoleRule, period: int) -> bool:
    return rule.cap is not None or rule.exempt or bool(rule.extra_in(period) or rule.reset_in(period))


def _shifted(before: int, act: Act) -> int:
    amount = act.amount or 0
    if act.verb is Verb.GIVE:
        return min(before + amount, LARGEST_AMOUNT)
    if amount > before:
        raise TooLittleError(amount, before)
    return before - amount
