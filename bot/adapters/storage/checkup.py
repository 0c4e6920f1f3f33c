"""The port `Records` on one database, opened for each question: it may be the one thing that is wrong."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select
from typing_extensions import override

from bot.adapters.storage import engines
from bot.adapters.storage.database import Database
from bot.adapters.storage.revision import standing
from bot.adapters.storage.rulebook import rules_of
from bot.adapters.storage.tables import pools, rules
from bot.domain.checkup import Standing, Tables
from bot.domain.faults import NoTablesError
from bot.ports.checkup import Records

_MOST: Final = 1_000
_LOGS: Final = (
    select(rules.c.name, rules.c.value)
    .join(pools, pools.c.guild == rules.c.guild)
    .where(rules.c.name == "log", rules.c.value.is_not(None), pools.c.left_at.is_(None))
    .order_by(rules.c.guild)
    .limit(_MOST)
)


class SqlRecords(Records):
    def __init__(self, url: str) -> None:
        self._url = url

    @override
    async def standing(self) -> Standing:
        try:
            async with Database.open(self._url, beside=True) as database:
                return await database.run(standing)
        except NoTablesError:
            return Standing(Tables.NONE)

    @override
    async def log_channels(self) -> Sequence[int]:
        try:
            async with Database.open(self._url, beside=True) as database:
                return await database.run(_log_channels)
        except NoTablesError:
            return ()

    @override
    def file(self) -> Path | None:
        url = engines.with_driver(self._url)
        return Path(url.database or "") if engines.is_sqlite(url) else None


def _log_channels(connection: Connection) -> list[int]:
    if standing(connection).tables is not Tables.CURRENT:
        return []
    logs = (rules_of({row.name: row.value}).log for row in connection.execute(_LOGS))
    return sorted({channel for log in logs for channel in log.values()})
