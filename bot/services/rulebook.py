import asyncio
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

import structlog

from bot.domain.orders import Caller
from bot.domain.records import Regulations
from bot.domain.refusals import NotStaffError, RefusalError
from bot.domain.rule_refusals import PromptRefusedError
from bot.domain.rules import GuildRules
from bot.ports import Offices, WordFilter, WordFilters

_log = structlog.get_logger(__name__)

MOST_GUILDS: Final = 1000
"""Whose rules are in memory; a guild's are a few kilobytes, unless its list of words is long."""
MOST_WORDS: Final = 200_000
"""Of all guilds together, in memory: a word with its part of the filter takes up to a kilobyte."""
ROUND_SECONDS: Final = 2


@dataclass(frozen=True, slots=True)
class Known:
    """A guild's regulations, and the filter made of its words; None where it refuses none."""

    regulations: Regulations
    words: WordFilter | None

    @property
    def rules(self) -> GuildRules:
        return self.regulations.rules

    @property
    def weight(self) -> int:
        return len(self.rules.words) + len(self.rules.excepted)

    def refused(self, prompt: str) -> str | None:
        """The word for which the guild refuses the prompt."""
        return None if self.words is None else self.words.hit(prompt)

    def judge_prompt(self, prompt: str) -> None:
        if self.refused(prompt) is not None:
            raise PromptRefusedError


class Rulebook:
    """Every guild's rules from memory: right at once after a change here, within seconds after one elsewhere."""

    def __init__(self, offices: Offices, filters: WordFilters) -> None:
        self._offices = offices
        self._filters = filters
        self._known: OrderedDict[int, Known] = OrderedDict()
        self._weight = 0
        self._stale: set[int] = set()
        self._compiling = asyncio.Lock()
        self._changes = 0
        self._mark: int | None = None
        self._mark_before: int | None = None

    async def of(self, guild: int) -> Regulations:
        return (await self.known(guild)).regulations

    async def known(self, guild: int) -> Known:
        known = self._known.get(guild)
        if known is not None and guild not in self._stale:
            self._known.move_to_end(guild)
            return known
        before = self._changes
        found = await self._compiled(guild, await self._offices.load(guild))
        self._keep(guild, found)
        if before != self._changes and guild in self._known:  # it may be older than what somebody just changed
            self._stale.add(guild)
        return found

    async def staff(self, caller: Caller) -> Regulations:
        """The rules, for those who may change them; raises `NotStaffError` for others."""
        found = await self.of(caller.guild)
        if not found.rules.is_staff(caller):
            raise NotStaffError
        return found

    def forget(self, guild: int) -> None:
        """They have changed."""
        self._changes += 1
        if guild in self._known:
            self._stale.add(guild)

    def forget_all(self) -> None:
        """Any of them may have changed."""
        self._changes += 1
        self._stale |= self._known.keys()

    async def run(self) -> None:
        """Notice what other processes change, until cancelled."""
        while True:
            try:
                await self._look()
            except RefusalError as refusal:
                _log.warning("changes of rules could not be looked for", reason=type(refusal).__name__)
            await asyncio.sleep(ROUND_SECONDS)

    async def _look(self) -> None:
        # Since the look before the last: what got its number first may have been committed after what was seen then.
        latest, guilds = await self._offices.changed_since(self._mark_before)
        self._mark_before, self._mark = latest if self._mark is None else self._mark, latest
        for guild in guilds:
            self.forget(guild)

    async def _compiled(self, guild: int, found: Regulations) -> Known:
        rules = found.rules
        if not rules.words:
            return Known(found, None)
        async with self._compiling:  # of many who ask at once, the first makes what the others take
            former = self._known.get(guild)
            if former is not None and (former.rules.words, former.rules.excepted) == (rules.words, rules.excepted):
                return Known(found, former.words)
            return Known(found, await self._filters.compiled(rules.words, rules.excepted))

    def _keep(self, guild: int, found: Known) -> None:
        self._drop(guild)
        self._known[guild] = found
        self._weight += found.weight
        while len(self._known) > MOST_GUILDS or (self._weight > MOST_WORDS and len(self._known) > 1):
            self._drop(next(iter(self._known)))

    def _drop(self, guild: int) -> None:
        known = self._known.pop(guild, None)
        self._stale.discard(guild)
        self._weight -= 0 if known is None else known.weight
