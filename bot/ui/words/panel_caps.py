"""Caps as the panel tells them."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.acts import LARGEST_AMOUNT
from bot.domain.caps import RoleRule
from bot.domain.credits import Pool
from bot.ui.words.amounts import in_credits

CHOOSE_CAPPED: Final = "Choose a role to set or lift its cap"
CHOOSE_EXEMPT: Final = "Choose a role to exempt it, or to bind it again"
TITLE: Final = "Cap"
AMOUNT_LABEL: Final = "Credits per period"
AMOUNT_HINT: Final = f"A whole number from 0 to {LARGEST_AMOUNT:,}. Empty: no cap"
MOST_NAMED: Final = 20


def default(pool: Pool) -> str:
    cap = "none" if pool.rules.default is None else f"{in_credits(pool.rules.default)} a {pool.plan.period.value}"
    return (
        f"**Cap of every member** · {cap}\n-# What one member may use up of the server's credits. "
        "A member's own cap is set with `/credits-admin set`."
    )


def caps(roles: Mapping[int, RoleRule]) -> str:
    told = [f"<@&{role}> {in_credits(rule.cap)}" for role, rule in roles.items() if rule.cap is not None]
    return f"**Caps by role** · {_listed(told)}\n-# The highest of a member's roles counts, in place of every member's."


def exempt(roles: Mapping[int, RoleRule]) -> str:
    told = [f"<@&{role}>" for role, rule in roles.items() if rule.exempt]
    return f"**Exempt roles** · {_listed(told)}\n-# Their members have no cap, unless they have one of their own."


def _listed(told: Sequence[str]) -> str:
    more = len(told) - MOST_NAMED
    rest = f" and {more} more: `/credits-admin show` has all" if more > 0 else ""
    return (", ".join(told[:MOST_NAMED]) or "none") + rest
