"""What the staff of a guild decided, and the judgement of a request by it. Without any of it, a guild works as well."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.domain.jobs import Job
from bot.domain.layers import Given, Layer
from bot.domain.orders import Caller, Limits
from bot.domain.parameters import OPTIONS, ImageParameters
from bot.domain.preferences import NO_CHOICES, Choices, Options, options_of
from bot.domain.refusals import TooBoldError
from bot.domain.rule_refusals import (
    AboveCeilingError,
    OptionLockedError,
    RerollDeniedError,
    RoleBarredError,
    RoleNeededError,
    StaffPausedError,
    VariationsOffError,
    VeiledError,
    WrongPlaceError,
)
from bot.domain.word_lists import MOST_ENTRIES, entries

ORDINARY_TOLERANCE: Final = 2
"""The ceiling in channels that are not age-restricted: the endpoint's own default."""
LONGEST_COOLDOWN: Final = 24 * 60 * 60
MOST_FOR_NOTHING: Final = 20
"""Paid calls of a member that may come to nothing within an hour, whatever staff set: the bill is the operator's."""
MOST_LISTED: Final = 25
"""Channels or roles in one setting: as many as one select of Discord's holds."""
MOST_VARIATIONS: Final = 4


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
    `words` are refused in prompts, unless they stand within one of `excepted`. `cooldown` is in seconds.
    `moderated_an_hour` counts what was paid for and came to nothing by a person's doing: stopped by the provider's
    filter, or its card removed; 0 leaves the operator's bound. `reports_to_hide` is 0 where nothing follows.
    `open_stats` lets everybody see figures without names. `variations` is how many one press makes at most, `inscribed`
    is whether files tell how they were made.
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
    variations: Annotated[int, Field(ge=0, le=MOST_VARIATIONS)] = MOST_VARIATIONS
    words: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    log: dict[Family, int] = {}
    open_stats: bool = False
    inscribed: bool = True
    paused: bool = False

    @field_validator("defaults")
    @classmethod
    def _are_options(cls, defaults: dict[str, Any]) -> dict[str, Any]:
        return options_of(defaults)

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
            moderated_an_hour=min(self.moderated_an_hour or MOST_FOR_NOTHING, MOST_FOR_NOTHING),
        )

    def completed(
        self, typed: ImageParameters, choices: Choices = NO_CHOICES, tolerance: int = 6
    ) -> tuple[ImageParameters, Given]:
        """With what the layers below say where nobody typed anything, none of that above a ceiling; and who chose it.

        `tolerance` is the ceiling of `safety_tolerance` in the place.
        """
        given: dict[str, Layer] = {}
        values: dict[str, Any] = {}
        for layer, options in self._layers(typed, choices):
            values |= options
            given |= dict.fromkeys(options, layer)
        kind = type(typed)
        whole = dict(kind.model_validate({"prompt": typed.prompt, **values}))
        for option, most in [*self._ceilings(), ("safety_tolerance", tolerance)]:
            if option not in typed.model_fields_set and whole[option] > most:
                whole[option], given[option] = most, Layer.GUILD
        return kind.model_construct(_fields_set=set(typed.model_fields_set), **whole), given

    def _layers(self, typed: ImageParameters, choices: Choices) -> list[tuple[Layer, Options]]:
        """The lowest first. What members may not set here, they cannot set beforehand either."""
        preset = {} if choices.preset is None else choices.preset.options
        layers = (
            (Layer.GUILD, self.defaults, typed.undefaulted),
            (Layer.OWN, choices.own, typed.undefaulted | self.locked),
            (Layer.PRESET, preset, typed.undefaulted | self.locked),
        )
        beforehand = [
            (layer, {option: value for option, value in options.items() if option not in ignored})
            for layer, options, ignored in layers
        ]
        by_hand = typed.model_dump(include=typed.model_fields_set - {"prompt"})
        return [*beforehand, (Layer.TYPED, by_hand)]

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

    def judge_typed(self, options: Collection[str]) -> None:
        """Only what somebody typed: what is made again keeps what it had."""
        locked = self.locked & set(options)
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

    def judge_variations(self) -> None:
        if not self.variations:
            raise VariationsOffError

    def judge_reroll(self, caller: Caller, requester: int) -> None:
        match self.reroll:
            case Rerollers.REQUESTER if caller.member != requester:
                raise RerollDeniedError(())
            case Rerollers.ROLES if self.reroll_roles.isdisjoint(caller.roles):
                raise RerollDeniedError(sorted(self.reroll_roles))
            case _:
                return


def judge_boldness(caller: Caller, parameters: ImageParameters, ceiling: int) -> None:
    if parameters.safety_tolerance > ceiling:
        raise TooBoldError(parameters.safety_tolerance, ceiling, caller.age_restricted)


def judge_veil(job: Job) -> None:
    """What is gone, or staff have to look at first, is not made again and not shown."""
    if job.veil is not None:
        raise VeiledError(job.veil)
