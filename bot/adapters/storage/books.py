"""The audit: everything made again from the ledger's entries and held against what the tables say."""

from sqlalchemy import Connection, inspect, text

from bot.adapters.storage import audit_guilds, audit_jobs, audit_members
from bot.adapters.storage.findings import Findings
from bot.adapters.storage.tables import ledger
from bot.domain.faults import NoTablesError


def audit(connection: Connection) -> list[str]:
    """Differences in words; an empty list means the books are right. Changes nothing.

    A guild's entries are named by the first that does not add up, and where there are too many differences, the
    last line counts the rest. Raises `NoTablesError`. To be run in a transaction that sees one snapshot.
    """
    if not inspect(connection).has_table(ledger.name):
        raise NoTablesError
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))  # a long history takes its time
    findings = Findings()
    audit_guilds.audit(connection, findings)
    audit_members.audit(connection, findings)
    audit_jobs.audit(connection, findings)
    return findings.told()
