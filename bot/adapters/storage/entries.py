"""The ledger's lines. They are only ever added, in the transaction that moves what they tell of."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert

from bot.adapters.storage.tables import ledger
from bot.domain.credits import Pool, Split, balance
from bot.domain.jobs import Job
from bot.domain.ledger import EntryKind

_ENTER: Final = insert(ledger).inline()


def enter_job(
    connection: Connection, job: Job, kind: EntryKind, key: str, pool: Pool, change: Split, now: datetime
) -> None:
    connection.execute(
        _ENTER,
        {
            "key": key,
            "guild": job.guild,
            "kind": kind.value,
            "amount": job.price,
            "allowance_change": change.allowance,
            "bonus_change": change.bonus,
            "allowance_after": balance(pool),
            "bonus_after": pool.bonus,
            "period": job.period,
            "member": job.member,
            "actor": job.member,
            "job": job.id,
            "stretch": job.stretch,
            "at": now,
        },
    )


def enter_period(
    connection: Connection,
    guild: int,
    kind: EntryKind,
    mark: str,
    pool: Pool,
    change: int,
    after: int,
    now: datetime,
) -> None:
    connection.execute(
        _ENTER,
        {
            "key": f"{kind}:{guild}:{mark}",
            "guild": guild,
            "kind": kind.value,
            "amount": abs(change),
            "allowance_change": change,
            "bonus_change": 0,
            "allowance_after": after,
            "bonus_after": pool.bonus,
            "period": pool.number,
            "at": now,
        },
    )


def enter_decision(
    connection: Connection,
    guild: int,
    kind: EntryKind,
    key: str,
    pool: Pool,
    *,
    actor: int,
    at: datetime,
    bonus: int = 0,
    **details: Any,
) -> None:
    """What a person decided; the pool as it stands after it. `bonus` is what it moved."""
    connection.execute(
        _ENTER,
        {
            "key": key,
            "guild": guild,
            "kind": kind.value,
            "amount": abs(bonus),
            "allowance_change": 0,
            "bonus_change": bonus,
            "allowance_after": balance(pool),
            "bonus_after": pool.bonus,
            "period": pool.number,
            "actor": actor,
            "at": at,
            **details,
        },
    )
