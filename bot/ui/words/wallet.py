from typing import Final

from bot.domain.credits import Pool
from bot.services.wallet import Statement
from bot.ui.words.amounts import in_credits, pictures
from bot.ui.words.caps import rule
from bot.ui.words.times import full, relative

_BAR: Final = 20


def statement(told: Statement) -> str:
    """The server's credits, then the caller's own part in them."""
    return f"{_pool(told)}\n{_own(told)}\n{_price(told)}"


def _pool(told: Statement) -> str:
    pool = told.pool
    if pool.plan.allowance is None:
        lines = ["## This server's credits", "**Unlimited**: pictures cost this server nothing."]
        return "\n".join([*lines, _under_way(pool.all_held), *_paused(pool)])
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
        *_paused(pool),
    ]
    return "\n".join(lines)


def _own(told: Statement) -> str:
    room, returns = told.room, told.pool.refills_at
    if room.left is None:
        used = f" You have used {in_credits(room.use)} this {told.pool.plan.period.value}." if room.use else ""
        return f"## Your part\n{rule(room)}. You may spend what the server has.{used}"
    extra = f", {room.extra_left:,} of them extra, used last" if room.extra_left else ""
    available = told.pool.available
    short = [] if available is None or available >= room.left else ["The server itself has fewer than that."]
    lines = [
        "## Your part",
        f"`{_bar(room.left, (room.cap.limit or 0) + room.extra)}` **{room.left:,}** left{extra}",
        *short,
        f"{rule(room)}. You have used {room.use:,}, pictures under way included.",
        f"It begins anew {relative(returns)} ({full(returns)}){', and extra lapses' if room.extra else ''}.",
    ]
    return "\n".join(lines)


def _paused(pool: Pool) -> list[str]:
    return ["**Paused** by the bot's operator: no new pictures for now."] if pool.paused else []


def _price(told: Statement) -> str:
    edit = "" if told.price_of_edit in {None, told.price} else f", an edit {told.price_of_edit:,}"
    return f"-# A picture costs {in_credits(told.price)}{edit}, paid when it is here. What fails costs nothing."


def _under_way(held: int) -> str:
    return f"{in_credits(held)} held for pictures under way" if held else "Nothing is under way."


def _bar(left: int, whole: int) -> str:
    filled = min(_BAR, round(_BAR * left / whole)) if whole else 0
    return "█" * filled + "░" * (_BAR - filled)
