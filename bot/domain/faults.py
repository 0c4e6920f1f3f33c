"""Why the bot cannot start, or its books cannot be read."""


class DatabaseInUseError(Exception):
    """Another bot runs on this SQLite file."""


class NoTablesError(Exception):
    """The database was never migrated."""
