from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias

from bot.domain.credits import Plan
from bot.domain.house import HouseRules
from bot.domain.jobs import Job, JobId, Origin, job_id
from bot.domain.news import Refused
from bot.domain.orders import Caller, Limits, Offer, Order, Standing
from bot.domain.parameters import PROMPT_LIMIT, EditParameters, ImageParameters
from bot.domain.pictures import Source
from bot.domain.preference_refusals import SuffixTooLongError
from bot.domain.preferences import NO_CHOICES, Choices, Preset
from bot.domain.refusals import (
    OfferChangedError,
    RefusalError,
    StoppingError,
    UnknownJobError,
)
from bot.domain.remakes import Remade, varied
from bot.domain.rules import judge_boldness, judge_veil
from bot.ports import Clock, Jobs
from bot.services.breaker import Breaker
from bot.services.rulebook import Known, Rulebook
from bot.services.scribe import Scribe

Remake: TypeAlias = Callable[[Job, int], Remade]
"""Of an earlier job, for a member."""
Hold: TypeAlias = Callable[[int, str | None, Callable[[Choices], Order], Plan, Limits, str], Awaitable[Standing]]


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
        known = await self._rulebook.known(caller.guild)
        self._guard_doors()
        self._judge_place(caller, known)
        judge_boldness(caller, parameters, self._ceiling(caller, known))
        known.judge_prompt(parameters.prompt)

    async def show_again(self, caller: Caller, job: Job) -> tuple[timedelta, bool]:
        """The same for a picture that stood somewhere: how long to wait for another, and whether it is a spoiler."""
        await self.show(caller, job.parameters)
        known = await self._rulebook.known(caller.guild)
        if caller.member != job.member:
            known.rules.judge_reroll(caller, job.member)
        return self._limits(caller, known).cooldown, known.rules.spoils(job.parameters)

    async def may_see(self, caller: Caller, parameters: ImageParameters) -> bool:
        """Whether a picture this bold may be seen in this channel, also by one person alone."""
        return parameters.safety_tolerance <= self._ceiling(caller, await self._rulebook.known(caller.guild))

    async def admit(self, caller: Caller, typed: ImageParameters, preset: str | None = None) -> Standing:
        """What was not typed comes from the preset of that name, the caller's own defaults, or the guild's."""
        known = await self._rulebook.known(caller.guild)

        def make(choices: Choices) -> Order:
            chosen = choices.preset
            said = typed if chosen is None else _extended(typed, chosen)
            if chosen is not None:
                known.judge_prompt(said.prompt)
            return self._completed(caller, said, choices, Origin.IMAGINE, known)

        with self._telling(caller, typed):
            self._guard(caller, known)
            known.rules.judge_typed(typed.model_fields_set)
            if preset is None:
                known.judge_prompt(typed.prompt)
            return await self._jobs.hold_for(
                caller.member, preset, make, self._house.plan, self._limits(caller, known), self._owner
            )

    async def expect_edit(self, caller: Caller, earlier: Job | None = None) -> None:
        """Judge whoever wants to edit a picture, maybe that of an earlier job, before it is known how."""
        known = await self._rulebook.known(caller.guild)
        with self._telling(caller, None):
            self._guard_edit(caller, known, earlier)

    async def judge_edit(self, caller: Caller, typed: EditParameters) -> None:
        """The same once it is known how: all that can be said from memory."""
        known = await self._rulebook.known(caller.guild)
        with self._telling(caller, typed):
            self._guard_edit(caller, known, None)
            known.rules.judge_typed(typed.model_fields_set)
            known.judge_prompt(typed.prompt)
            self._completed(caller, typed, NO_CHOICES, Origin.EDIT, known)

    async def rehearse_edit(self, caller: Caller, typed: EditParameters, earlier: Job | None) -> None:
        """Raise what would speak against it now, credits and haste among it, while its picture is not fetched yet."""
        await self._edit(self._jobs.rehearse_for, caller, typed, Source(""), earlier)

    async def admit_edit(self, caller: Caller, typed: EditParameters, source: Source, earlier: Job | None) -> Standing:
        """The same as `admit` for a picture made from another, maybe that of an earlier job."""
        return await self._edit(self._jobs.hold_for, caller, typed, source, earlier)

    async def _edit(
        self, hold: Hold, caller: Caller, typed: EditParameters, source: Source, earlier: Job | None
    ) -> Standing:
        known = await self._rulebook.known(caller.guild)

        def make(choices: Choices) -> Order:
            order = replace(self._completed(caller, typed, choices, Origin.EDIT, known), source=source)
            return order if earlier is None else replace(order, parent=earlier.id, parent_at=earlier.place)

        with self._telling(caller, typed):
            self._guard_edit(caller, known, earlier)
            known.rules.judge_typed(typed.model_fields_set)
            known.judge_prompt(typed.prompt)
            return await hold(caller.member, None, make, self._house.plan, self._limits(caller, known), self._owner)

    async def expect_remake(self, caller: Caller, source: Job) -> None:
        """Raise the `RefusalError` that speaks against making this picture again, as far as memory tells."""
        known = await self._rulebook.known(caller.guild)
        with self._telling(caller, None):
            self._guard(caller, known)
            _expect_source(caller, known, source)

    async def admit_again(self, caller: Caller, source: JobId, origin: Origin, remake: Remake) -> Standing:
        """The same for a picture made from an earlier job of the caller's guild, under the same rules."""
        known = await self._rulebook.known(caller.guild)

        def make(earlier: Job | None) -> Order:
            job = _expect_source(caller, known, earlier)
            remade = remake(job, caller.member)
            known.rules.judge_typed(remade.typed)
            known.judge_prompt(remade.parameters.prompt)
            return self._again(caller, job, remade, origin, known)

        with self._telling(caller, None):
            self._guard(caller, known)
            return await self._jobs.repeat(source, make, self._house.plan, self._limits(caller, known), self._owner)

    async def offer(self, caller: Caller, source: JobId) -> Offer:
        """How many variations of a picture the caller could have now; nothing is held."""
        known = await self._rulebook.known(caller.guild)
        make = self._variations(caller, known, known.rules.variations)
        with self._telling(caller, None):
            self._guard(caller, known)
            known.rules.judge_variations()
            limits = self._limits(caller, known)
            return await self._jobs.rehearse_all(source, make, self._house.plan, limits, self._owner)

    async def admit_variations(self, caller: Caller, source: JobId, shown: Offer) -> Sequence[Standing]:
        """As many as were offered, or none: one request with one cooldown, for each picture a slot and a price."""
        known = await self._rulebook.known(caller.guild)
        vary = self._variations(caller, known, shown.count)

        def make(earlier: Job | None) -> Sequence[Order]:
            orders = vary(earlier)
            if any(order.price != shown.price_each for order in orders):
                raise OfferChangedError
            return orders

        with self._telling(caller, None):
            self._guard(caller, known)
            known.rules.judge_variations()
            if shown.count > known.rules.variations:
                raise OfferChangedError
            limits = self._limits(caller, known)
            return await self._jobs.repeat_all(source, make, self._house.plan, limits, self._owner)

    def _variations(self, caller: Caller, known: Known, count: int) -> Callable[[Job | None], Sequence[Order]]:
        def make(earlier: Job | None) -> Sequence[Order]:
            job = _expect_source(caller, known, earlier)
            known.judge_prompt(job.parameters.prompt)
            orders = (
                self._again(caller, job, remade, Origin.VARIATION, known)
                for remade in varied(job, caller.member, count)
            )
            return [replace(order, id=job_id(caller.interaction, at)) for at, order in enumerate(orders)]

        return make

    @contextmanager
    def _telling(self, caller: Caller, parameters: ImageParameters | None) -> Iterator[None]:
        """What is refused stands in the guild's log, if it has one."""
        try:
            yield
        except RefusalError as refusal:
            self._scribe.tell(Refused(caller, parameters, refusal, self._clock.now()))
            raise

    def _again(self, caller: Caller, source: Job, remade: Remade, origin: Origin, known: Known) -> Order:
        order = self._order(caller, remade, origin, known)
        return replace(order, parent=source.id, parent_at=source.place, source=source.source)

    def _completed(
        self, caller: Caller, said: ImageParameters, choices: Choices, origin: Origin, known: Known
    ) -> Order:
        parameters, given = known.rules.completed(said, choices, self._ceiling(caller, known))
        return self._order(caller, Remade(parameters.seeded(), given), origin, known)

    def _order(self, caller: Caller, made: Remade, origin: Origin, known: Known) -> Order:
        edits = isinstance(made.parameters, EditParameters)
        if edits:
            self._house.judge_editing()
        judge_boldness(caller, made.parameters, self._ceiling(caller, known))
        known.rules.judge_options(made.parameters)
        return Order(
            id=job_id(caller.interaction),
            caller=caller,
            origin=origin,
            parent=None,
            parameters=made.parameters,
            price=self._house.price(edit=edits),
            at=self._clock.now(),
            spoiler=known.rules.spoils(made.parameters),
            given=made.given,
        )

    def _guard(self, caller: Caller, known: Known) -> None:
        """Raise the first `RefusalError` that speaks against any new picture here. Nothing here waits for anything."""
        self._guard_doors()
        self._breaker.refuse()
        self._judge_place(caller, known)

    def _guard_edit(self, caller: Caller, known: Known, earlier: Job | None) -> None:
        self._house.judge_editing()
        self._guard(caller, known)
        if earlier is not None:
            _expect_source(caller, known, earlier)

    def _guard_doors(self) -> None:
        if self._closed:
            raise StoppingError

    def _judge_place(self, caller: Caller, known: Known) -> None:
        self._house.judge(caller)
        known.regulations.judge(caller, self._clock.now())

    def _ceiling(self, caller: Caller, known: Known) -> int:
        own = known.rules.ceiling(age_restricted=caller.age_restricted)
        return min(own, self._house.max_safety_tolerance)

    def _limits(self, caller: Caller, known: Known) -> Limits:
        return known.rules.limits(caller.roles, self._house.limits)


def _expect_source(caller: Caller, known: Known, earlier: Job | None) -> Job:
    """Raise the `RefusalError` that speaks against making it again for this caller."""
    if earlier is None or earlier.guild != caller.guild:
        raise UnknownJobError
    judge_veil(earlier)
    known.rules.judge_reroll(caller, earlier.member)
    return earlier


def _extended(typed: ImageParameters, preset: Preset) -> ImageParameters:
    """With the preset's words behind those that were typed; raises `SuffixTooLongError`."""
    prompt = preset.extended(typed.prompt)
    if len(prompt) > PROMPT_LIMIT:
        raise SuffixTooLongError(len(prompt), PROMPT_LIMIT)
    return typed.model_copy(update={"prompt": prompt})
