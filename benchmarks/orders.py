"""What a member asks for where only the database is measured."""

from datetime import datetime
from typing import Final

from bot.domain.jobs import Origin, job_id
from bot.domain.orders import Caller, Order
from bot.domain.parameters import ImageParameters

_PROMPT: Final = "A red fox in the snow, looking over its shoulder, in the long light of a winter's evening"


def order(number: int, *, guild: int, member: int, at: datetime) -> Order:
    caller = Caller(
        interaction=number,
        guild=guild,
        channel=1,
        places=frozenset(),
        age_restricted=False,
        member=member,
        roles=frozenset(),
        manages=False,
        missing_rights=(),
        upload_limit=10_000_000,
    )
    return Order(
        id=job_id(number),
        caller=caller,
        origin=Origin.IMAGINE,
        parent=None,
        parameters=ImageParameters(prompt=_PROMPT, seed=number),
        price=1,
        at=at,
    )
