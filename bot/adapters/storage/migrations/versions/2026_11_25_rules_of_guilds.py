"""What the staff of guilds decide: rules, blocks, and the records of all that they do."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.storage.migrations.losing import expect_none

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rules",
        sa.Column("guild", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(24), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("record", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["guild"], ["pools.guild"], name=op.f("fk_rules_guild")),
        sa.PrimaryKeyConstraint("guild", "name", name=op.f("pk_rules")),
    )
    op.create_table(
        "blocks",
        sa.Column("guild", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("record", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["guild"], ["pools.guild"], name=op.f("fk_blocks_guild")),
        sa.PrimaryKeyConstraint("guild", "member", name=op.f("pk_blocks")),
    )
    op.create_table(
        "records",
        sa.Column("id", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("undoes", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["guild"], ["pools.guild"], name=op.f("fk_records_guild")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
        sa.UniqueConstraint("key", name=op.f("uq_records_key")),
    )
    op.create_table(
        "reports",
        sa.Column("job", sa.String(24), nullable=False),
        sa.Column("reporter", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name=op.f("fk_reports_job")),
        sa.PrimaryKeyConstraint("job", "reporter", name=op.f("pk_reports")),
    )
    op.add_column("jobs", sa.Column("spoiler", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("jobs", sa.Column("file", sa.String(40), nullable=True))
    op.add_column("jobs", sa.Column("veil", sa.String(8), nullable=True))
    op.create_index("ix_jobs_guild_created_at", "jobs", ["guild", "created_at"])
    op.create_index("ix_records_guild_id", "records", ["guild", "id"])
    op.add_column("members", sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    moderated = sa.text("state = 'moderated'")
    op.create_index(
        "ix_jobs_guild_member_moderated",
        "jobs",
        ["guild", "member", "ended_at"],
        sqlite_where=moderated,
        postgresql_where=moderated,
    )


def downgrade() -> None:
    # Whoever is blocked, or kept out of a channel, would be let in again.
    expect_none("records", "records")
    expect_none("reports", "reports")
    expect_none("hung", "jobs WHERE file IS NOT NULL OR veil IS NOT NULL OR spoiler")
    for column in ("veil", "file", "spoiler"):
        op.drop_column("jobs", column)
    op.drop_table("reports")
    op.drop_index("ix_jobs_guild_member_moderated", "jobs")
    op.drop_index("ix_jobs_guild_created_at", "jobs")
    op.drop_column("members", "asked_at")
    op.drop_table("records")
    op.drop_table("blocks")
    op.drop_table("rules")
