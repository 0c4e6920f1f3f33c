"""The operator's rules, the same in every guild, and the judgement of a request by them."""

from dataclasses import dataclass
from typing import Final

from bot.domain.credits import Plan
from bot.domain.orders import Caller, Limits
from bot.domain.parameters import ImageParameters
from bot.domain.refusals import MissingRightsError, NotInvitedError, TooBoldError

ORDINARY_SAFETY_TOLERANCE: Final = 2
"""The ceiling in channels that are not age-restricted: the endpoint's own default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseRules:
    """`guilds` is None where every guild is welcome; prices are credits per picture."""

    guilds: frozenset[int] | None
    max_safety_tolerance: int
    plan: Plan
    limits: Limits
    price_imagine: int

    def safety_ceiling(self, *, age_restricted: bool) -> int:
        if age_restricted:
            return self.max_safety_tolerance
        return min(ORDINARY_SAFETY_TOLERANCE, self.max_safety_tolerance)

    def welcome(self, caller: Caller) -> None:
        """Raise the `RefusalError` of whoever may ask for nothing here."""
        if self.guilds is not None and caller.guild not in self.guilds:
            raise NotInvitedError

    def tempered(self, caller: Caller, parameters: ImageParameters) -> ImageParameters:
        """A `safety_tolerance` that nobody typed gives way to the ceiling; one that was typed is for `judge`."""
        ceiling = self.safety_ceiling(age_restricted=caller.age_restricted)
        if "safety_tolerance" in parameters.model_fields_set or parameters.safety_tolerance <= ceiling:
            return parameters
        return parameters.model_copy(update={"safety_tolerance": ceiling})

    def judge(self, caller: Caller, parameters: ImageParameters) -> None:
        """Raise the first `RefusalError` that speaks against a picture. Nothing here waits for anything."""
        self.welcome(caller)
        if caller.missing_rights:
            raise MissingRightsError(caller.missing_rights)
        ceiling = self.safety_ceiling(age_restricted=caller.age_restricted)
        if parameters.safety_tolerance > ceiling:
            raise TooBoldError(parameters.safety_tolerance, ceiling, caller.age_restricted)
