"""What can be logged in a guild's channels, each kind where the guild's rules say."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, TypeAlias

from bot.domain.acts import Act, Change
from bot.domain.jobs import Job
from bot.domain.orders import Caller
from bot.domain.parameters import ImageParameters
from bot.domain.records import Event, Record
from bot.domain.refusals import RefusalError
from bot.domain.rules import Family

_RULING: Final = frozenset({Event.SETTING, Event.BLOCK, Event.UNBLOCK})


@dataclass(frozen=True, slots=True)
class Made:
    """A picture is there for all to see."""

    family: ClassVar = Family.MADE
    job: Job

    @property
    def guild(self) -> int:
        return self.job.guild


@dataclass(frozen=True, slots=True)
class Refused:
    """A door said no; `parameters` is None where the picture to make again was not known."""

    family: ClassVar = Family.REFUSED
    caller: Caller
    parameters: ImageParameters | None
    reason: RefusalError
    at: datetime

    @property
    def guild(self) -> int:
        return self.caller.guild


@dataclass(frozen=True, slots=True)
class Stopped:
    """The provider's safety filter stopped what a door let through."""

    family: ClassVar = Family.REFUSED
    job: Job

    @property
    def guild(self) -> int:
        return self.job.guild


@dataclass(frozen=True, slots=True)
class Decided:
    """Staff changed a rule, blocked or unblocked somebody, or did something about a picture."""

    record: Record

    @property
    def guild(self) -> int:
        return self.record.deed.guild

    @property
    def family(self) -> Family:
        return Family.CHANGED if self.record.deed.event in _RULING else Family.REMOVED


@dataclass(frozen=True, slots=True)
class Divided:
    """Staff decided about credits."""

    family: ClassVar = Family.CREDITS
    act: Act
    change: Change

    @property
    def guild(self) -> int:
        return self.act.guild


News: TypeAlias = Made | Refused | Stopped | Decided | Divided
