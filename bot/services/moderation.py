from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from bot.domain.jobs import Job, JobId, Veil
from bot.domain.news import Decided
from bot.domain.orders import Caller
from bot.domain.records import Deed, Event
from bot.domain.refusals import NotStaffError, UnknownJobError
from bot.domain.reports import Report
from bot.domain.rule_refusals import OnlyHereError, TooManyReportsError
from bot.domain.rules import Family, judge_veil
from bot.ports import Clock, Jobs, OperatorDesk
from bot.services.hourly import Hourly
from bot.services.rulebook import Rulebook
from bot.services.scribe import Scribe
from bot.services.veils import Veils

MOST_REPORTS: Final = 10
"""Of one member within an hour: each is a message to staff."""


class Moderation:
    """What is done about pictures that are there: members report them, staff and moderators remove them."""

    def __init__(
        self,
        jobs: Jobs,
        rulebook: Rulebook,
        scribe: Scribe,
        veils: Veils,
        desk: OperatorDesk,
        clock: Clock,
    ) -> None:
        self._jobs = jobs
        self._rulebook = rulebook
        self._scribe = scribe
        self._veils = veils
        self._desk = desk
        self._clock = clock
        self._reports = Hourly(MOST_REPORTS, clock)

    async def report(self, caller: Caller, job: JobId, reason: str) -> Report:
        """With enough reports the picture is hidden until staff look. Raises `TooManyReportsError`.

        Whoever is blocked reports like anybody else: what is wrong with a picture is so by whomever it is told.
        """
        known = await self.job(caller, job)
        over_at = self._reports.count(caller.guild, caller.member)
        if over_at is not None:
            raise TooManyReportsError(MOST_REPORTS, over_at)
        rules = (await self._rulebook.of(caller.guild)).rules
        times, fresh = await self._jobs.report(job, caller.member, reason)
        hides = 0 < rules.reports_to_hide <= times
        hidden = await self._jobs.veil(job, Veil.HIDDEN) if hides and known.veil is None else None
        return Report(hidden or known, caller.member, reason, times, fresh or hidden is not None)

    async def reportable(self, caller: Caller, job: JobId) -> Job:
        """Raises `VeiledError` where there is nothing to see; what was erased still stands where it stood."""
        known = await self.job(caller, job)
        if known.veil is None or not known.veil.forgotten:
            judge_veil(known)
        return known

    async def pass_on(self, report: Report) -> None:
        """Tell staff, else the operator, once. Like `show`, for when the person who acted was answered."""
        if not report.fresh:
            return
        rules = (await self._rulebook.of(report.job.guild)).rules
        await self._desk.report(report, rules.log.get(Family.REMOVED))
        if report.job.veil is not None:
            await self.show([report.job])

    async def show(self, jobs: Sequence[Job]) -> None:
        """Change the messages of pictures that were hidden, removed, or are shown again."""
        await self._veils.show(jobs)

    async def dismiss(self, caller: Caller, job: JobId) -> Sequence[Job]:
        """Nothing is wrong with it: what was hidden is shown again, and its reports no longer count."""
        await self.job(caller, job)
        await self._rulebook.staff(caller)
        shown = await self._decide(caller, Event.DISMISS, job, None)
        return [] if shown is None else [shown]

    async def remove(self, caller: Caller, job: JobId) -> Sequence[Job]:
        """For staff, and whoever may punish members or delete messages where it was asked for; the record stays."""
        return await self._removed(caller, await self.removable(caller, job))

    async def remove_shown_in(self, caller: Caller, card: int) -> Sequence[Job]:
        """The picture in this message of the bot's. Raises `UnknownJobError` where none stands in it."""
        job = await self._jobs.shown_in(caller.guild, card)
        await self.expect_moderator(caller, caller.channel if job is None else job.channel)
        if job is None:
            raise UnknownJobError
        return await self._removed(caller, job)

    async def remove_all(self, caller: Caller, member: int, lately: timedelta) -> Sequence[Job]:
        """Every picture of a member that came in that time."""
        await self.expect_moderator(caller)
        found = await self._jobs.shown_of(caller.guild, member, self._clock.now() - lately)
        return [removed for job in found for removed in await self._removed(caller, job)]

    async def removable(self, caller: Caller, job: JobId) -> Job:
        """A picture that the caller may remove; raises what speaks against it."""
        known = await self.job(caller, job)
        await self.expect_moderator(caller, known.channel)
        return known

    async def may_remove(self, caller: Caller, job: Job) -> bool:
        try:
            await self.expect_moderator(caller, job.channel)
        except (NotStaffError, OnlyHereError):
            return False
        return True

    async def expect_moderator(self, caller: Caller, channel: int | None = None) -> None:
        """Of all the guild, or at least of this channel. Raises `OnlyHereError` for who is one of another's.

        Raises `NotStaffError` for everybody else.
        """
        if caller.moderates or (await self._rulebook.of(caller.guild)).rules.is_staff(caller):
            return
        if not caller.moderates_here:
            raise NotStaffError
        if channel != caller.channel:
            raise OnlyHereError

    async def _removed(self, caller: Caller, job: Job) -> Sequence[Job]:
        removed = await self._decide(caller, Event.REMOVE, job.id, Veil.REMOVED, after=f'"{job.member}"')
        # Discord may not have taken it the first time: whoever still sees it and presses again must not press in vain.
        again = [job] if job.veil is not None and job.veil.takes_file else []
        return again if removed is None else [removed]

    async def job(self, caller: Caller, job: JobId) -> Job:
        """Of the caller's guild, whatever lies over it. Raises `UnknownJobError`."""
        known = await self._jobs.find(job)
        if known is None or known.guild != caller.guild:
            raise UnknownJobError
        return known

    async def _decide(self, caller: Caller, event: Event, job: JobId, veil: Veil | None, **more: Any) -> Job | None:
        deed = Deed(
            key=f"{event}:{caller.interaction}:{job}",
            guild=caller.guild,
            actor=caller.member,
            event=event,
            subject=job,
            at=self._clock.now(),
            **more,
        )
        changed, record = await self._jobs.decide(job, veil, deed)
        if record is not None and record.fresh:
            self._scribe.tell(Decided(record))
        return changed
