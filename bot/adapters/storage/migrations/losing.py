"""The way back to an older release is closed while there is something that it has no place for."""

import sqlalchemy as sa
from alembic import op

from bot.domain.faults import LossError


def expect_none(what: str, rows: str) -> None:
    """Raise `LossError` where there are any such `rows`, named as SQL does it behind FROM."""
    count = op.get_bind().execute(sa.text(f"SELECT count(*) FROM {rows}")).scalar_one()  # noqa: S608 - the migrations' own
    if count:
        raise LossError(count, what)
