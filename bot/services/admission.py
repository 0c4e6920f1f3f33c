from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from bot.domain.house import HouseRules
from bot.domain.jobs import Job, JobId, Origin, job_id
from bot.domain.orders import Caller, Order, Standing
from bot.domain.parameters import ImageParameters
from bot.domain.refusals import BadParametersError, StoppingError, UnknownJobError
from bot.ports import Clock, Jobs
from bot.services.breaker import Breaker


class Admission:
    """The one way in: every door asks here, and gets a job whose price is held, or a `RefusalError`."""

    def __init__(self, jobs: Jobs, house: HouseRules, breaker: Breaker, clock: Clock, owner: str) -> None:
        self._jobs = jobs
        self._breaker = breaker
        self._house = house
        self._clock = clock
        self._owner = owner
        self._closed = False

    def close(self) -> None:
        """From now on every door refuses: the process is stopping."""
        self._closed = True

    def welcome(self, caller: Caller) -> None:
        """For what costs nothing: only whether this guild may use the bot at all."""
        self._house.welcome(caller)

    def show(self, caller: Caller, parameters: ImageParameters) -> None:
        """Judge what is there already and is to be shown here."""
        if self._closed:
            raise StoppingError
        self._house.judge(caller, parameters)

    async def admit(self, caller: Caller, parameters: ImageParameters) -> Standing:
        order = self._order(caller, parameters, Origin.IMAGINE)
        return await self._jobs.hold(order, self._house.plan, self._house.limits, self._owner)

    async def admit_again(
        self, caller: Caller, source: JobId, origin: Origin, remake: Callable[[ImageParameters], ImageParameters]
    ) -> Standing:
        """The same for a picture made from an earlier job of the caller's guild, under the same rules."""

        def make(known: Job | None) -> Order:
            if known is None or known.guild != caller.guild:
                raise UnknownJobError
            return self._order(caller, remake(known.parameters), origin, known.id)

        return await self._jobs.repeat(source, make, self._house.plan, self._house.limits, self._owner)

    def _order(self, caller: Caller, parameters: ImageParameters, origin: Origin, parent: JobId | None = None) -> Order:
        if self._closed:
            raise StoppingError
        self._breaker.refuse()
        parameters = self._house.tempered(caller, parameters)
        self._house.judge(caller, parameters)
        return Order(
            id=job_id(caller.interaction),
            caller=caller,
            origin=origin,
            parent=parent,
            parameters=parameters.seeded(),
            price=self._house.price_imagine,
            at=self._clock.now(),
        )


def parameters_of(fields: Mapping[str, Any]) -> ImageParameters:
    """What a client sent, checked again here: Discord's own checks can be forged. None is what was left out."""
    try:
        return ImageParameters.model_validate({name: value for name, value in fields.items() if value is not None})
    except ValidationError as error:
        raise BadParametersError(
            [(str(problem["loc"][0]), problem["msg"].removeprefix("Value error, ")) for problem in error.errors()]
        ) from None
