"""Pools, jobs and their ledger, the count of paid calls, and facts."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.storage.migrations.losing import expect_none

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

OPEN = sa.text("state IN ('accepted', 'painted', 'painting', 'queued')")


def upgrade() -> None:
    op.create_table(
        "pools",
        sa.Column("guild", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("unlimited", sa.Boolean, nullable=False),
        sa.Column("allowance", sa.BigInteger, nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("start", sa.Date, nullable=False),
        sa.Column("spent", sa.BigInteger, nullable=False),
        sa.Column("held", sa.BigInteger, nullable=False),
        sa.Column("bonus", sa.BigInteger, nullable=False),
        sa.Column("bonus_held", sa.BigInteger, nullable=False),
        sa.CheckConstraint(
            "allowance >= 0 AND spent >= 0 AND held >= 0 AND bonus >= 0 AND bonus_held >= 0",
            name=op.f("ck_pools_amounts"),
        ),
        sa.PrimaryKeyConstraint("guild", name=op.f("pk_pools")),
    )
    _create_jobs()
    _create_ledger()
    op.create_table(
        "provider_days",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_provider_days")),
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_facts")),
    )


def _create_jobs() -> None:
    time = sa.DateTime(timezone=True)
    op.create_table(
        "jobs",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("guild", sa.BigInteger, nullable=False),
        sa.Column("channel", sa.BigInteger, nullable=False),
        sa.Column("member", sa.BigInteger, nullable=False),
        sa.Column("origin", sa.String(12), nullable=False),
        sa.Column("parent", sa.String(24), nullable=True),
        sa.Column("parameters", sa.Text, nullable=False),
        sa.Column("upload_limit", sa.BigInteger, nullable=False),
        sa.Column("allowance", sa.BigInteger, nullable=False),
        sa.Column("bonus", sa.BigInteger, nullable=False),
        sa.Column("period", sa.Integer, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("owner", sa.String(36), nullable=True),
        sa.Column("lease", sa.Integer, nullable=False),
        sa.Column("lease_until", sa.BigInteger, nullable=False),
        sa.Column("turn", sa.BigInteger, nullable=True),
        sa.Column("cancelling", sa.Boolean, nullable=False),
        sa.Column("card", sa.BigInteger, nullable=True),
        sa.Column("reference", sa.String(64), nullable=True),
        sa.Column("url", sa.Text, nullable=True),
        sa.Column("failure", sa.String(24), nullable=True),
        sa.Column("created_at", time, nullable=False),
        sa.Column("queued_at", time, nullable=True),
        sa.Column("painting_at", time, nullable=True),
        sa.Column("painted_at", time, nullable=True),
        sa.Column("ended_at", time, nullable=True),
        sa.CheckConstraint("allowance >= 0 AND bonus >= 0", name=op.f("ck_jobs_amounts")),
        sa.ForeignKeyConstraint(["guild"], ["pools.guild"], name=op.f("fk_jobs_guild")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index("ix_jobs_state_guild_queued_at", "jobs", ["state", "guild", "queued_at"])
    op.create_index("ix_jobs_guild_turn", "jobs", ["guild", "turn"])
    op.create_index("ix_jobs_turn", "jobs", ["turn"])
    op.create_index("ix_jobs_guild_member_open", "jobs", ["guild", "member"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index(
        "uq_jobs_parent_member_open",
        "jobs",
        ["parent", "member"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _create_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("guild", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("allowance_change", sa.BigInteger, nullable=False),
        sa.Column("bonus_change", sa.BigInteger, nullable=False),
        sa.Column("allowance_after", sa.BigInteger, nullable=False),
        sa.Column("bonus_after", sa.BigInteger, nullable=False),
        sa.Column("period", sa.Integer, nullable=False),
        sa.Column("member", sa.BigInteger, nullable=True),
        sa.Column("actor", sa.BigInteger, nullable=True),
        sa.Column("job", sa.String(24), nullable=True),
        sa.Column("reason", sa.Text, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["guild"], ["pools.guild"], name=op.f("fk_ledger_guild")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint("key", name=op.f("uq_ledger_key")),
    )
    op.create_index("ix_ledger_guild_id", "ledger", ["guild", "id"])
    op.create_index("ix_ledger_job", "ledger", ["job"])


def downgrade() -> None:
    expect_none("books", "pools")
    for table in ("facts", "provider_days", "ledger", "jobs", "pools"):
        op.drop_table(table)
