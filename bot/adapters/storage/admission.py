"""The hold: one transaction that writes jobs and takes their price, or says which guard refused."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, union_all

from bot.adapters.storage import members, money, pools, preferences, rows
from bot.adapters.storage.queue import place_of_last
from bot.adapters.storage.tables import facts, is_busy, is_moderated, is_promised, jobs, provider_days
from bot.domain.credits import PeriodKind, Plan, Pool, Split, next_day
from bot.domain.failures import CardRemovedError
from bot.domain.jobs import Job, JobId, JobState, Origin
from bot.domain.orders import Limits, Offer, Order, Standing
from bot.domain.preferences import Choices
from bot.domain.refusals import (
    DayFullError,
    GuildBusyError,
    MemberBusyError,
    OnlySomeError,
    OutOfCreditsError,
    PausedError,
    RefusalError,
    UnderWayError,
)
from bot.domain.rule_refusals import CooldownError, ModeratedTooOftenError

PAUSED: Final = "paused"
"""The fact that stands while the operator has paused every guild."""

_ONCE: Final = frozenset({Origin.REROLL, Origin.RETRY, Origin.VARIATION})
"""What a second press of the same member waits for. What has words of its own may be asked for beside others."""
_SAME: Final = select(jobs).where(
    jobs.c.parent == bindparam("source"),
    jobs.c.member == bindparam("presser"),
    jobs.c.origin == bindparam("by"),
    is_busy,
)
_OF_GUILD: Final = select(func.count()).select_from(jobs).where(jobs.c.guild == bindparam("of"), is_busy)
_CROWD: Final[Select[Any]] = select(
    select(func.count()).select_from(jobs).where(jobs.c.id == bindparam("asked")).scalar_subquery().label("known"),
    select(func.count()).select_from(facts).where(facts.c.name == PAUSED).scalar_subquery().label("paused"),
    select(provider_days.c.calls).where(provider_days.c.day == bindparam("today")).scalar_subquery().label("calls"),
    select(func.count()).select_from(jobs).where(is_promised).scalar_subquery().label("promised"),
    _OF_GUILD.scalar_subquery().label("of_guild"),
    _OF_GUILD.where(jobs.c.member == bindparam("presser")).scalar_subquery().label("of_member"),
)
_BY_MEMBER: Final = (jobs.c.guild == bindparam("of"), jobs.c.member == bindparam("presser"))
_LATELY: Final = jobs.c.ended_at > bindparam("since")
# Apart, because each has an index of its own: what somebody removed a card of was asked for within a day.
_REMOVED: Final = (
    *(jobs.c.created_at > bindparam("asked_since"), jobs.c.state == JobState.FAILED.value),
    jobs.c.failure == CardRemovedError.code,
)
_FOR_NOTHING: Final = union_all(
    select(jobs.c.ended_at).where(*_BY_MEMBER, _LATELY, is_moderated),
    select(jobs.c.ended_at).where(*_BY_MEMBER, _LATELY, *_REMOVED),
).subquery()
_FOR_NOTHING_LATELY: Final = (
    select(_FOR_NOTHING.c.ended_at).order_by(_FOR_NOTHING.c.ended_at.desc()).limit(bindparam("most"))
)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
_WRITE: Final = insert(jobs).values(lease_until=rows.LEASE_END).inline()


def hold(connection: Connection, order: Order, plan: Plan, limits: Limits, owner: str) -> Standing:
    (standing,) = hold_all(connection, [order], plan, limits, owner)
    return standing


def hold_for(
    connection: Connection,
    member: int,
    preset: str | None,
    make: Callable[[Choices], Order],
    plan: Plan,
    limits: Limits,
    owner: str,
) -> Standing:
    return hold(connection, make(preferences.choices(connection, member, preset)), plan, limits, owner)


def rehearse_for(
    connection: Connection,
    member: int,
    preset: str | None,
    make: Callable[[Choices], Order],
    plan: Plan,
    limits: Limits,
    owner: str,
) -> Standing:
    """The same, and nothing of it stays."""
    trial = connection.begin_nested()
    try:
        return hold_for(connection, member, preset, make, plan, limits, owner)
    finally:
        trial.rollback()


def hold_all(connection: Connection, orders: Sequence[Order], plan: Plan, limits: Limits, owner: str) -> list[Standing]:
    """One request for several jobs: all of them or none."""
    held: list[Standing] = []
    try:
        for standing in _held_in_turn(connection, orders, plan, limits, owner):
            held.append(standing)  # noqa: PERF402 - those before the one that is refused count
    except RefusalError as refusal:
        if held:
            raise OnlySomeError(len(orders), len(held), refusal) from refusal
        raise
    return held


def repeat(
    connection: Connection,
    source: JobId,
    make: Callable[[Job | None], Order],
    plan: Plan,
    limits: Limits,
    owner: str,
) -> Standing:
    return hold(connection, make(rows.find(connection, source)), plan, limits, owner)


def repeat_all(
    connection: Connection,
    source: JobId,
    make: Callable[[Job | None], Sequence[Order]],
    plan: Plan,
    limits: Limits,
    owner: str,
) -> list[Standing]:
    return hold_all(connection, make(rows.find(connection, source)), plan, limits, owner)


def rehearse_all(
    connection: Connection,
    source: JobId,
    make: Callable[[Job | None], Sequence[Order]],
    plan: Plan,
    limits: Limits,
    owner: str,
) -> Offer:
    """How many of them would be held, by the same guards, and what speaks against one more. Nothing is."""
    orders, count = make(rows.find(connection, source)), 0
    trial = connection.begin_nested()
    try:
        for _ in _held_in_turn(connection, orders, plan, limits, owner):
            count += 1
    except RefusalError as refusal:
        if not count:
            raise
        return Offer(count, orders[0].price, refusal)
    finally:
        trial.rollback()
    return Offer(count, orders[0].price)


def _held_in_turn(
    connection: Connection, orders: Sequence[Order], plan: Plan, limits: Limits, owner: str
) -> Iterator[Standing]:
    """What concerns the request is judged once, slots and credits for each job."""
    first = orders[0]
    pool = pools.lock(connection, first.caller.guild, plan, first.at)
    crowd = _crowd(connection, first)
    if crowd.known:
        yield from (_known(connection, order) for order in orders)
        return
    _guard_pause(crowd, pool)
    _guard_repeat(connection, first)
    _guard_haste(connection, first, limits)
    for order in orders:
        if order is not first:
            pool, crowd = pools.lock(connection, order.caller.guild, plan, order.at), _crowd(connection, order)
        yield _held(connection, order, pool, crowd, limits, owner)


def _held(connection: Connection, order: Order, pool: Pool, crowd: Row[Any], limits: Limits, owner: str) -> Standing:
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


def _guard_pause(crowd: Row[Any], pool: Pool) -> None:
    if pool.paused or crowd.paused:
        raise PausedError(everywhere=bool(crowd.paused))


def _guard_repeat(connection: Connection, order: Order) -> None:
    if order.parent is None or order.origin not in _ONCE:
        return
    same = rows.first(connection, _SAME, source=order.parent, presser=order.caller.member, by=order.origin.value)
    if same is not None:
        raise UnderWayError(same)


def _guard_haste(connection: Connection, order: Order, limits: Limits) -> None:
    guild, member = order.caller.guild, order.caller.member
    asked_at = members.asked_at(connection, guild, member) if limits.cooldown else None
    if asked_at is not None and order.at < asked_at + limits.cooldown:
        raise CooldownError(asked_at + limits.cooldown)
    if limits.moderated_an_hour:
        since = {"since": order.at - HOUR, "asked_since": order.at - DAY}
        values = {"of": guild, "presser": member, "most": limits.moderated_an_hour, **since}
        ends = connection.execute(_FOR_NOTHING_LATELY, values).scalars().all()
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
        source=order.source,
        given=order.given,
        parent_at=order.parent_at,
    )
