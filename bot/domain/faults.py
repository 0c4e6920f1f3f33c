"""Why the bot cannot start, or its books cannot be read."""


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
