"""What the staff of a guild decided, and the judgement of a request by it. Without any of it, a guild works as well."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.domain.jobs import Job, Veil
from bot.domain.orders import Caller, Limits
from bot.domain.parameters import ImageParameters
from bot.domain.refusals import TooBoldError
from bot.domain.rule_refusals import (
    AboveCeilingError,
    OptionLockedError,
    RerollDeniedError,
    RoleBarredError,
    RoleNeededError,
    StaffPausedError,
    VeiledError,
    WrongPlaceError,
)
from bot.domain.word_lists import MOST_ENTRIES, entries

ORDINARY_TOLERANCE: Final = 2
"""The ceiling in channels that are not age-restricted: the endpoint's own default."""
LONGEST_COOLDOWN: Final = 24 * 60 * 60
MOST_LISTED: Final = 25
"""Channels or roles in one setting: as many as one select of Discord's holds."""
OPTIONS: Final = tuple(name for name in ImageParameters.model_fields if name != "prompt")
"""What a guild may have a default of its own for."""


class Rerollers(StrEnum):
    EVERYONE = "everyone"
    REQUESTER = "requester"
    ROLES = "roles"


class Family(StrEnum):
    """What can be logged, each kind in a channel of its own."""

    MADE = "made"
    REFUSED = "refused"
    CHANGED = "changed"
    REMOVED = "removed"
    CREDITS = "credits"


Ids = Annotated[frozenset[int], Field(max_length=MOST_LISTED)]


