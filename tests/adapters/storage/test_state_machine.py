"""Everything that may happen to a guild's credits and jobs, in any order, against a plain model of it."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from bot.domain.acts import Act, Change, Target, TargetKind, Verb
from bot.domain.credits import PeriodKind, Plan
from bot.domain.refusals import RefusalError, TooLittleError
from tests.adapters.storage.effort import effort
from tests.adapters.storage.machine import MEMBERS, Holding
from tests.adapters.storage.scenes import EVERYBODY, act

PLANS = st.builds(Plan, st.none() | st.integers(0, 15), st.sampled_from(PeriodKind))
MEMBER = st.sampled_from([Target(TargetKind.MEMBER, member) for member in MEMBERS])
ROLE = st.sampled_from([Target(TargetKind.ROLE, role) for role in (55, 56)])
SOME = st.integers(1, 8)
CAPS = st.none() | st.integers(0, 12)
WISHES = st.one_of(
    st.tuples(st.sampled_from([Verb.GIVE, Verb.TAKE]), MEMBER | ROLE, SOME),
    st.tuples(st.just(Verb.SET), MEMBER | ROLE | st.just(EVERYBODY), CAPS),
    st.tuples(st.just(Verb.EXEMPT), ROLE, st.integers(0, 1)),
    st.tuples(st.just(Verb.RESET), MEMBER | ROLE, st.none()),
)


class Ledger(Holding):
    """With what staff and the operator decide in between."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[tuple[Act, Change]] = []
        self.grants: set[int] = set()

    @rule(wish=WISHES)
    def staff_decides(self, wish: tuple[Verb, Target, int | None]) -> None:
        asked = act(self.key(), *wish, at=self.till.now)
        outcome = self.attempt(lambda: self.till.act(asked))
        expected = self.decided(*wish)
        if expected is None:
            assert isinstance(outcome, TooLittleError)
        else:
            assert outcome == Change(*expected)
            self.done.append((asked, Change(*expected, fresh=False)))

    def decided(self, verb: Verb, target: Target, amount: int | None) -> tuple[int | None, int | None] | None:
        match target.kind:
            case TargetKind.MEMBER:
                return self.model.decide_on_member(target.id, verb, amount)
            case TargetKind.ROLE:
                return self.model.decide_on_role(target.id, verb, amount)
            case TargetKind.EVERYBODY:
                before, self.model.default = self.model.default, amount
                return before, amount

    @precondition(lambda self: self.done)
    @rule(data=st.data())
    def a_decision_arrives_again(self, data: st.DataObject) -> None:
        asked, change = data.draw(st.sampled_from(self.done))
        again = replace(asked, at=self.till.now)
        assert self.attempt(lambda: self.till.act(again)) == change

    @rule(amount=st.integers(-6, 6).filter(bool), key=st.integers(1, 12))
    def grant(self, amount: int, key: int) -> None:
        """Or take; a key that was used already changes nothing."""
        outcome = self.attempt(lambda: self.till.grant(key, amount))
        if key in self.grants:
            assert not isinstance(outcome, RefusalError)
        elif self.model.bonus + amount < 0:
            assert isinstance(outcome, TooLittleError)
        else:
            self.model.bonus += amount
            self.grants.add(key)

    @rule(plan=st.none() | PLANS, again=st.booleans())
    def the_operator_changes_the_plan(self, plan: Plan | None, again: bool) -> None:
        key = self.key()
        self.attempt(lambda: self.till.set_plan(key, plan))
        self.model.own_plan = plan
        self.model.move_to(self.till.plan, self.till.now)
        if again:
            self.attempt(lambda: self.till.set_plan(key, Plan(99, PeriodKind.WEEK)))

    @rule(plan=PLANS)
    def the_house_changes_its_plan(self, plan: Plan) -> None:
        self.till.plan = plan
        self.up_to_date()

    @rule(paused=st.booleans(), again=st.booleans())
    def the_operator_pauses(self, paused: bool, again: bool) -> None:
        key = self.key()
        changed = self.attempt(lambda: self.till.pause(key, paused=paused))
        assert changed is (paused is not self.model.paused)
        self.model.paused = paused
        if again:
            assert self.attempt(lambda: self.till.pause(key, paused=paused)) is False

    @rule(wish=WISHES, amount=SOME, plan=PLANS)
    def decisions_crash(self, wish: tuple[Verb, Target, int | None], amount: int, plan: Plan) -> None:
        key = self.key()
        self.crash(lambda: self.till.act(act(key, *wish, at=self.till.now)))
        self.crash(lambda: self.till.grant(key + 1000, amount))
        self.crash(lambda: self.till.set_plan(key, plan))


def test_credits_and_jobs_agree_whatever_happens(url: str) -> None:
    Ledger.url = url
    run_state_machine_as_test(Ledger, settings=effort(15 if url.startswith("sqlite") else 6, steps=30))
