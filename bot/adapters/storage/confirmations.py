"""What waits for a person's confirmation, kept because a button's id is too short for it."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.adapters.storage.pools import insert_or_skip
from bot.adapters.storage.tables import confirmations


def keep(connection: Connection, key: str, payload: str, until: datetime, now: datetime) -> None:
    connection.execute(delete(confirmations).where(confirmations.c.until < now))
    insert_or_skip(connection, confirmations, key=key, payload=payload, until=until)


def find(connection: Connection, key: str, now: datetime) -> str | None:
    wanted = select(confirmations.c.payload).where(confirmations.c.key == key, confirmations.c.until >= now)
    payload: str | None = connection.execute(wanted).scalar_one_or_none()
    return payload