class GuildRules(BaseModel):
    """Field for field what staff can set; the ids are of channels and categories, or of roles.

    Where `channels` or `users` is empty, everywhere and everybody is meant; a ceiling of None is the endpoint's own.
    `words` are refused in prompts, unless they stand within one of `excepted`. `cooldown` is in seconds,
    `moderated_an_hour` and `reports_to_hide` are 0 where nothing follows, `open_stats` lets everybody see figures
    without names.
    """

    model_config = ConfigDict(frozen=True)

    channels: Ids = frozenset()
    users: Ids = frozenset()
    barred: Ids = frozenset()
    unhurried: Ids = frozenset()
    staff: Ids = frozenset()
    member_jobs: Annotated[int | None, Field(ge=1, le=100)] = None
    cooldown: Annotated[int, Field(ge=0, le=LONGEST_COOLDOWN)] = 0
    tolerance: Annotated[int, Field(ge=1, le=6)] = ORDINARY_TOLERANCE
    restricted_tolerance: Annotated[int, Field(ge=1, le=6)] = 6
    spoiler_from: Annotated[int | None, Field(ge=1, le=6)] = None
    moderated_an_hour: Annotated[int, Field(ge=0, le=100)] = 5
    reports_to_hide: Annotated[int, Field(ge=0, le=100)] = 3
    defaults: dict[str, Any] = {}
    locked: frozenset[str] = frozenset()
    max_steps: Annotated[int | None, Field(ge=15, le=50)] = None
    max_quality: Annotated[int | None, Field(ge=0, le=100)] = None
    reroll: Rerollers = Rerollers.EVERYONE
    reroll_roles: Ids = frozenset()
    words: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    log: dict[Family, int] = {}
    open_stats: bool = False
    paused: bool = False

    @field_validator("defaults")
    @classmethod
    def _are_options(cls, defaults: dict[str, Any]) -> dict[str, Any]:
        known = {name: value for name, value in defaults.items() if name in OPTIONS}
        values = ImageParameters.model_validate({"prompt": "x", **known})
        return values.model_dump(mode="json", include=set(known))

    @field_validator("locked")
    @classmethod
    def _can_be_locked(cls, locked: frozenset[str]) -> frozenset[str]:
        if not locked <= set(OPTIONS):
            raise ValueError("There is no such option.")
        return locked

    @field_validator("words", "excepted")
    @classmethod
    def _are_entries(cls, lines: tuple[str, ...]) -> tuple[str, ...]:
        return entries(lines)

    @model_validator(mode="after")
    def _are_not_too_many(self) -> Self:
        count = len(self.words) + len(self.excepted)
        if count > MOST_ENTRIES:
            raise ValueError(f"words and exceptions together are {count:,}, and can be {MOST_ENTRIES:,}")
        return self

    def ceiling(self, *, age_restricted: bool) -> int:
        """Of `safety_tolerance`."""
        return self.restricted_tolerance if age_restricted else self.tolerance

    def spoils(self, parameters: ImageParameters) -> bool:
        """Whether a picture this bold is shown behind a veil that each viewer lifts."""
        return self.spoiler_from is not None and parameters.safety_tolerance >= self.spoiler_from

    def is_staff(self, caller: Caller) -> bool:
        return caller.manages or not self.staff.isdisjoint(caller.roles)

    def limits(self, roles: Collection[int], house: Limits) -> Limits:
        """The operator's, made narrower for whoever has these roles."""
        hurried = self.unhurried.isdisjoint(roles)
        return replace(
            house,
            member_jobs=min(house.member_jobs, self.member_jobs or house.member_jobs),
            cooldown=timedelta(seconds=self.cooldown if hurried else 0),
            moderated_an_hour=self.moderated_an_hour,
        )

    def completed(self, parameters: ImageParameters) -> ImageParameters:
        """With the guild's own defaults where nobody typed anything else, none of them above a ceiling."""
        typed = parameters.model_fields_set
        values = dict(ImageParameters.model_validate(self.defaults | parameters.model_dump(include=typed)))
        lowered = {name: min(values[name], most) for name, most in self._ceilings() if name not in typed}
        return ImageParameters.model_construct(_fields_set=set(typed), **(values | lowered))

    def judge_place(self, caller: Caller) -> None:
        if self.paused:
            raise StaffPausedError
        if self.channels and self.channels.isdisjoint(caller.places):
            raise WrongPlaceError(sorted(self.channels))

    def judge_person(self, caller: Caller) -> None:
        if self.users and self.users.isdisjoint(caller.roles):
            raise RoleNeededError(sorted(self.users))
        barring = self.barred & caller.roles
        if barring:
            raise RoleBarredError(min(barring))

    def judge_typed(self, parameters: ImageParameters) -> None:
        """Only what somebody typed: what is made again keeps what it had."""
        locked = self.locked & parameters.model_fields_set
        if locked:
            raise OptionLockedError(min(locked))

    def judge_options(self, parameters: ImageParameters) -> None:
        """Also of what is made again: a ceiling is for what it costs."""
        for name, ceiling in self._ceilings():
            asked = getattr(parameters, name)
            if asked > ceiling:
                raise AboveCeilingError(name, asked, ceiling)

    def _ceilings(self) -> list[tuple[str, int]]:
        ceilings = (("steps", self.max_steps), ("output_quality", self.max_quality))
        return [(name, most) for name, most in ceilings if most is not None]

    def judge_reroll(self, caller: Caller, requester: int) -> None:
        match self.reroll:
            case Rerollers.REQUESTER if caller.member != requester:
                raise RerollDeniedError(())
            case Rerollers.ROLES if self.reroll_roles.isdisjoint(caller.roles):
                raise RerollDeniedError(sorted(self.reroll_roles))
            case _:
                return


def tempered(parameters: ImageParameters, ceiling: int) -> ImageParameters:
    """A `safety_tolerance` that nobody typed gives way to the ceiling; one that was typed is for `judge_boldness`."""
    if "safety_tolerance" in parameters.model_fields_set or parameters.safety_tolerance <= ceiling:
        return parameters
    return parameters.model_copy(update={"safety_tolerance": ceiling})


def judge_boldness(caller: Caller, parameters: ImageParameters, ceiling: int) -> None:
    if parameters.safety_tolerance > ceiling:
        raise TooBoldError(parameters.safety_tolerance, ceiling, caller.age_restricted)


def judge_veil(job: Job) -> None:
    """What staff removed, or have to look at first, is not made again and not shown."""
    if job.veil is not None:
        raise VeiledError(removed=job.veil is Veil.REMOVED)
