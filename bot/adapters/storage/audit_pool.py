"""A guild's pool made again from its entries, each of which comes with its job."""

from typing import Final

from bot.adapters.storage.audit_lines import PoolLine
from bot.adapters.storage.audit_rules import RulesReplay
from bot.domain.jobs import JobState, captures
from bot.domain.ledger import EntryKind

_OF_JOB: Final = frozenset({EntryKind.HOLD, EntryKind.CAPTURE, EntryKind.RELEASE})
_PERIOD: Final = frozenset({EntryKind.REFILL, EntryKind.LAPSE})
_GRANTING: Final = frozenset({EntryKind.GRANT, EntryKind.TAKE})
_PAUSING: Final = frozenset({EntryKind.PAUSE, EntryKind.RESUME})
_SETTLING: Final = frozenset({EntryKind.CAPTURE, EntryKind.RELEASE})
_DIRECTIONS: Final[dict[str, tuple[int, int]]] = {
    EntryKind.REFILL: (1, 0),
    EntryKind.GRANT: (0, 1),
    EntryKind.TAKE: (0, -1),
}
_KINDS: Final = frozenset(EntryKind)
_STATES: Final = frozenset(JobState)


class PoolReplay:
    """A pool as its entries make it; what an entry claims is believed once it was judged.

    `begun` is the entry that the running period began with, `plan` the allowance that the operator decided on last.
    """

    def __init__(self) -> None:
        self.number = 0
        self.left = self.spent = self.held = 0
        self.bonus = self.bonus_held = 0
        self.paused = False
        self.plan: tuple[int | None] | None = None
        self.begun: int | None = None
        self.rules = RulesReplay()

    def enter(self, entry: PoolLine) -> str | None:
        """What is wrong with the entry, or None."""
        carried = self._begin(entry)
        text = carried or self._judge(entry)
        self.left, self.bonus = entry.allowance_after, entry.bonus_after
        self._count(entry)
        return text

    @property
    def given(self) -> int:
        """The allowance of the running period."""
        return self.left + self.spent + self.held

    def move_to(self, number: int) -> None:
        """Into a later period. Where nothing lapses and nothing is given, no entry tells of it."""
        if number > self.number:
            self.number, self.spent, self.held, self.begun = number, 0, 0, None

    def _begin(self, entry: PoolLine) -> str | None:
        if entry.period <= self.number or entry.kind in _SETTLING:
            return None
        self.move_to(entry.period)
        self.begun = entry.id if entry.kind in _PERIOD else None
        carried = entry.allowance_after if entry.kind == EntryKind.LAPSE else self.left
        return f"{carried} of the period before are carried on" if carried else None

    def _judge(self, entry: PoolLine) -> str | None:
        text = self._misplaced(entry) or (_of_job(entry) if entry.kind in _OF_JOB else self._of_pool(entry))
        if text is not None:
            return text
        moved, due = (entry.allowance_change, entry.bonus_change), self._due(entry)
        if moved != due or entry.amount != _amount(entry):
            return f"it says {entry.amount} and moves {both(*moved)}, where {both(*due)} is due"
        claimed = (entry.allowance_after, entry.bonus_after)
        made = (self.left + moved[0], self.bonus + moved[1])
        return (
            None if claimed == made else f"it says {both(*claimed)} after it, the entries up to it make {both(*made)}"
        )

    def _misplaced(self, entry: PoolLine) -> str | None:
        late = entry.kind in _SETTLING and entry.period <= self.number
        if entry.period == self.number or late:
            return None
        return f"it belongs to period {entry.period}, but {self.number} is running"

    def _of_pool(self, entry: PoolLine) -> str | None:
        if entry.kind not in _KINDS:
            return "there is no such kind"
        if entry.job is not None:
            return f"it names job {entry.job}"
        if entry.kind in _PAUSING:
            return None if self.paused is (entry.kind == EntryKind.RESUME) else "it changes nothing"
        if entry.kind in _GRANTING and (entry.before, entry.after) != (self.bonus, entry.bonus_after):
            return f"it says {entry.before} before it and {entry.after} after it, which the bonus was not"
        if entry.kind == EntryKind.PLAN and (entry.after or 0) != self.given:
            return f"it says {entry.after} after it, where {self.given} were given"
        return self.rules.judge(entry)

    def _due(self, entry: PoolLine) -> tuple[int, int]:
        """What it had to move of the allowance and of the bonus."""
        if entry.kind == EntryKind.HOLD:
            return -entry.allowance, -entry.bonus
        if entry.kind == EntryKind.RELEASE:  # the allowance of a period that is over vanishes
            back = entry.allowance if entry.period == self.number and entry.allowance_change else 0
            return back, entry.bonus
        if entry.kind == EntryKind.LAPSE:  # a debt lapses, too
            return -self.left if entry.allowance_after == 0 else -entry.amount, 0
        allowance, bonus = _DIRECTIONS.get(entry.kind, (0, 0))
        return allowance * entry.amount, bonus * entry.amount

    def _count(self, entry: PoolLine) -> None:
        if entry.kind in _OF_JOB:
            self._count_job(entry)
        elif entry.kind in _PAUSING:
            self.paused = entry.kind == EntryKind.PAUSE
        elif entry.kind == EntryKind.PLAN:
            self.plan = (entry.after,)
        else:
            self.rules.enter(entry)

    def _count_job(self, entry: PoolLine) -> None:
        if entry.known_job is None:
            return
        if entry.kind == EntryKind.RELEASE and entry.allowance and not entry.allowance_change:
            self.move_to(entry.period + 1)
        sign = 1 if entry.kind == EntryKind.HOLD else -1
        self.bonus_held += sign * entry.bonus
        if entry.period == self.number:
            self.held += sign * entry.allowance
            self.spent += entry.allowance if entry.kind == EntryKind.CAPTURE else 0


def _of_job(entry: PoolLine) -> str | None:
    """What of an entry does not fit its job."""
    if entry.known_job is None:
        return f"its job {entry.job} is not there"
    if entry.key != f"{'hold' if entry.kind == EntryKind.HOLD else 'settle'}:{entry.job}":
        return f"its key is {entry.key}"
    claimed = (entry.guild, entry.member, entry.period, entry.stretch or 0)
    if claimed != (entry.job_guild, entry.job_member, entry.job_period, entry.job_stretch):
        return f"job {entry.job} is of another member, period or stretch"
    if entry.kind in _SETTLING and entry.kind != settlement(entry.state, painted=entry.painted):
        return f"job {entry.job} is {entry.state}"
    return None


def settlement(state: str, *, painted: bool) -> EntryKind | None:
    """How a job in this state was settled; None where it has not ended."""
    if state not in _STATES or not JobState(state).ended:
        return None
    before = JobState.PAINTED if painted else JobState.PAINTING
    return EntryKind.CAPTURE if captures(before, JobState(state)) else EntryKind.RELEASE


def _amount(entry: PoolLine) -> int:
    """What its amount has to be."""
    if entry.kind in _OF_JOB:
        return entry.allowance + entry.bonus
    return abs(entry.allowance_change + entry.bonus_change)


def both(allowance: int, bonus: int) -> str:
    return f"{allowance} + {bonus}"
