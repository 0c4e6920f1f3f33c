"""A guild's rules about caps made again from what the ledger says was decided."""

from collections.abc import Iterator
from typing import Any, Final

from bot.adapters.storage.audit_lines import PoolLine
from bot.domain.caps import CapRules, RoleRule
from bot.domain.ledger import EntryKind

_CONCERNS: Final[dict[str, set[tuple[str, ...]]]] = {
    EntryKind.EXTRA: {("member",), ("role",)},
    EntryKind.CAP: {("member",), ("role",), ()},
    EntryKind.EXEMPT: {("role",)},
    EntryKind.RESET: {("member",), ("role",)},
}


class RulesReplay:
    """Of roles and of everybody; what concerns one member is in that member's account."""

    def __init__(self) -> None:
        self.default: int | None = None
        self.roles: dict[int, RoleRule] = {}
        self.resets = 0

    def judge(self, entry: PoolLine) -> str | None:
        named = tuple(name for name in ("member", "role") if getattr(entry, name) is not None)
        if named not in _CONCERNS.get(entry.kind, {()}):
            return f"it concerns {' and '.join(named) or 'everybody'}"
        if entry.kind not in _CONCERNS:
            return None
        if entry.member is not None:
            return None if entry.stretch else "it names no stretch of the member's account"
        expected = self._before(entry)
        return None if entry.before == expected else f"it says {entry.before} before it, where {expected} was"

    def enter(self, entry: PoolLine) -> None:
        if entry.kind not in _CONCERNS or entry.member is not None:
            return
        if entry.role is None:
            self.default = entry.after
            return
        rule = self.roles.pop(entry.role, RoleRule()).model_copy(update=self._changes(entry))
        if _meaning(rule, entry.period) != _meaning(RoleRule(), entry.period):
            self.roles[entry.role] = rule

    def differences(self, rules: CapRules, period: int) -> Iterator[str]:
        if rules.default != self.default:
            yield f"the default cap is {rules.default}, decided was {self.default}"
        if rules.resets != self.resets:
            yield f"{rules.resets} resets of roles are counted, decided were {self.resets}"
        for role in sorted({*rules.roles, *self.roles}):
            found, decided = (_meaning(its.get(role, RoleRule()), period) for its in (rules.roles, self.roles))
            if found != decided:
                yield f"role {role} has {_told(found)}, decided was {_told(decided)}"

    def _before(self, entry: PoolLine) -> int | None:
        if entry.role is None:
            return self.default if entry.kind == EntryKind.CAP else None
        rule = self.roles.get(entry.role, RoleRule())
        match entry.kind:
            case EntryKind.CAP:
                return rule.cap
            case EntryKind.EXEMPT:
                return int(rule.exempt)
            case EntryKind.EXTRA:
                return rule.extra_in(entry.period)
            case _:
                return None

    def _changes(self, entry: PoolLine) -> dict[str, Any]:
        match entry.kind:
            case EntryKind.CAP:
                return {"cap": entry.after}
            case EntryKind.EXEMPT:
                return {"exempt": bool(entry.after)}
            case EntryKind.EXTRA:
                return {"extra": entry.after, "extra_period": entry.period}
            case _:
                self.resets += 1
                return {"reset": self.resets, "reset_period": entry.period}


def _meaning(rule: RoleRule, period: int) -> tuple[int | None, bool, int, int]:
    """What of it counts in this period: the rest may be left out or linger."""
    return rule.cap, rule.exempt, rule.extra_in(period), rule.reset_in(period)


def _told(meaning: tuple[int | None, bool, int, int]) -> str:
    cap, exempt, extra, reset = meaning
    return f"cap {cap}, exempt {exempt}, extra {extra}, reset {reset}"
