from typing import Final

from bot.services.wallet import Statement
from bot.ui.words.amounts import in_credits, pictures
from bot.ui.words.times import full, relative

_BAR: Final = 20


def statement(told: Statement) -> str:
    pool = told.pool
    if pool.plan.allowance is None:
        lines = ["## This server's credits", "**Unlimited**: pictures cost this server nothing."]
        return "\n".join([*lines, _under_way(pool.all_held)])
    left = pool.allowance_left or 0
    available = left + pool.bonus
    enough = f", enough for {pictures(available // told.price)}" if told.price and available else ""
    lines = [
        "## This server's credits",
        f"`{_bar(left, pool.plan.allowance)}` **{available:,}** left{enough}",
        f"{left:,} of this {pool.plan.period.value}'s {in_credits(pool.plan.allowance)}"
        + (f", and {in_credits(pool.bonus)} of bonus that stay" if pool.bonus else ""),
        _under_way(pool.all_held),
        f"New credits come {relative(pool.refills_at)} ({full(pool.refills_at)}).",
        f"-# A picture costs {in_credits(told.price)}, paid when it is here. What fails costs nothing.",
    ]
    return "\n".join(lines)


def _under_way(held: int) -> str:
    return f"{in_credits(held)} held for pictures under way" if held else "Nothing is under way."


def _bar(left: int, whole: int) -> str:
    filled = round(_BAR * left / whole) if whole else 0
    return "█" * filled + "░" * (_BAR - filled)
