"""What members do with pictures, and how they like theirs: edits, favourites, defaults and presets."""

import sqlalchemy as sa
from alembic import op

from bot.adapters.storage.migrations.losing import expect_none

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BUSY = "state IN ('accepted', 'painted', 'painting', 'queued')"
_ONCE = f"{_BUSY} AND origin IN ('reroll', 'retry')"


def upgrade() -> None:
    op.add_column("jobs", sa.Column("source", sa.Text(), nullable=True))
    op.add_column("jobs", sa.Column("given", sa.Text(), nullable=True))
    op.add_column("jobs", sa.Column("parent_channel", sa.BigInteger(), nullable=True))
    op.add_column("jobs", sa.Column("parent_card", sa.BigInteger(), nullable=True))
    op.create_index("ix_jobs_member_guild_created_at", "jobs", ["member", "guild", "created_at"])
    _index_repeats(["parent", "member", "origin"], _ONCE)
    op.create_table(
        "favourites",
        sa.Column("member", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("job", sa.String(24), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name=op.f("fk_favourites_job")),
        sa.PrimaryKeyConstraint("member", "job", name=op.f("pk_favourites")),
    )
    _create_copies()
    op.create_table(
        "erasures",
        sa.Column("guild", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tombstone", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["guild"], ["pools.guild"], name=op.f("fk_erasures_guild")),
        sa.PrimaryKeyConstraint("guild", "member", name=op.f("pk_erasures")),
    )
    op.add_column("members", sa.Column("erased", sa.Boolean(), server_default=sa.false(), nullable=False))
    _index_decisions()
    op.create_table(
        "preferences",
        sa.Column("member", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member", name=op.f("pk_preferences")),
    )
    op.create_table(
        "presets",
        sa.Column("member", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("member", "name", name=op.f("pk_presets")),
    )


def downgrade() -> None:
    _refuse_to_lose()
    for table in ("presets", "preferences", "favourites", "copies", "erasures"):
        op.drop_table(table)
    op.drop_index("ix_ledger_actor", "ledger")
    op.drop_column("members", "erased")
    _index_repeats(["parent", "member"], _BUSY)
    op.drop_index("ix_jobs_member_guild_created_at", "jobs")
    for column in ("parent_card", "parent_channel", "given", "source"):
        op.drop_column("jobs", column)


def _create_copies() -> None:
    op.create_table(
        "copies",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("job", sa.String(24), nullable=False),
        sa.Column("guild", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("member", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.Column("file", sa.String(40), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name=op.f("fk_copies_job")),
        sa.ForeignKeyConstraint(["guild"], ["pools.guild"], name=op.f("fk_copies_guild")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copies")),
    )
    op.create_index("ix_copies_job", "copies", ["job"])
    op.create_index("ix_copies_guild_member_at", "copies", ["guild", "member", "at"])
    op.create_index("ix_copies_message", "copies", ["message"])


def _index_decisions() -> None:
    where = sa.text("job IS NULL")
    op.create_index("ix_ledger_actor", "ledger", ["actor"], sqlite_where=where, postgresql_where=where)


def _index_repeats(columns: list[str], where: str) -> None:
    op.drop_index("uq_jobs_parent_member_open", "jobs")
    op.create_index(
        "uq_jobs_parent_member_open",
        "jobs",
        columns,
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _refuse_to_lose() -> None:
    for table in ("favourites", "copies", "erasures", "preferences", "presets"):
        expect_none(table, table)
    made = ("source IS NOT NULL", "given IS NOT NULL", "parent_card IS NOT NULL")
    expect_none("remakes", f"jobs WHERE origin IN ('remix', 'variation', 'edit') OR {' OR '.join(made)}")
    expect_none("veiled", "jobs WHERE veil IN ('deleted', 'erased', 'aged')")
    expect_none("erased", "members WHERE erased")
