"""The tables as the code sees them; the migrations make them, and a test holds the two together."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
    literal_column,
)

from bot.adapters.storage.columns import RowNumber, UtcDateTime
from bot.domain.jobs import BUSY_STATES, OPEN_STATES, JobState

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

pools: Final = Table(
    "pools",
    metadata,
    Column("guild", BigInteger, primary_key=True, autoincrement=False),
    Column("unlimited", Boolean, nullable=False),
    Column("allowance", BigInteger, nullable=False),
    Column("period", String(8), nullable=False),
    Column("number", Integer, nullable=False),
    Column("start", Date, nullable=False),
    Column("spent", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("bonus", BigInteger, nullable=False),
    Column("bonus_held", BigInteger, nullable=False),
    Column("own_plan", Boolean, nullable=False, server_default=false()),
    Column("paused", Boolean, nullable=False, server_default=false()),
    Column("rules", Text, nullable=False, server_default="{}"),
    Column("left_at", UtcDateTime, nullable=True),
    Column("forgotten_at", UtcDateTime, nullable=True),
    CheckConstraint("allowance >= 0 AND spent >= 0 AND held >= 0 AND bonus >= 0 AND bonus_held >= 0", name="amounts"),
)

members: Final = Table(
    "members",
    metadata,
    Column("guild", BigInteger, ForeignKey("pools.guild"), primary_key=True, autoincrement=False),
    Column("member", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("period", Integer, nullable=False),
    Column("used", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("extra", BigInteger, nullable=False),
    Column("cap", BigInteger, nullable=True),
    Column("reset", Integer, nullable=False),
    Column("asked_at", UtcDateTime, nullable=True),
    Column("erased", Boolean, nullable=False, server_default=false()),
    CheckConstraint("used >= 0 AND held >= 0 AND extra >= 0 AND cap >= 0", name="amounts"),
)

jobs: Final = Table(
    "jobs",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("guild", BigInteger, ForeignKey("pools.guild"), nullable=False),
    Column("channel", BigInteger, nullable=False),
    Column("member", BigInteger, nullable=False),
    Column("origin", String(12), nullable=False),
    Column("parent", String(24), nullable=True),
    Column("parameters", Text, nullable=False),
    Column("upload_limit", BigInteger, nullable=False),
    Column("allowance", BigInteger, nullable=False),
    Column("bonus", BigInteger, nullable=False),
    Column("period", Integer, nullable=False),
    Column("stretch", Integer, nullable=False, server_default="0"),
    Column("state", String(12), nullable=False),
    Column("owner", String(36), nullable=True),
    Column("lease", Integer, nullable=False),
    Column("lease_until", BigInteger, nullable=False),
    Column("turn", BigInteger, nullable=True),
    Column("cancelling", Boolean, nullable=False),
    Column("card", BigInteger, nullable=True),
    Column("reference", String(64), nullable=True),
    Column("url", Text, nullable=True),
    Column("failure", String(24), nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("queued_at", UtcDateTime, nullable=True),
    Column("painting_at", UtcDateTime, nullable=True),
    Column("painted_at", UtcDateTime, nullable=True),
    Column("ended_at", UtcDateTime, nullable=True),
    Column("kept_until", UtcDateTime, nullable=True),
    Column("untold_since", UtcDateTime, nullable=True),
    Column("spoiler", Boolean, nullable=False, server_default=false()),
    Column("file", String(40), nullable=True),
    Column("veil", String(8), nullable=True),
    Column("source", Text, nullable=True),
    Column("given", Text, nullable=True),
    Column("parent_channel", BigInteger, nullable=True),
    Column("parent_card", BigInteger, nullable=True),
    CheckConstraint("allowance >= 0 AND bonus >= 0", name="amounts"),
)


def _state_in(*states: JobState) -> ColumnElement[bool]:
    # Spelt out: neither database matches a bound value with the condition of an index.
    return jobs.c.state.in_([literal_column(f"'{state.value}'") for state in sorted(states)])


is_open: Final = _state_in(*OPEN_STATES)
is_busy: Final = _state_in(*BUSY_STATES)
is_queued: Final = _state_in(JobState.QUEUED)
is_kept: Final = _state_in(JobState.KEPT)
is_untold: Final = jobs.c.untold_since.is_not(None)
is_moderated: Final = _state_in(JobState.MODERATED)
is_promised: Final = _state_in(JobState.ACCEPTED, JobState.QUEUED)
"""Will make a paid call, unless it ends before."""
Index("ix_jobs_state_guild_queued_at", jobs.c.state, jobs.c.guild, jobs.c.queued_at)
Index("ix_jobs_guild_created_at", jobs.c.guild, jobs.c.created_at)
Index("ix_jobs_member_guild_created_at", jobs.c.member, jobs.c.guild, jobs.c.created_at)
Index("ix_jobs_guild_turn", jobs.c.guild, jobs.c.turn)
Index("ix_jobs_turn", jobs.c.turn)
Index("ix_jobs_untold", jobs.c.untold_since, sqlite_where=is_untold, postgresql_where=is_untold)
Index("ix_jobs_guild_member_open", jobs.c.guild, jobs.c.member, sqlite_where=is_busy, postgresql_where=is_busy)
Index(
    "ix_jobs_guild_member_moderated",
    jobs.c.guild,
    jobs.c.member,
    jobs.c.ended_at,
    sqlite_where=is_moderated,
    postgresql_where=is_moderated,
)
_is_once: Final = is_busy & jobs.c.origin.in_([literal_column("'reroll'"), literal_column("'retry'")])
Index(
    "uq_jobs_parent_member_open",
    jobs.c.parent,
    jobs.c.member,
    jobs.c.origin,
    unique=True,
    sqlite_where=_is_once,
    postgresql_where=_is_once,
)

favourites: Final = Table(
    "favourites",
    metadata,
    Column("member", BigInteger, primary_key=True, autoincrement=False),
    Column("job", String(24), ForeignKey("jobs.id"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

copies: Final = Table(
    "copies",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("job", String(24), ForeignKey("jobs.id"), nullable=False),
    Column("guild", BigInteger, ForeignKey("pools.guild"), nullable=False),
    Column("channel", BigInteger, nullable=False),
    Column("member", BigInteger, nullable=False),
    Column("message", BigInteger, nullable=True),
    Column("file", String(40), nullable=True),
    Column("at", UtcDateTime, nullable=False),
)
Index("ix_copies_job", copies.c.job)
Index("ix_copies_guild_member_at", copies.c.guild, copies.c.member, copies.c.at)
Index("ix_copies_message", copies.c.message)

erasures: Final = Table(
    "erasures",
    metadata,
    Column("guild", BigInteger, ForeignKey("pools.guild"), primary_key=True, autoincrement=False),
    Column("member", BigInteger, primary_key=True, autoincrement=False),
    Column("tombstone", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

preferences: Final = Table(
    "preferences",
    metadata,
    Column("member", BigInteger, primary_key=True, autoincrement=False),
    Column("options", Text, nullable=False),
)

presets: Final = Table(
    "presets",
    metadata,
    Column("member", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(32), primary_key=True),
    Column("options", Text, nullable=False),
    Column("suffix", Text, nullable=False),
)

rules: Final = Table(
    "rules",
    metadata,
    Column("guild", BigInteger, ForeignKey("pools.guild"), primary_key=True, autoincrement=False),
    Column("name", String(24), primary_key=True),
    Column("value", Text, nullable=True),
    Column("record", BigInteger, nullable=False),
)

blocks: Final = Table(
    "blocks",
    metadata,
    Column("guild", BigInteger, ForeignKey("pools.guild"), primary_key=True, autoincrement=False),
    Column("member", BigInteger, primary_key=True, autoincrement=False),
    Column("until", UtcDateTime, nullable=True),
    Column("reason", Text, nullable=True),
    Column("record", BigInteger, nullable=False),
)

reports: Final = Table(
    "reports",
    metadata,
    Column("job", String(24), ForeignKey("jobs.id"), primary_key=True),
    Column("reporter", BigInteger, primary_key=True, autoincrement=False),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

records: Final = Table(
    "records",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    Column("key", String(40), nullable=False, unique=True),
    Column("guild", BigInteger, ForeignKey("pools.guild"), nullable=False),
    Column("actor", BigInteger, nullable=False),
    Column("event", String(16), nullable=False),
    Column("subject", String(40), nullable=False),
    Column("before", Text, nullable=True),
    Column("after", Text, nullable=True),
    Column("reason", Text, nullable=True),
    Column("undoes", BigInteger, nullable=True),
    Column("at", UtcDateTime, nullable=False),
)
Index("ix_records_guild_id", records.c.guild, records.c.id)

ledger: Final = Table(
    "ledger",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=True),
    Column("key", String(80), nullable=False, unique=True),
    Column("guild", BigInteger, ForeignKey("pools.guild"), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("allowance_change", BigInteger, nullable=False),
    Column("bonus_change", BigInteger, nullable=False),
    Column("allowance_after", BigInteger, nullable=False),
    Column("bonus_after", BigInteger, nullable=False),
    Column("period", Integer, nullable=False),
    Column("member", BigInteger, nullable=True),
    Column("actor", BigInteger, nullable=True),
    Column("job", String(24), nullable=True),
    Column("role", BigInteger, nullable=True),
    Column("stretch", Integer, nullable=True),
    Column("before", BigInteger, nullable=True),
    Column("after", BigInteger, nullable=True),
    Column("reason", Text, nullable=True),
    Column("at", UtcDateTime, nullable=False),
)
Index("ix_ledger_guild_id", ledger.c.guild, ledger.c.id)
Index("ix_ledger_job", ledger.c.job)
Index("ix_ledger_guild_member_id", ledger.c.guild, ledger.c.member, ledger.c.id)
is_decision: Final = ledger.c.job.is_(None)
Index("ix_ledger_actor", ledger.c.actor, sqlite_where=is_decision, postgresql_where=is_decision)

provider_days: Final = Table(
    "provider_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("calls", Integer, nullable=False),
)

confirmations: Final = Table(
    "confirmations",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("payload", Text, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

facts: Final = Table(
    "facts",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", Text, nullable=False),
)
