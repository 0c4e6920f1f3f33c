"""What a member may spend of the guild's credits in one period, and which rule says so.

Caps limit and own nothing: below every cap there may still be no credits, and unused caps are nobody's.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Basis(StrEnum):
    """Which rule gave a cap; the first that applies wins."""

    OWN = "own"
    EXEMPT = "exempt"
    ROLE = "role"
    DEFAULT = "default"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Cap:
    """Credits per period, None for as many as there are; `role` is the one that gave it."""

    basis: Basis
    limit: int | None = None
    role: int | None = None


class RoleRule(BaseModel):
    """`extra` and `reset` count in their own period alone; `reset` is the number of the guild's reset."""

    model_config = ConfigDict(frozen=True)

    cap: int | None = None
    exempt: bool = False
    extra: int = 0
    extra_period: int = 0
    reset: int = 0
    reset_period: int = 0

    def extra_in(self, period: int) -> int:
        return self.extra if self.extra_period == period else 0

    def reset_in(self, period: int) -> int:
        return self.reset if self.reset_period == period else 0


class CapRules(BaseModel):
    """A guild's own. `resets` counts how often the use of a role was reset."""

    model_config = ConfigDict(frozen=True)

    default: int | None = None
    roles: dict[int, RoleRule] = {}
    resets: int = 0

    def cap(self, own: int | None, roles: Collection[int]) -> Cap:
        """Of a member with these roles. A role's cap stands in for the default, also where it is lower."""
        if own is not None:
            return Cap(Basis.OWN, own)
        rules = self._of(roles)
        for role, rule in rules.items():
            if rule.exempt:
                return Cap(Basis.EXEMPT, role=role)
        caps = [(rule.cap, role) for role, rule in rules.items() if rule.cap is not None]
        if caps:
            highest, role = max(caps)
            return Cap(Basis.ROLE, highest, role)
        return Cap(Basis.NONE if self.default is None else Basis.DEFAULT, self.default)

    def extra_of(self, roles: Collection[int], period: int) -> int:
        """What the roles of a member add in this period, all together."""
        return sum(rule.extra_in(period) for rule in self._of(roles).values())

    def last_reset(self, roles: Collection[int], period: int) -> int:
        return max((rule.reset_in(period) for rule in self._of(roles).values()), default=0)

    def _of(self, roles: Collection[int]) -> dict[int, RoleRule]:
        return {role: rule for role, rule in self.roles.items() if role in roles}


@dataclass(frozen=True, slots=True)
class Account:
    """A member's use in one stretch, which begins with a period of the pool or with a reset.

    `number` grows with every stretch, so that what was held in an earlier one no longer counts. `cap` is the
    member's own and stays; `extra` is the member's own and lapses with the period. `reset` is the last reset of
    a role that was carried out here.
    """

    number: int
    period: int
    used: int = 0
    held: int = 0
    extra: int = 0
    cap: int | None = None
    reset: int = 0

    @property
    def use(self) -> int:
        return self.used + self.held

    def current(self, rules: CapRules, roles: Collection[int], period: int) -> "Account":
        """The same account now: another stretch where a period or a reset has begun meanwhile."""
        if self.period != period:
            return Account(self.number + 1, period, cap=self.cap, reset=rules.resets)
        reset = rules.last_reset(roles, period)
        return self.reset_by(reset) if reset > self.reset else self

    def reset_by(self, reset: int) -> "Account":
        return replace(self, number=self.number + 1, used=0, held=0, reset=reset)


@dataclass(frozen=True, slots=True)
class Room:
    """What a member may still spend in this period. The cap is used up first, then the `extra`."""

    cap: Cap
    extra: int
    use: int

    @property
    def left(self) -> int | None:
        """None is as much as the pool has."""
        return None if self.cap.limit is None else max(0, self.cap.limit + self.extra - self.use)

    @property
    def extra_left(self) -> int:
        return min(self.extra, self.left or 0)


def room(rules: CapRules, account: Account, roles: Collection[int]) -> Room:
    """Of an account that is `current`."""
    extra = account.extra + rules.extra_of(roles, account.period)
    return Room(rules.cap(account.cap, roles), extra, account.use)
