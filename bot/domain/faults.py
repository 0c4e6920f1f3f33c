"""Why the bot cannot start, or its books cannot be read."""

from collections.abc import Sequence
from datetime import timedelta


class DatabaseInUseError(Exception):
    """Another bot runs on this SQLite file."""


class NoTablesError(Exception):
    """The database was never migrated."""


class CannotListenError(Exception):
    """Nobody can be answered at this host and port; the cause says why."""


class NoFolderError(Exception):
    """Nothing can be written in the folder for files on their way; the cause says why."""


class OtherTablesError(Exception):
    """The database was migrated by another version of the bot, an older or a newer one."""


class NoStartsLeftError(Exception):
    """Discord lets no shard of this bot log in for so long."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"{wait.total_seconds() / 3600:.1f} hours")


class NewerTablesError(OtherTablesError):
    """By a newer one."""


class UnknownRevisionError(Exception):
    """There is no such revision of the tables in this version of the bot; carries those that it has."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(", ".join(known))


class LossError(Exception):
    """An older version of the bot has no place for what is in the database; carries how much of what."""

    def __init__(self, count: int, what: str) -> None:
        super().__init__(f"{count} {what}")
        self.count = count
        self.what = what
