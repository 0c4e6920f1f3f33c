"""The hold: one transaction that writes a job and takes its price, or says which guard refused."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select

from bot.adapters.storage import members, money, pools, rows
from bot.adapters.storage.queue import place_of_last
from bot.adapters.storage.tables import facts, is_busy, is_moderated, is_promised, jobs, provider_days
from bot.domain.credits import PeriodKind, Plan, Pool, Split, next_day
from bot.domain.jobs import Job, JobId, JobState
from bot.domain.orders import Limits, Order, Standing
from bot.domain.refusals import (
    DayFullError,
    GuildBusyError,
    MemberBusyError,
    OutOfCreditsError,
    PausedError,
    UnderWayError,
)
from bot.domain.rule_refusals import CooldownError, ModeratedTooOftenError

PAUSED: Final = "paused"
"""The fact that stands while the operator has paused every guild."""

_SAME: Final = select(jobs).where(jobs.c.parent == bindparam("source"), jobs.c.member == bindparam("presser"), is_busy)
_OF_GUILD: Final = select(func.count()).select_from(jobs).where(jobs.c.guild == bindparam("of"), is_busy)
_CROWD: Final[Select[Any]] = select(
    select(func.count()).select_from(jobs).where(jobs.c.id == bindparam("asked")).scalar_subquery().label("known"),
    select(func.count()).select_from(facts).where(facts.c.name == PAUSED).scalar_subquery().label("paused"),
    select(provider_days.c.calls).where(provider_days.c.day == bindparam("today")).scalar_subquery().label("calls"),
    select(func.count()).select_from(jobs).where(is_promised).scalar_subquery().label("promised"),
    _OF_GUILD.scalar_subquery().label("of_guild"),
    _OF_GUILD.where(jobs.c.member == bindparam("presser")).scalar_subquery().label("of_member"),
)
_MODERATED: Final = (
    select(jobs.c.ended_at)
    .where(
        is_moderated,
        jobs.c.guild == bindparam("of"),
        jobs.c.member == bindparam("presser"),
        jobs.c.ended_at > bindparam("since"),
    )
    .order_by(jobs.c.ended_at.desc())
    .limit(bindparam("most"))
)
HOUR: Final = timedelta(hours=1)
_WRITE: Final = insert(jobs).values(lease_until=rows.LEASE_END).inline()


def hold(connection: Connection, order: Order, plan: Plan, limits: Limits, owner: str) -> Standing:
    pool = pools.lock(connection, order.caller.guild, plan, order.at)
    crowd = _crowd(connection, order)
    if crowd.known:
        return _known(connection, order)
    _guard_pause(crowd, pool)
    _guard_repeat(connection, order)
    _guard_haste(connection, order, limits)
    _guard_crowd(crowd, order, limits)
    stretch = members.hold(connection, order.caller, pool, order.price, order.at)
    split = pool.split(order.price)
    if split is None:
        raise _out_of_credits(order, pool)
    job = _job(order, pool, split, stretch, owner)
    connection.execute(_WRITE, rows.columns_of(job))
    if not money.hold(connection, job):
        raise _out_of_credits(order, pool)
    return Standing(job, place_of_last(connection, job.guild), fresh=True)


def repeat(
    connection: Connection,
    source: JobId,
    make: Callable[[Job | None], Order],
    plan: Plan,
    limits: Limits,
    owner: str,
) -> Standing:
    return hold(connection, make(rows.find(connection, source)), plan, limits, owner)


def _guard_pause(crowd: Row[Any], pool: Pool) -> None:
    if pool.paused or crowd.paused:
        raise PausedError(everywhere=bool(crowd.paused))


def _guard_repeat(connection: Connection, order: Order) -> None:
    if order.parent is None:
        return
    same = rows.first(connection, _SAME, source=order.parent, presser=order.caller.member)
    if same is not None:
        raise UnderWayError(same)


def _guard_haste(connection: Connection, order: Order, limits: Limits) -> None:
    guild, member = order.caller.guild, order.caller.member
    asked_at = members.asked_at(connection, guild, member) if limits.cooldown else None
    if asked_at is not None and order.at < asked_at + limits.cooldown:
        raise CooldownError(asked_at + limits.cooldown)
    if limits.moderated_an_hour:
        values = {"of": guild, "presser": member, "since": order.at - HOUR, "most": limits.moderated_an_hour}
        ends = connection.execute(_MODERATED, values).scalars().all()
        if len(ends) == limits.moderated_an_hour:
            raise ModeratedTooOftenError(len(ends), ends[-1] + HOUR)


def _crowd(connection: Connection, order: Order) -> Row[Any]:
    today = PeriodKind.DAY.start(order.at)
    asked = {"asked": order.id, "today": today, "of": order.caller.guild, "presser": order.caller.member}
    return connection.execute(_CROWD, asked).one()


def _known(connection: Connection, order: Order) -> Standing:
    job = rows.job_of(connection.execute(rows.FIND, {"job": order.id}).one())
    return Standing(job, place_of_last(connection, job.guild), fresh=False)


def _guard_crowd(crowd: Row[Any], order: Order, limits: Limits) -> None:
    if (crowd.calls or 0) + crowd.promised >= limits.calls_per_day:
        raise DayFullError(next_day(order.at))
    if crowd.of_member >= limits.member_jobs:
        raise MemberBusyError(limits.member_jobs)
    if crowd.of_guild >= limits.guild_jobs:
        raise GuildBusyError(limits.guild_jobs)


def _out_of_credits(order: Order, pool: Pool) -> OutOfCreditsError:
    return OutOfCreditsError(order.price, pool.available or 0, pool.all_held, pool.refills_at)


def _job(order: Order, pool: Pool, split: Split, stretch: int, owner: str) -> Job:
    return Job(
        id=order.id,
        guild=order.caller.guild,
        channel=order.caller.channel,
        member=order.caller.member,
        origin=order.origin,
        parent=order.parent,
        parameters=order.parameters,
        upload_limit=order.caller.upload_limit,
        split=split,
        period=pool.number,
        stretch=stretch,
        state=JobState.ACCEPTED,
        owner=owner,
        lease=0,
        cancelling=False,
        created_at=order.at,
        spoiler=order.spoiler,
    )
