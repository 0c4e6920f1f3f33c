"""What the operator is told, once when a trouble begins and once when it is over."""

from typing import Final

from discord.utils import format_dt

from bot.domain.alerts import Alert, Notice

_BEGINS: Final = {
    Alert.KEY: (
        "## 1min.ai does not accept the API key\nNobody is charged, and every request is refused until it does. Put a "
        "key that works into `ONEMIN_API_KEY` and restart the bot, or make this one work again: it is tried every few "
        "minutes, free of charge."
    ),
    Alert.CREDITS: (
        "## The account at 1min.ai is out of credits\nNobody here is charged, and requests are refused. Top the "
        "account up; every few minutes one request is let through to find out."
    ),
    Alert.OUTAGE: (
        "## 1min.ai fails again and again\nWhat waits goes on waiting, ten minutes at most, and then ends free. One "
        "request at a time is let through to find out when it is over."
    ),
    Alert.BOUND: (
        "## Today's paid calls are used up\n`PROVIDER_CALLS_PER_DAY` is reached. Requests are refused until the day "
        "ends, at midnight UTC, and nobody is charged. To go on before, raise it and restart the bot."
    ),
    Alert.DATABASE: (
        "## The database does not answer\nMembers are told that I am busy, and nothing is charged. Jobs go on when it "
        "is back. See to `DATABASE_URL`'s server, or to what locks the file."
    ),
    Alert.SHARDS: (
        "## I am cut off from a part of Discord\nA shard has had no connection for two minutes, and its servers get no "
        "answers. I go on trying. If discordstatus.com shows nothing, look at this machine's network."
    ),
    Alert.DISK: (
        "## The disk is nearly full\nThere is hardly room left where `DATA_DIR` is. Without any, pictures cannot be "
        "delivered, and a database on the same disk takes no changes. Make room."
    ),
}
_IS_OVER: Final = {
    Alert.KEY: "Pictures can be ordered again\n1min.ai accepts the API key.",
    Alert.CREDITS: "Pictures can be ordered again\nThe account at 1min.ai is no longer out of credits.",
    Alert.OUTAGE: "Pictures can be ordered again\n1min.ai works.",
    Alert.BOUND: "Paid calls are possible again\nA new day has begun, or `PROVIDER_CALLS_PER_DAY` was raised.",
    Alert.DATABASE: "The database answers again\nJobs go on.",
    Alert.SHARDS: "All of Discord is connected again\nEvery shard of this process has its connection.",
    Alert.DISK: "The disk has room again\nNothing is left to do.",
}


def alert(notice: Notice) -> str:
    if notice.until is None:
        return f"{_BEGINS[notice.alert]}\nSince {format_dt(notice.since)}."
    return f"## {_IS_OVER[notice.alert]}\nIt lasted from {format_dt(notice.since)} to {format_dt(notice.until)}."
