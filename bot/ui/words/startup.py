"""What the operator reads on the command line."""

from collections.abc import Sequence
from typing import Final

from bot.domain.faults import LossError

DESCRIPTION: Final = "Pictures for Discord communities."
RUN: Final = "connect to Discord and paint (the default)"
CHECK: Final = "recompute every balance from the ledger and report differences"
CREDITS: Final = "show and change servers' credits, also beside a running bot"
DOCTOR: Final = "look at everything the bot needs, also beside a running bot, and say what is wrong"
MIGRATE: Final = "bring the database up to date, which run does by itself"
TO: Final = "not to the newest revision of the tables but to this one, for going back to an older version"

SETTINGS: Final = "These settings, in .env or the environment, need fixing:\n{error}"
DATABASE_IN_USE: Final = "Another bot already runs on {error}. Stop it first; `check` works beside it."
NO_TABLES: Final = "The database of DATABASE_URL has no tables yet: start the bot once, or `python -m bot migrate`."
OTHER_TABLES: Final = (
    "The database of DATABASE_URL belongs to another version of the bot. Use that version, or start this one once: "
    "`run` and `migrate` bring an older database up to date."
)
NEWER_TABLES: Final = (
    "The database of DATABASE_URL belongs to a newer version of the bot, and this one would damage it. Use the newer "
    "version. To go back, let that one run `python -m bot migrate --to REVISION`, or restore a backup."
)
UNKNOWN_REVISION: Final = "This version of the bot has no such revision of the tables. It has these: {error}"
DATABASE_BUSY: Final = "The database is locked by another process. Try again in a moment."
DATABASE_DOWN: Final = "The database of DATABASE_URL cannot be reached: {cause}"
CANNOT_LISTEN: Final = "The health pages cannot be opened at HTTP_HOST and HTTP_PORT: {cause}"
NO_FOLDER: Final = "Nothing can be written in the folder of DATA_DIR: {cause}"
NOT_ADMITTED: Final = "Discord does not accept DISCORD_TOKEN. Copy it again from the portal: Bot, Reset Token."
DISCORD_AWAY: Final = "Discord cannot be reached. Is this machine online?"
NO_STARTS: Final = (
    "Discord allows too few further logins today. Each shard's start is one, and a bot that takes more than 1,000 in a "
    "day loses its token. Find out why it started so often, and start it again in {error}."
)
CLOSED: Final = {
    4004: NOT_ADMITTED,
    4010: "Discord does not know such a shard. SHARD_COUNT and SHARD_IDS must be the same numbers for all processes.",
    4011: (
        "Discord wants more shards for this bot: one takes 2,500 servers at most. Leave SHARD_COUNT out, or raise it "
        "for all processes at the same time."
    ),
}
"""By the code with which the gateway ended the connection."""
DISCORD_REFUSED: Final = "Discord refused to go on: {error}"
UP_TO_DATE: Final = "The database is up to date."
AT_REVISION: Final = "The database is at the revision that was asked for."

LOST: Final = {
    "kept": "pictures kept until they are shown or expire",
    "records": "decisions of servers' staff",
    "favourites": "favourites of members",
    "copies": "pictures shown again",
    "erasures": "wishes of members to be erased",
    "preferences": "defaults of members",
    "presets": "presets of members",
    "remakes": "pictures made of others, or with options that others chose",
    "reports": "reports of members",
    "hung": "pictures whose file is known, or that staff hid",
    "departures": "servers that removed the bot",
    "plans": "servers with a plan, rules or a pause of their own",
    "caps": "members with a cap or extra",
    "decisions": "decisions in the ledger",
    "books": "servers' books",
    "veiled": "pictures that members deleted or had erased, or that were too old",
    "erased": "accounts that were erased in part",
}
"""What an older version has no place for."""


def books(differences: Sequence[str]) -> str:
    if not differences:
        return "The books are right."
    places = "one place" if len(differences) == 1 else f"{len(differences)} places"
    return "\n".join([*differences, f"The books are wrong in {places}."])


def loss(error: LossError) -> str:
    return (
        f"Nothing was changed: the older version has no place for what is in the database: {LOST[error.what]} "
        f"({error.count}). Restore the backup from before the update instead."
    )
