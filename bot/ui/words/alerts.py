"""What the operator is told, once when a trouble begins and once when it is over."""

from typing import Final

from bot.domain.circuit import Trouble

_TROUBLE: Final = {
    Trouble.KEY: (
        "## 1min.ai does not accept the API key\nNobody is charged, and every request is refused until it does. Put a "
        "key that works into `ONEMIN_API_KEY` and restart the bot, or make this one work again: it is tried every few "
        "minutes, free of charge."
    ),
    Trouble.CREDITS: (
        "## The account at 1min.ai is out of credits\nNobody here is charged, and requests are refused. Top the "
        "account up; every few minutes one request is let through to find out."
    ),
    Trouble.OUTAGE: (
        "## 1min.ai fails again and again\nWhat waits goes on waiting, ten minutes at most, and then ends free. One "
        "request at a time is let through to find out when it is over."
    ),
}
_NAMES: Final = {
    Trouble.KEY: "the API key was not accepted",
    Trouble.CREDITS: "the account was out of credits",
    Trouble.OUTAGE: "1min.ai failed again and again",
}


def alert(trouble: Trouble | None, before: Trouble | None) -> str:
    """`before` is what it was until now."""
    if trouble is not None:
        return _TROUBLE[trouble]
    was = "unknown" if before is None else _NAMES[before]
    return f"## Pictures can be ordered again\nWhat it was: {was}."
