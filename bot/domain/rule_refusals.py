"""Where a guild's own rules say no, or staff cannot change them as they want.

RuleError
├── StaffPausedError           the guild's staff have paused it
├── WrongPlaceError            pictures are asked for in other channels here
├── RoleNeededError            the member has none of the roles that may use it
├── RoleBarredError            the member has a role that may not use it
├── BlockedError               staff blocked the member
├── PromptRefusedError         a word that the guild's staff refuse
├── AboveCeilingError          more steps or quality than the guild allows
├── OptionLockedError          an option that members may not set in this guild
├── RerollDeniedError          the guild lets others reroll, or only the requester
├── VariationsOffError         the guild has no variations
├── VeiledError                the picture was removed, deleted or erased, or is hidden until staff look
├── CooldownError              the member asked a short while ago
├── ModeratedTooOftenError     too many of the member's were paid for and came to nothing
├── ChangedMeanwhileError      somebody else changed the same setting
├── ChangedTooOftenError       the lists were changed so often today that their records would fill the disk
├── BadSettingError            a value that a setting cannot have
├── NothingToUndoError         what was done is the newest no more
├── NotBlockedError            there is nothing to lift
├── TooManyReportsError        the member reported too many pictures within an hour
├── OnlyHereError              the right to remove is one of this channel, and the picture another's
└── OnlyManagersError          only who manages the server may do this
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.jobs import Veil
from bot.domain.refusals import RefusalError


class RuleError(RefusalError):
    pass


class StaffPausedError(RuleError):
    pass


@dataclass(eq=False)
class WrongPlaceError(RuleError):
    """`places` are the channels and categories where pictures may be asked for."""

    places: Sequence[int]


@dataclass(eq=False)
class RoleNeededError(RuleError):
    """One of them is enough."""

    roles: Sequence[int]


@dataclass(eq=False)
class RoleBarredError(RuleError):
    role: int


@dataclass(eq=False)
class BlockedError(RuleError):
    """`until` is None where staff named no end."""

    until: datetime | None


class PromptRefusedError(RuleError):
    """A word of the guild's list. Which one is not told: that would teach the way around."""


@dataclass(eq=False)
class AboveCeilingError(RuleError):
    option: str
    asked: int
    ceiling: int


@dataclass(eq=False)
class OptionLockedError(RuleError):
    option: str


@dataclass(eq=False)
class RerollDeniedError(RuleError):
    """`roles` are those that may; none where only the requester may."""

    roles: Sequence[int]


class VariationsOffError(RuleError):
    pass


@dataclass(eq=False)
class VeiledError(RuleError):
    veil: Veil


@dataclass(eq=False)
class CooldownError(RuleError):
    over_at: datetime


@dataclass(eq=False)
class ModeratedTooOftenError(RuleError):
    times: int
    over_at: datetime


@dataclass(eq=False)
class ChangedMeanwhileError(RuleError):
    """Somebody else changed what the caller was looking at; nothing of the caller's was saved."""

    name: str


@dataclass(eq=False)
class ChangedTooOftenError(RuleError):
    name: str


@dataclass(eq=False)
class BadSettingError(RuleError):
    """`problem` is what is wrong with the value, in words."""

    name: str
    problem: str


class NothingToUndoError(RuleError):
    """It is the newest value no more, or was never one of this guild's."""


class NotBlockedError(RuleError):
    pass


@dataclass(eq=False)
class TooManyReportsError(RuleError):
    most: int
    over_at: datetime


class OnlyHereError(RuleError):
    """Who may delete messages in one channel removes what was asked for there, and nothing else."""


class OnlyManagersError(RuleError):
    """Staff decide nearly everything, but not who is staff."""
