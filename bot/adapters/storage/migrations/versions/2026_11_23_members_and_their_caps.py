"""Members' accounts, caps, plans of a guild's own, pauses, and what waits for a confirmation."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.storage.migrations.losing import expect_none

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_POOLS = ("own_plan", "paused", "rules")
_LEDGER = ("role", "stretch", "before", "after")


def upgrade() -> None:
    op.add_column("pools", sa.Column("own_plan", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("pools", sa.Column("paused", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("pools", sa.Column("rules", sa.Text, nullable=False, server_default="{}"))
    op.add_column("jobs", sa.Column("stretch", sa.Integer, nullable=False, server_default="0"))
    op.add_column("ledger", sa.Column("role", sa.BigInteger, nullable=True))
    op.add_column("ledger", sa.Column("stretch", sa.Integer, nullable=True))
    op.add_column("ledger", sa.Column("before", sa.BigInteger, nullable=True))
    op.add_column("ledger", sa.Column("after", sa.BigInteger, nullable=True))
    op.create_index("ix_ledger_guild_member_id", "ledger", ["guild", "member", "id"])
    _create_members()
    op.create_table(
        "confirmations",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_confirmations")),
    )


def _create_members() -> None:
    op.create_table(
        "members",
        sa.Column("guild", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("member", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("period", sa.Integer, nullable=False),
        sa.Column("used", sa.BigInteger, nullable=False),
        sa.Column("held", sa.BigInteger, nullable=False),
        sa.Column("extra", sa.BigInteger, nullable=False),
        sa.Column("cap", sa.BigInteger, nullable=True),
        sa.Column("reset", sa.Integer, nullable=False),
        sa.CheckConstraint("used >= 0 AND held >= 0 AND extra >= 0 AND cap >= 0", name=op.f("ck_members_amounts")),
        sa.ForeignKeyConstraint(["guild"], ["pools.guild"], name=op.f("fk_members_guild")),
        sa.PrimaryKeyConstraint("guild", "member", name=op.f("pk_members")),
    )


def downgrade() -> None:
    expect_none("plans", "pools WHERE own_plan OR paused OR rules <> '{}'")
    expect_none("caps", "members WHERE cap IS NOT NULL OR extra > 0")
    expect_none("decisions", "ledger WHERE kind NOT IN ('refill', 'lapse', 'hold', 'capture', 'release')")
    op.drop_table("confirmations")
    op.drop_table("members")
    op.drop_index("ix_ledger_guild_member_id", "ledger")
    for table, columns in (("ledger", _LEDGER), ("jobs", ("stretch",)), ("pools", _POOLS)):
        for column in reversed(columns):
            op.drop_column(table, column)
