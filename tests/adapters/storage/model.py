"""A guild's credits as one would keep them on paper: plain numbers, and no code of the bot's that reckons."""

from collections.abc import Collection
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.acts import Verb
from bot.domain.credits import PeriodKind, Plan, Split
from bot.domain.jobs import JobId


@dataclass
class Role:
    """`extra` and `reset` are worth something in their own period alone."""

    cap: int | None = None
    exempt: bool = False
    extra: tuple[int, int] = (0, 0)
    reset: tuple[int, int] = (0, 0)


@dataclass
class Member:
    """`counted` is what every job costs that uses up the cap; `resets` tells which resets of roles are done with."""

    period: int
    resets: int
    cap: int | None = None
    extra: int = 0
    counted: dict[JobId, int] = field(default_factory=dict)

    @property
    def use(self) -> int:
        return sum(self.counted.values())


@dataclass
class Guild:
    """Two heaps of credits, one that is made anew for each period and one that stays; and who may take of them."""

    allowance: int | None
    kind: PeriodKind
    start: date
    period: int = 1
    used: int = 0
    bonus: int = 0
    own_plan: Plan | None = None
    paused: bool = False
    default: int | None = None
    roles: dict[int, Role] = field(default_factory=dict)
    resets: int = 0
    members: dict[int, Member] = field(default_factory=dict)
    paid: dict[JobId, tuple[int, Split]] = field(default_factory=dict)
    """Of jobs under way: in which period, and from which heaps."""

    def move_to(self, house: Plan, now: datetime) -> None:
        plan = self.own_plan or house
        self.allowance, start = plan.allowance, plan.period.start(now)
        if plan.period is not self.kind or start > self.start:
            self.kind, self.start, self.used = plan.period, start, 0
            self.period += 1

    @property
    def left(self) -> int | None:
        return None if self.allowance is None else max(0, self.allowance - self.used)

    @property
    def held(self) -> Split:
        """What jobs under way hold: of the allowance of this period, and of the bonus."""
        running = sum(split.allowance for period, split in self.paid.values() if period == self.period)
        return Split(running, sum(split.bonus for _, split in self.paid.values()))

    def member(self, number: int, roles: Collection[int] = ()) -> Member:
        """As it is now, for somebody who asks with these roles; written down by whoever changes it."""
        known = deepcopy(self.members.get(number, Member(self.period, self.resets)))
        if known.period != self.period:
            known = Member(self.period, self.resets, known.cap)
        due = max((its.reset[0] for its in self._of(roles) if its.reset[1] == self.period), default=0)
        if due > known.resets:
            known.resets, known.counted = due, {}
        return known

    def cap(self, number: int, roles: Collection[int]) -> int | None:
        """Without the extra."""
        own = self.member(number).cap
        if own is not None:
            return own
        if any(its.exempt for its in self._of(roles)):
            return None
        return max((its.cap for its in self._of(roles) if its.cap is not None), default=self.default)

    def extra_of(self, number: int, roles: Collection[int]) -> int:
        of_roles = sum(its.extra[0] for its in self._of(roles) if its.extra[1] == self.period)
        return self.member(number, roles).extra + of_roles

    def room(self, number: int, roles: Collection[int]) -> int | None:
        cap = self.cap(number, roles)
        if cap is None:
            return None
        return max(0, cap + self.extra_of(number, roles) - self.member(number, roles).use)

    def split(self, price: int) -> Split | None:
        """Which heaps would pay a price."""
        if self.left is None:
            return Split(price, 0)
        return Split(min(price, self.left), max(0, price - self.left)) if price <= self.left + self.bonus else None

    def hold(self, job: JobId, member: int, roles: Collection[int], split: Split) -> None:
        self.used += split.allowance
        self.bonus -= split.bonus
        self.paid[job] = (self.period, split)
        self.members[member] = self.member(member, roles)
        self.members[member].counted[job] = split.price

    def settle(self, job: JobId, *, captured: bool) -> None:
        period, split = self.paid.pop(job)
        if captured:
            return
        self.bonus += split.bonus
        if period == self.period:
            self.used -= split.allowance
        for member in self.members.values():
            member.counted.pop(job, None)

    def decide_on_member(self, number: int, verb: Verb, amount: int | None) -> tuple[int | None, int | None] | None:
        """Before and after; None where there is too little to take."""
        member = self.member(number)
        change: tuple[int | None, int | None] | None
        match verb:
            case Verb.SET:
                change, member.cap = (member.cap, amount), amount
            case Verb.RESET:
                change, member.counted, member.resets = (member.use, 0), {}, self.resets
            case _:
                change = shifted(member.extra, verb, amount)
                member.extra = change[1] if change else member.extra
        if change:
            self.members[number] = member
        return change

    def decide_on_role(self, number: int, verb: Verb, amount: int | None) -> tuple[int | None, int | None] | None:
        role = self.roles.setdefault(number, Role())
        match verb:
            case Verb.SET:
                before, role.cap = role.cap, amount
                return before, amount
            case Verb.EXEMPT:
                exempt, role.exempt = role.exempt, bool(amount)
                return int(exempt), amount
            case Verb.RESET:
                self.resets += 1
                role.reset = (self.resets, self.period)
                return None, 0
            case _:
                change = shifted(role.extra[0] if role.extra[1] == self.period else 0, verb, amount)
                role.extra = (change[1], self.period) if change else role.extra
                return change

    def _of(self, roles: Collection[int]) -> list[Role]:
        return [its for role, its in self.roles.items() if role in roles]


def shifted(before: int, verb: Verb, amount: int | None) -> tuple[int, int] | None:
    after = before + (amount or 0) * (1 if verb is Verb.GIVE else -1)
    return None if after < 0 else (before, after)
