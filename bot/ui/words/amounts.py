def in_credits(amount: int) -> str:
    return f"{amount:,} credit" if amount == 1 else f"{amount:,} credits"


def pictures(amount: int) -> str:
    return f"{amount:,} picture" if amount == 1 else f"{amount:,} pictures"


def seconds(amount: float) -> str:
    return f"{amount:.1f} s" if amount < 60 else f"{int(amount // 60)} min {int(amount % 60)} s"  # noqa: PLR2004
