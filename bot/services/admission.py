from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError

from bot.domain.house import HouseRules
from bot.domain.jobs import Job, JobId, Origin, job_id
from bot.domain.news import Refused
from bot.domain.orders import Caller, Limits, Order, Standing
from bot.domain.parameters import ImageParameters
from bot.domain.refusals import BadParametersError, RefusalError, StoppingError, UnknownJobError
from bot.domain.rules import judge_boldness, judge_veil, tempered
from bot.ports import Clock, Jobs
from bot.services.breaker import Breaker
from bot.services.rulebook import Known, Rulebook
from bot.services.scribe import Scribe


class Admission:
    """The one way in: every door asks here, and gets a job whose price is held, or a `RefusalError`."""

    def __init__(
        self,
        jobs: Jobs,
        house: HouseRules,
        rulebook: Rulebook,
        breaker: Breaker,
        scribe: Scribe,
        clock: Clock,
        owner: str,
    ) -> None:
        self._jobs = jobs
        self._rulebook = rulebook
        self._scribe = scribe
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

    async def is_staff(self, caller: Caller) -> bool:
        return (await self._rulebook.of(caller.guild)).rules.is_staff(caller)

    async def show(self, caller: Caller, parameters: ImageParameters) -> None:
        """Judge what is there already and is to be shown here."""
        self._guard_doors()
        self._judge(caller, parameters, await self._rulebook.known(caller.guild))

    async def admit(self, caller: Caller, parameters: ImageParameters) -> Standing:
        known = await self._rulebook.known(caller.guild)
        with self._telling(caller, parameters):
            known.rules.judge_typed(parameters)
            order = self._order(caller, known.rules.completed(parameters), Origin.IMAGINE, known)
            return await self._jobs.hold(order, self._house.plan, self._limits(caller, known), self._owner)

    async def admit_again(
        self, caller: Caller, source: JobId, origin: Origin, remake: Callable[[ImageParameters], ImageParameters]
    ) -> Standing:
        """The same for a picture made from an earlier job of the caller's guild, under the same rules."""
        known = await self._rulebook.known(caller.guild)

        def make(earlier: Job | None) -> Order:
            if earlier is None or earlier.guild != caller.guild:
                raise UnknownJobError
            judge_veil(earlier)
            known.rules.judge_reroll(caller, earlier.member)
            return self._order(caller, remake(earlier.parameters), origin, known, earlier.id)

        with self._telling(caller, None):
            return await self._jobs.repeat(source, make, self._house.plan, self._limits(caller, known), self._owner)

    @contextmanager
    def _telling(self, caller: Caller, parameters: ImageParameters | None) -> Iterator[None]:
        """What is refused stands in the guild's log, if it has one."""
        try:
            yield
        except RefusalError as refusal:
            self._scribe.tell(Refused(caller, parameters, refusal, self._clock.now()))
            raise

    def _order(
        self,
        caller: Caller,
        parameters: ImageParameters,
        origin: Origin,
        known: Known,
        parent: JobId | None = None,
    ) -> Order:
        self._guard_doors()
        self._breaker.refuse()
        parameters = tempered(parameters, self._ceiling(caller, known))
        self._judge(caller, parameters, known)
        known.rules.judge_options(parameters)
        return Order(
            id=job_id(caller.interaction),
            caller=caller,
            origin=origin,
            parent=parent,
            parameters=parameters.seeded(),
            price=self._house.price_imagine,
            at=self._clock.now(),
            spoiler=known.rules.spoils(parameters),
        )

    def _guard_doors(self) -> None:
        if self._closed:
            raise StoppingError

    def _judge(self, caller: Caller, parameters: ImageParameters, known: Known) -> None:
        """Raise the first `RefusalError` that speaks against a picture. Nothing here waits for anything."""
        self._house.judge(caller)
        known.regulations.judge(caller, self._clock.now())
        judge_boldness(caller, parameters, self._ceiling(caller, known))
        known.judge_prompt(parameters.prompt)

    def _ceiling(self, caller: Caller, known: Known) -> int:
        own = known.rules.ceiling(age_restricted=caller.age_restricted)
        return min(own, self._house.max_safety_tolerance)

    def _limits(self, caller: Caller, known: Known) -> Limits:
        return known.rules.limits(caller.roles, self._house.limits)


def parameters_of(fields: Mapping[str, Any]) -> ImageParameters:
    """What a client sent, checked again here: Discord's own checks can be forged. None is what was left out."""
    try:
        return ImageParameters.model_validate({name: value for name, value in fields.items() if value is not None})
    except ValidationError as error:
        raise BadParametersError(
            [(str(problem["loc"][0]), problem["msg"].removeprefix("Value error, ")) for problem in error.errors()]
        ) from None
