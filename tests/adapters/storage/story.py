"""A guild's two days with something of everything in them, for the audit."""

from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from bot.domain.acts import Target, TargetKind, Verb
from bot.domain.credits import PeriodKind, Plan
from bot.domain.jobs import JobState
from tests.adapters.storage.scenes import EVERYBODY, ME, MY_ROLE, ROLE, START, act
from tests.adapters.storage.till import Till

EXEMPT_ROLE: Final = Target(TargetKind.ROLE, 56)
OTHER: Final = 34
HOLDER: Final = 35
PLAN: Final = Plan(10, PeriodKind.DAY)


def write(connection: Connection) -> None:
    till = Till(connection, plan=PLAN, now=START - timedelta(days=1))
    _yesterday(till)
    till.now = START
    _decisions(till)
    _jobs(till)
    till.set_plan(310, Plan(12, PeriodKind.DAY))
    for key, paused in ((320, True), (321, False), (322, True)):
        till.pause(key, paused=paused)
    till.bring(99, JobState.QUEUED, guild=99)
    till.plan = Plan(None, PeriodKind.MONTH)
    till.bring(5, JobState.DELIVERED, guild=5)


def _yesterday(till: Till) -> None:
    till.grant(300, 9)
    till.bring(90, JobState.PAINTED, price=2)
    till.bring(91, JobState.FAILED, price=1)
    till.act(act(200, Verb.GIVE, ME, 7, at=till.now))


def _decisions(till: Till) -> None:
    till.grant(301, -3)
    till.act(act(210, Verb.SET, EVERYBODY, 30, at=till.now))
    till.act(act(211, Verb.SET, MY_ROLE, 20, at=till.now))
    till.act(act(212, Verb.GIVE, MY_ROLE, 2, at=till.now))
    till.act(act(213, Verb.EXEMPT, EXEMPT_ROLE, 1, at=till.now))
    till.act(act(214, Verb.SET, ME, 25, at=till.now))
    till.act(act(215, Verb.GIVE, ME, 4, at=till.now))
    till.act(act(216, Verb.TAKE, ME, 1, at=till.now))


def _jobs(till: Till) -> None:
    """From the allowance, from both, and from the bonus; across a reset of a member, and of a role."""
    till.bring(1, JobState.DELIVERED, price=4)
    till.bring(2, JobState.FAILED, price=2)
    till.bring(3, JobState.PAINTED, price=4)
    before = till.bring(6, JobState.PAINTED, member=OTHER)
    till.act(act(220, Verb.RESET, Target(TargetKind.MEMBER, OTHER), at=till.now))
    till.settle(before.held_lease, JobState.DELIVERED)
    till.bring(7, JobState.ACCEPTED, member=OTHER, price=2)
    holder = {"member": HOLDER, "roles": frozenset({ROLE})}
    till.bring(8, JobState.ACCEPTED, **holder)
    till.act(act(221, Verb.RESET, MY_ROLE, at=till.now))
    till.bring(9, JobState.ACCEPTED, **holder)
    till.bring(4, JobState.QUEUED, price=2)
