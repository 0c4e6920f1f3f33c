"""A long history, written by the database itself."""

from typing import Final

from sqlalchemy import Connection, text

from tests.adapters.storage.scenes import START

POOL: Final = """
    INSERT INTO pools (guild, unlimited, allowance, period, number, start, spent, held, bonus, bonus_held)
    VALUES (11, TRUE, 0, 'month', 1, :start, :jobs, 0, 0, 0)
"""
ACCOUNT: Final = """
    INSERT INTO members (guild, member, number, period, used, held, extra, reset) VALUES (11, 33, 1, 1, :jobs, 0, 0, 0)
"""
JOBS: Final = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :jobs)
    INSERT INTO jobs (id, guild, channel, member, origin, parameters, upload_limit, allowance, bonus, period, stretch,
        state, lease, lease_until, turn, cancelling, created_at, painting_at, painted_at)
    SELECT i || '-0', 11, 22, 33, 'imagine', '{}', 9, 1, 0, 1, 1, 'delivered', 1, 0, i, FALSE, :at, :at, :at FROM n
"""
HOLDS: Final = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :jobs)
    INSERT INTO ledger (id, key, guild, kind, amount, allowance_change, bonus_change, allowance_after, bonus_after,
        period, member, actor, job, stretch, at)
    SELECT 2 * i - 1, 'hold:' || i || '-0', 11, 'hold', 1, -1, 0, -i, 0, 1, 33, 33, i || '-0', 1, :at FROM n
"""
CAPTURES: Final = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :jobs)
    INSERT INTO ledger (id, key, guild, kind, amount, allowance_change, bonus_change, allowance_after, bonus_after,
        period, member, actor, job, stretch, at)
    SELECT 2 * i, 'settle:' || i || '-0', 11, 'capture', 1, 0, 0, -i, 0, 1, 33, 33, i || '-0', 1, :at FROM n
"""
DAY: Final = "INSERT INTO provider_days VALUES (:today, :jobs)"


def write(connection: Connection, jobs: int) -> None:
    """So many jobs delivered, of one member of one guild without limit: two entries each."""
    today = START.date()
    moments = {"start": today.replace(day=1).isoformat(), "today": today.isoformat(), "at": START.isoformat()}
    values = {"jobs": jobs, **moments}
    for words in (POOL, ACCOUNT, JOBS, HOLDS, CAPTURES, DAY):
        statement = text(words)
        connection.execute(statement, {name: values[name] for name in statement.compile().params})
