"""Whether the tables are those that this version of the bot knows."""

from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.domain.checkup import Standing, Tables
from bot.domain.faults import NewerTablesError, NoTablesError, OtherTablesError


def configuration(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def revisions(connection: Connection) -> list[str]:
    """All that this version knows, the oldest first."""
    return [it.revision for it in ScriptDirectory.from_config(configuration(connection)).walk_revisions()][::-1]


def standing(connection: Connection) -> Standing:
    found, known = MigrationContext.configure(connection).get_current_revision(), revisions(connection)
    if found is None:
        return Standing(Tables.NONE, pending=tuple(known))
    if found not in known:
        return Standing(Tables.NEWER, found)
    pending = tuple(known[known.index(found) + 1 :])
    return Standing(Tables.OLDER if pending else Tables.CURRENT, found, pending)


def expect_current(connection: Connection) -> None:
    """Raises `NoTablesError`, or `OtherTablesError` where another version made them. Changes nothing."""
    match standing(connection).tables:
        case Tables.NONE:
            raise NoTablesError
        case Tables.OLDER:
            raise OtherTablesError
        case Tables.NEWER:
            raise NewerTablesError
        case Tables.CURRENT:
            return
