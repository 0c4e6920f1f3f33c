import asyncio
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
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
"""Of all guilds; beyond it the oldest are left out."""
MOST_IN_ONE: Final = 10


class Scribe:
    """Writes into the guilds' log channels what happened there. It delays nobody, and no fault of it reaches anybody.

    Faults are those of the last attempt, for staff to see: which kind of news could not be posted, and why.
    """

    def __init__(self, rulebook: Rulebook, desk: LogDesk) -> None:
        self._rulebook = rulebook
        self._desk = desk
        self._waiting: deque[News] = deque(maxlen=MOST_WAITING)
        self._faults: defaultdict[int, dict[Family, str]] = defaultdict(dict)

    def tell(self, news: News) -> None:
        self._waiting.append(news)

    def faults(self, guild: int) -> Mapping[Family, str]:
        return self._faults.get(guild, {})

    async def run(self) -> None:
        """Post what was told, again and again, until cancelled."""
        while True:
            await asyncio.sleep(PAUSE_SECONDS)
            await self.flush()

    async def flush(self) -> None:
        """Post what was told so far."""
        waiting = list(self._waiting)
        self._waiting.clear()
        for (guild, family), news in _sorted(waiting).items():
            try:
                await self._post(guild, family, news)
            except RefusalError as refusal:
                _log.warning("no log could be written", guild=guild, reason=type(refusal).__name__)

    async def _post(self, guild: int, family: Family, news: Sequence[News]) -> None:
        channel = (await self._rulebook.of(guild)).rules.log.get(family)
        if channel is None:
            self._faults[guild].pop(family, None)
            return
        for first in range(0, len(news), MOST_IN_ONE):
            fault = await self._desk.post(guild, channel, news[first : first + MOST_IN_ONE])
            if fault is not None:
                self._faults[guild][family] = fault
                return
        self._faults[guild].pop(family, None)


def _sorted(news: Sequence[News]) -> Mapping[tuple[int, Family], list[News]]:
    found: defaultdict[tuple[int, Family], list[News]] = defaultdict(list)
    for it in news:
        found[it.guild, it.family].append(it)
    return found
