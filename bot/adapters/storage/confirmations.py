"""What waits for a person's confirmation, kept because a button's id is too short for it."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, or_, select

from bot.adapters.storage.pools import insert_or_skip
from bot.adapters.storage.tables import confirmations

MOST: Final = 20
"""Of one kind for one person; the oldest are forgotten. A key is `kind:person:rest`."""


def keep(connection: Connection, key: str, payload: str, until: datetime, now: datetime) -> None:
    insert_or_skip(connection, confirmations, key=key, payload=payload, until=until)
    alike = confirmations.c.key.startswith(key[: key.rindex(":") + 1], autoescape=True)
    newest_first = (confirmations.c.until.desc(), confirmations.c.key.desc())
    older = select(confirmations.c.key).where(alike).order_by(*newest_first).offset(MOST)
    connection.execute(delete(confirmations).where(or_(confirmations.c.until < now, confirmations.c.key.in_(older))))


def find(connection: Connection, key: str, now: datetime) -> str | None:
    wanted = select(confirmations.c.payload).where(confirmations.c.key == key, confirmations.c.until >= now)
    payload: str | None = connection.execute(wanted).scalar_one_or_none()
    return payload
