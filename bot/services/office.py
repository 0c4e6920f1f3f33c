import asyncio
import json
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from pydantic import ValidationError

from bot.domain.news import Decided
from bot.domain.orders import Caller
from bot.domain.records import Block, Deed, Deeds, Event, Record, Regulations
from bot.domain.rule_refusals import BadSettingError, ChangedMeanwhileError, NothingToUndoError, OnlyManagersError
from bot.domain.rules import GuildRules
from bot.domain.word_lists import Lists, read_list
from bot.ports import Clock, Offices, WordFilters
from bot.services.rulebook import Rulebook
from bot.services.scribe import Scribe

FOR_MANAGERS: Final = frozenset({"staff"})
"""Settings that do not go with being staff: else staff could make more of themselves."""
LONGEST_BLOCK: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the records found, and whether older ones follow."""

    records: Sequence[Record]
    more: bool


class Office:
    """What a guild's staff decide. Every method raises `NotStaffError` for others; a deed is done and written once."""

    def __init__(
        self, offices: Offices, rulebook: Rulebook, filters: WordFilters, scribe: Scribe, clock: Clock
    ) -> None:
        self._offices = offices
        self._scribe = scribe
        self._rulebook = rulebook
        self._filters = filters
        self._clock = clock

    async def regulations(self, caller: Caller) -> Regulations:
        return await self._rulebook.staff(caller)

    async def change(self, caller: Caller, name: str, value: Any, seen: int) -> Record:
        """Set a rule to a value, None for what it is by default; `seen` is the revision that the caller looked at.

        Raises `BadSettingError`, `ChangedMeanwhileError`, or `OnlyManagersError`.
        """
        known = await self._allowed(caller, name)
        before, after = await asyncio.to_thread(_change, known.rules, {name: value}, name)  # a list may be long
        deed = self._deed(caller, Event.SETTING, name, before=before, after=after)
        if known.revisions.get(name, 0) != seen:
            raise ChangedMeanwhileError(name)
        return await self._done(caller.guild, self._offices.change(deed, seen))

    async def try_prompt(self, caller: Caller, prompt: str) -> str | None:
        """The entry of the list for which this prompt would be refused."""
        await self._rulebook.staff(caller)
        return (await self._rulebook.known(caller.guild)).refused(prompt)

    async def import_words(self, caller: Caller, data: bytes, seen: Mapping[str, int]) -> Sequence[Record]:
        """Put what a file says in the place of words and exceptions; `seen` are the revisions that were looked at.

        Raises what `change` does, and changes both or neither. What the file leaves as it is has no record.
        """
        known = await self._rulebook.staff(caller)
        lists = await asyncio.to_thread(read_list, data)
        return await self._replace_lists(caller, known, lists, seen)

    async def add_offered(self, caller: Caller) -> Sequence[Record]:
        """Add the offered list to what there is."""
        known = await self._rulebook.staff(caller)
        offered = read_list(await self._filters.offered())
        lists = Lists([*known.rules.words, *offered.words], [*known.rules.excepted, *offered.excepted])
        return await self._replace_lists(caller, known, lists, known.revisions)

    async def undo(self, caller: Caller, number: int) -> Record:
        """Take back what a record did to a rule, while that is still the newest; raises `NothingToUndoError`."""
        await self._rulebook.staff(caller)
        undone = await self._offices.record(caller.guild, number)
        if undone.deed.event is not Event.SETTING:
            raise NothingToUndoError
        name = undone.deed.subject
        known = await self._allowed(caller, name)
        if known.revisions.get(name, 0) != number:
            raise NothingToUndoError
        before, after = undone.deed.after, undone.deed.before
        deed = self._deed(caller, Event.SETTING, name, before=before, after=after, undoes=number)
        return await self._done(caller.guild, self._offices.change(deed, number))

    async def block(self, caller: Caller, member: int, lasting: timedelta | None, reason: str | None) -> Record:
        """`lasting` None is until somebody lifts it; a block that stands is replaced. Raises `BadSettingError`."""
        known = await self._rulebook.staff(caller)
        if lasting is not None and not timedelta() < lasting <= LONGEST_BLOCK:
            raise BadSettingError("block", f"A block lasts at most {LONGEST_BLOCK.days} days, or until it is lifted.")
        now = self._clock.now()
        until = None if lasting is None else now + lasting
        stood = known.block_of(member, now)
        deed = self._deed(
            caller, Event.BLOCK, str(member), before=_until(stood), after=_until(Block(until, None, 0)), reason=reason
        )
        return await self._done(caller.guild, self._offices.block(deed, Block(until, reason, 0)))

    async def unblock(self, caller: Caller, member: int, reason: str | None = None) -> Record:
        """Raises `NotBlockedError`."""
        known = await self._rulebook.staff(caller)
        stood = known.block_of(member, self._clock.now())
        deed = self._deed(caller, Event.UNBLOCK, str(member), before=_until(stood), reason=reason)
        return await self._done(caller.guild, self._offices.unblock(deed))

    async def blocked(self, caller: Caller) -> Sequence[tuple[int, Block]]:
        """Who is blocked now and by which block, the latest decision first."""
        known, now = await self._rulebook.staff(caller), self._clock.now()
        standing = [(member, block) for member, block in known.blocks.items() if block.stands(now)]
        return sorted(standing, key=lambda it: it[1].record, reverse=True)

    async def records(self, caller: Caller, search: Deeds, before: int | None, most: int) -> Page:
        await self._rulebook.staff(caller)
        found = await self._offices.records(replace(search, guild=caller.guild), before, most + 1)
        return Page(found[:most], len(found) > most)

    async def _replace_lists(
        self, caller: Caller, known: Regulations, lists: Lists, seen: Mapping[str, int]
    ) -> Sequence[Record]:
        values = {"words": lists.words, "excepted": lists.excepted}
        changes = []
        for name in values:
            before, after = await asyncio.to_thread(_change, known.rules, values, name)
            revision = seen.get(name, 0)
            if known.revisions.get(name, 0) != revision:
                raise ChangedMeanwhileError(name)
            if before != after:
                deed = self._deed(caller, Event.SETTING, name, before=before, after=after)
                changes.append((replace(deed, key=f"{deed.key}:{name}"), revision))
        if not changes:
            return []
        with self._forgetting(caller.guild):
            return [self._told(it) for it in await self._offices.change_together(changes)]

    async def _allowed(self, caller: Caller, name: str) -> Regulations:
        known = await self._rulebook.staff(caller)
        if name in FOR_MANAGERS and not caller.manages:
            raise OnlyManagersError
        return known

    def _deed(self, caller: Caller, event: Event, subject: str, **more: Any) -> Deed:
        return Deed(
            key=f"{event}:{caller.interaction}",
            guild=caller.guild,
            actor=caller.member,
            event=event,
            subject=subject,
            at=self._clock.now(),
            **more,
        )

    async def _done(self, guild: int, work: Awaitable[Record]) -> Record:
        with self._forgetting(guild):
            return self._told(await work)

    @contextmanager
    def _forgetting(self, guild: int) -> Iterator[None]:
        try:
            yield
        finally:
            self._rulebook.forget(guild)

    def _told(self, record: Record) -> Record:
        if record.fresh:
            self._scribe.tell(Decided(record))
        return record


def _change(rules: GuildRules, values: Mapping[str, Any], name: str) -> tuple[str | None, str | None]:
    """What one of the values is and what it will be, as JSON."""
    if name not in GuildRules.model_fields:
        raise BadSettingError(name, "There is no such setting.")
    set_here = {it: value for it, value in values.items() if value is not None}
    kept = rules.model_dump(exclude=set(values))
    try:
        changed = GuildRules.model_validate(kept | set_here)
        return _told(rules, name), _told(changed, name)
    except ValidationError as error:
        problem = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise BadSettingError(name, problem) from None


def _told(rules: GuildRules, name: str) -> str | None:
    """As JSON; None where it is what it is by default."""
    value = getattr(rules, name)
    if value == GuildRules.model_fields[name].get_default():
        return None
    plain = rules.model_dump(mode="json", include={name})[name]
    return json.dumps(sorted(plain) if isinstance(value, frozenset) else plain, sort_keys=True)


def _until(block: Block | None) -> str | None:
    if block is None:
        return None
    return json.dumps(None if block.until is None else block.until.isoformat())
