"""What each member has used of their cap. The pool is locked by whoever calls, hence all accounts of its guild."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, bindparam, case, func, null, or_, select, update

from bot.adapters.storage.pools import insert_or_skip
from bot.adapters.storage.tables import members
from bot.domain.caps import Account, room
from bot.domain.credits import Pool
from bot.domain.jobs import Job
from bot.domain.orders import Caller
from bot.domain.refusals import CapReachedError

_OWN: Final = (members.c.guild == bindparam("of"), members.c.member == bindparam("who"))
_FIND: Final = select(members).where(*_OWN)
_LIMIT: Final = func.coalesce(members.c.cap, bindparam("cap_by_rules", type_=members.c.cap.type))
_HOLD: Final = (
    update(members)
    .where(
        *_OWN,
        members.c.period == bindparam("running"),
        members.c.reset >= bindparam("last_reset"),
        or_(
            _LIMIT.is_(null()),
            members.c.used + members.c.held + bindparam("price")
            <= _LIMIT + members.c.extra + bindparam("extra_by_rules"),
        ),
    )
    .values(held=members.c.held + bindparam("price"), asked_at=bindparam("at"))
    .returning(members.c.number)
)
_SETTLE: Final = (
    update(members)
    .where(*_OWN, members.c.number == bindparam("stretch"))
    .values(
        held=members.c.held - bindparam("price"),
        used=members.c.used + bindparam("captured"),
        # What cost nothing makes nobody wait.
        asked_at=case(
            (and_(bindparam("captured") == 0, members.c.asked_at == bindparam("asked")), None), else_=members.c.asked_at
        ),
    )
)
_ASKED: Final = select(members.c.asked_at).where(*_OWN)


def asked_at(connection: Connection, guild: int, member: int) -> datetime | None:
    """When the member last asked for a picture that was not free in the end."""
    asked: datetime | None = connection.execute(_ASKED, {"of": guild, "who": member}).scalar_one_or_none()
    return asked


def hold(connection: Connection, caller: Caller, pool: Pool, price: int, now: datetime) -> int:
    """Count a price against the member's cap; the number of the account's stretch, which the job remembers."""
    number = _hold(connection, caller, pool, price, now)
    if number is not None:
        return number
    # The account is new, or a period or a reset began since; or the cap does not suffice.
    account = current(connection, caller, pool)
    keep(connection, caller.guild, caller.member, account)
    number = _hold(connection, caller, pool, price, now)
    if number is None:
        raise CapReachedError(price, room(pool.rules, account, caller.roles), pool.refills_at)
    return number


def settle(connection: Connection, job: Job, *, captured: bool) -> None:
    """What an earlier stretch held no longer counts, and finds nothing here."""
    used = job.price if captured else 0
    account = {"of": job.guild, "who": job.member, "stretch": job.stretch, "asked": job.created_at}
    connection.execute(_SETTLE, {**account, "price": job.price, "captured": used})


def current(connection: Connection, caller: Caller, pool: Pool) -> Account:
    """The member's account as it is now; written only by `keep`."""
    return find(connection, caller.guild, caller.member, pool).current(pool.rules, caller.roles, pool.number)


def find(connection: Connection, guild: int, member: int, pool: Pool) -> Account:
    row = connection.execute(_FIND, {"of": guild, "who": member}).one_or_none()
    # Jobs from before there were accounts have stretch 0: they must not settle in one.
    return Account(1, pool.number, reset=pool.rules.resets) if row is None else _account_of(row)


def keep(connection: Connection, guild: int, member: int, account: Account) -> None:
    columns = {
        "number": account.number,
        "period": account.period,
        "used": account.used,
        "held": account.held,
        "extra": account.extra,
        "cap": account.cap,
        "reset": account.reset,
    }
    if not insert_or_skip(connection, members, guild=guild, member=member, **columns):
        connection.execute(update(members).where(*_OWN), {"of": guild, "who": member, **columns})


def _hold(connection: Connection, caller: Caller, pool: Pool, price: int, now: datetime) -> int | None:
    values = {
        "of": caller.guild,
        "who": caller.member,
        "running": pool.number,
        "last_reset": pool.rules.last_reset(caller.roles, pool.number),
        "cap_by_rules": pool.rules.cap(None, caller.roles).limit,
        "extra_by_rules": pool.rules.extra_of(caller.roles, pool.number),
        "price": price,
        "at": now,
    }
    number: int | None = connection.execute(_HOLD, values).scalar_one_or_none()
    return number


def _account_of(row: Row[Any]) -> Account:
    return Account(row.number, row.period, row.used, row.held, row.extra, row.cap, row.reset)
