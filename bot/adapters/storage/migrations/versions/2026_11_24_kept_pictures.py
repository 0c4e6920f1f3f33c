"""Kept pictures, jobs that ended without anybody being told, guilds that removed the bot."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.storage.migrations.losing import expect_none

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("kept_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("jobs", sa.Column("untold_since", sa.DateTime(timezone=True), nullable=True))
    untold = sa.text("untold_since IS NOT NULL")
    op.create_index("ix_jobs_untold", "jobs", ["untold_since"], sqlite_where=untold, postgresql_where=untold)
    op.add_column("pools", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("pools", sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    # Code from before knows no kept pictures: their holds would stay for ever.
    expect_none("kept", "jobs WHERE state IN ('kept', 'expired')")
    expect_none("departures", "pools WHERE left_at IS NOT NULL OR forgotten_at IS NOT NULL")
    op.drop_column("pools", "forgotten_at")
    op.drop_column("pools", "left_at")
    op.drop_index("ix_jobs_untold", "jobs")
    op.drop_column("jobs", "untold_since")
    op.drop_column("jobs", "kept_until")
