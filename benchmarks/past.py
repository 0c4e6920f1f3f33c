"""What a guild has behind it: pictures delivered long ago, two entries of the ledger each."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, text, update

from bot.adapters.storage import rows
from bot.adapters.storage.tables import jobs, ledger, members, pools, provider_days
from bot.domain.credits import Split
from bot.domain.jobs import Job, JobState, Origin, job_id
from bot.domain.parameters import ImageParameters

CROWD: Final = 500
"""Members who made them."""
FIRST_MEMBER: Final = 1000
_OWN: Final = pools.c.guild == bindparam("of")


def write(connection: Connection, guild: int, pictures: int, now: datetime) -> None:
    """Of a guild whose pool was just opened, with a limit; one credit each."""
    if not pictures:
        return
    given = connection.execute(select(pools.c.allowance).where(_OWN), {"of": guild}).scalar_one()
    numbers = range(1, pictures + 1)
    connection.execute(insert(jobs), [_job(guild, number, now) for number in numbers])
    connection.execute(insert(ledger), [it for number in numbers for it in _entries(guild, number, given, now)])
    connection.execute(insert(members), list(_accounts(guild, pictures)))
    connection.execute(insert(provider_days), {"day": now.date(), "calls": pictures})
    connection.execute(update(pools).where(_OWN).values(spent=pictures), {"of": guild})
    if connection.dialect.name == "postgresql":
        for chore in ("ANALYZE", "CHECKPOINT"):  # the server's own, which it would do in the middle of a round
            connection.execute(text(chore))


def _job(guild: int, number: int, now: datetime) -> dict[str, Any]:
    delivered = Job(
        id=job_id(number),
        guild=guild,
        channel=1,
        member=_member(number),
        origin=Origin.IMAGINE,
        parent=None,
        parameters=ImageParameters(prompt="a red fox in the snow", seed=number),
        upload_limit=10_000_000,
        split=Split(1, 0),
        period=1,
        stretch=1,
        state=JobState.DELIVERED,
        owner="somebody",
        lease=1,
        cancelling=False,
        created_at=now,
    )
    moments = dict.fromkeys(("queued_at", "painting_at", "painted_at", "ended_at"), now)
    return {**rows.columns_of(delivered), "lease_until": 0, "turn": number, **moments}


def _entries(guild: int, number: int, given: int, now: datetime) -> Iterator[dict[str, Any]]:
    job, member = job_id(number), _member(number)
    whose = {"guild": guild, "member": member, "actor": member, "job": job, "period": 1, "stretch": 1, "at": now}
    amounts = {"amount": 1, "bonus_change": 0, "allowance_after": given - number, "bonus_after": 0}
    yield {**whose, **amounts, "kind": "hold", "key": f"hold:{job}", "allowance_change": -1}
    yield {**whose, **amounts, "kind": "capture", "key": f"settle:{job}", "allowance_change": 0}


def _accounts(guild: int, pictures: int) -> Iterator[dict[str, Any]]:
    nothing = {"held": 0, "extra": 0, "cap": None, "reset": 0}
    for member in range(FIRST_MEMBER, FIRST_MEMBER + CROWD):
        used = len(range((member - FIRST_MEMBER) or CROWD, pictures + 1, CROWD))
        if used:
            yield {"guild": guild, "member": member, "number": 1, "period": 1, "used": used, **nothing}


def _member(number: int) -> int:
    return FIRST_MEMBER + number % CROWD
