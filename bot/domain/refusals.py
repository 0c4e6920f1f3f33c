"""Why a door says no, before anything is shown in public and before anything is charged.

RefusalError
├── NotInvitedError            this guild is not on the operator's list
├── OutsideGuildError          there is no server, hence no credits
├── MissingRightsError         the bot lacks permissions in the channel
├── TooBoldError               more safety tolerance than this channel allows
├── BadParametersError         values outside the ranges
├── PausedError                the operator has paused this guild, or everything
├── OutOfCreditsError          the guild's credits do not suffice
├── CapReachedError            the member's cap does not suffice
├── GuildBusyError             the guild has as many jobs as it may
├── MemberBusyError            the member has as many jobs as they may
├── DayFullError               the operator's bound on paid calls is reached
├── ProviderAwayError          the provider accepts no order from this installation
├── EditingOffError            the operator lets nobody edit pictures
├── SourceError                the picture that is to be edited cannot be used, or not any more
├── NotTakenError              the provider did not take it
├── NotPostedError             Discord did not take the card
├── UnderWayError              the same member already pressed this
├── OnlySomeError              of several pictures asked for at once, not all can be made
├── OfferChangedError          the price or the number of pictures is no longer what was offered
├── UnknownJobError            the job behind a button is gone
├── TooLateError               the job has ended, nothing is left to cancel
├── CostsAnywayError           cancelling now does not save the credits; asks to confirm
├── NotYoursError              only the requester or staff may do this
├── NotStaffError              only the guild's staff may do this
├── NotOperatorError           only the operator may do this
├── BadTargetError             nobody whose credits could be changed
├── BadAmountError             a number outside the range
├── TooLittleError             more is taken than there is
├── TooManyRulesError          as many roles have rules as may
├── UnknownGuildError          the operator named a guild that never used the bot
├── ConfirmationGoneError      what was to be confirmed is over
├── NotDrawnError              a chart of figures could not be drawn
├── RuleError                  a rule of the guild's own: `bot.domain.rule_refusals`
├── AlbumError                 pictures that were made before: `bot.domain.album_refusals`
├── AlreadyAtItError           the same person asked for the same, and it takes a while
├── PreferenceError            a member's own defaults and presets: `bot.domain.preference_refusals`
├── StoppingError              the bot is shutting down
├── StorageBusyError           the database is locked by somebody else
└── StorageDownError           the database cannot be reached
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.caps import Room
from bot.domain.circuit import Trouble
from bot.domain.jobs import Job


class RefusalError(Exception):
    """What a person reads is in `bot.ui.words`."""


class NotInvitedError(RefusalError):
    pass


class OutsideGuildError(RefusalError):
    pass


@dataclass(eq=False)
class MissingRightsError(RefusalError):
    rights: Sequence[str]


@dataclass(eq=False)
class TooBoldError(RefusalError):
    asked: int
    ceiling: int
    age_restricted: bool


@dataclass(eq=False)
class BadParametersError(RefusalError):
    """Each problem is a field's name and what is wrong with it."""

    problems: Sequence[tuple[str, str]]


@dataclass(eq=False)
class OutOfCreditsError(RefusalError):
    """`returns_at` is when the allowance comes back."""

    price: int
    available: int
    held: int
    returns_at: datetime


@dataclass(eq=False)
class PausedError(RefusalError):
    """`everywhere` is whether all guilds are."""

    everywhere: bool


@dataclass(eq=False)
class CapReachedError(RefusalError):
    """`returns_at` is when the period ends and the cap's use begins anew."""

    price: int
    room: Room
    returns_at: datetime


@dataclass(eq=False)
class GuildBusyError(RefusalError):
    limit: int


@dataclass(eq=False)
class MemberBusyError(RefusalError):
    limit: int


@dataclass(eq=False)
class DayFullError(RefusalError):
    returns_at: datetime


@dataclass(eq=False)
class ProviderAwayError(RefusalError):
    trouble: Trouble


class EditingOffError(RefusalError):
    pass


class SourceProblem(StrEnum):
    NONE = "none"
    KIND = "kind"
    EMPTY = "empty"
    HEAVY = "heavy"
    PIXELS = "pixels"
    FOREIGN = "foreign"
    EXPIRED = "expired"
    DELETED = "deleted"
    UNREACHABLE = "unreachable"
    CROWDED = "crowded"
    AT_IT = "at_it"
    """Something is being fetched for the same person."""
    FORGOTTEN = "forgotten"


@dataclass(eq=False)
class SourceError(RefusalError):
    problem: SourceProblem


@dataclass(eq=False)
class NotTakenError(RefusalError):
    """The provider did not take the picture that is to be edited; `code` is that of a `PaintingError`."""

    code: str


class NotPostedError(RefusalError):
    """Discord did not take the card of a job that was to be announced."""


@dataclass(eq=False)
class UnderWayError(RefusalError):
    job: Job


@dataclass(eq=False)
class OnlySomeError(RefusalError):
    """`possible` could be made, and `reason` speaks against one more."""

    wanted: int
    possible: int
    reason: RefusalError


class OfferChangedError(RefusalError):
    pass


class UnknownJobError(RefusalError):
    pass


@dataclass(eq=False)
class TooLateError(RefusalError):
    job: Job


@dataclass(eq=False)
class CostsAnywayError(RefusalError):
    job: Job


class NotYoursError(RefusalError):
    pass


class NotStaffError(RefusalError):
    pass


class NotOperatorError(RefusalError):
    pass


class TargetProblem(StrEnum):
    BOT = "bot"
    GONE = "gone"
    ROLE_GONE = "role gone"


@dataclass(eq=False)
class BadTargetError(RefusalError):
    problem: TargetProblem


@dataclass(eq=False)
class BadAmountError(RefusalError):
    least: int
    most: int


@dataclass(eq=False)
class TooLittleError(RefusalError):
    asked: int
    there: int


@dataclass(eq=False)
class TooManyRulesError(RefusalError):
    most: int


class UnknownGuildError(RefusalError):
    pass


class ConfirmationGoneError(RefusalError):
    pass


class AlreadyAtItError(RefusalError):
    pass


class NotDrawnError(RefusalError):
    pass


class StoppingError(RefusalError):
    pass


class StorageBusyError(RefusalError):
    pass


class StorageDownError(RefusalError):
    pass
