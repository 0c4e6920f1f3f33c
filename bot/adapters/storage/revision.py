"""Whether the tables are those that this version of the bot knows."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.adapters.storage.migrate import configuration
from bot.domain.faults import NoTablesError, OtherTablesError


def expect_current(connection: Connection) -> None:
    """Raises `NoTablesError`, or `OtherTablesError` where another version made them. Changes nothing."""
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        raise NoTablesError
    if found != ScriptDirectory.from_config(configuration(connection)).get_current_head():
        raise OtherTablesError
