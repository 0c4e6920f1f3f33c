import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import structlog

from bot.domain.news import News
from bot.domain.refusals import RefusalError
from bot.domain.rules import Family
from bot.ports import LogDesk
from bot.services.rulebook import Rulebook

_log = structlog.get_logger(__name__)

PAUSE_SECONDS: Final = 3.0
"""What happens meanwhile goes into one message."""
MOST_WAITING: Final = 5000
"""Of all guilds; beyond it the oldest of the guild that has the most are left out."""
MOST_OF_GUILD: Final = 500
MOST_IN_ONE: Final = 10
AT_ONCE: Final = 8
"""Messages on their way: each may take Discord ten seconds."""


class Scribe:
    """Writes into the guilds' log channels what happened there. It delays nobody, and no fault of it reaches anybody.

    Faults are those of the last attempt, for staff to see: which kind of news could not be posted, and why.
    """

    def __init__(self, rulebook: Rulebook, desk: LogDesk) -> None:
        self._rulebook = rulebook
        self._desk = desk
        self._waiting: dict[int, deque[News]] = {}
        self._count = 0
        self._posting: dict[int, asyncio.Task[None]] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._faults: defaultdict[int, dict[Family, str]] = defaultdict(dict)

    def tell(self, news: News) -> None:
        waiting = self._waiting.setdefault(news.guild, deque())
        waiting.append(news)
        self._count += 1
        if len(waiting) > MOST_OF_GUILD:
            self._leave_out(waiting)
        elif self._count > MOST_WAITING:
            self._leave_out(max(self._waiting.values(), key=len))

    def faults(self, guild: int) -> Mapping[Family, str]:
        return self._faults.get(guild, {})

    async def run(self) -> None:
        """Post what was told, again and again, until cancelled. A guild whose channel is slow delays no other."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                await asyncio.sleep(PAUSE_SECONDS)
                self._begin(tasks)

    async def flush(self) -> None:
        """Post what was told so far."""
        if self._posting:
            await asyncio.wait(self._posting.values())
        async with asyncio.TaskGroup() as tasks:
            self._begin(tasks)

    def _leave_out(self, waiting: deque[News]) -> None:
        waiting.popleft()
        self._count -= 1

    def _begin(self, tasks: asyncio.TaskGroup) -> None:
        for guild in self._waiting.keys() - self._posting.keys():
            news = self._waiting.pop(guild)
            self._count -= len(news)
            self._posting[guild] = tasks.create_task(self._post_all(guild, news))
            self._posting[guild].add_done_callback(lambda _, guild=guild: self._posting.pop(guild))  # type: ignore[misc]

    async def _post_all(self, guild: int, waiting: Iterable[News]) -> None:
        for family, news in _sorted(waiting).items():
            try:
                await self._post(guild, family, news)
            except RefusalError as refusal:
                _log.warning("no log could be written", guild=guild, reason=type(refusal).__name__)
            except Exception:  # noqa: BLE001 - a boundary: what one guild's log cannot take must not end the bot
                _log.exception("no log could be written", guild=guild)

    async def _post(self, guild: int, family: Family, news: Sequence[News]) -> None:
        channel = (await self._rulebook.of(guild)).rules.log.get(family)
        if channel is None:
            self._faults[guild].pop(family, None)
            return
        for first in range(0, len(news), MOST_IN_ONE):
            async with self._turns:
                fault = await self._desk.post(guild, channel, news[first : first + MOST_IN_ONE])
            if fault is not None:
                self._faults[guild][family] = fault
                return
        self._faults[guild].pop(family, None)


def _sorted(news: Iterable[News]) -> Mapping[Family, list[News]]:
    found: defaultdict[Family, list[News]] = defaultdict(list)
    for it in news:
        found[it.family].append(it)
    return found
