import asyncio
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NamedTuple

import structlog

from bot.domain.alerts import Alert, Notice
from bot.domain.refusals import RefusalError
from bot.ports import Clock, Facts, OperatorDesk

_log = structlog.get_logger(__name__)

FIRST_PAUSE_SECONDS: Final = 15.0
LONGEST_PAUSE_SECONDS: Final = 600.0
MOST_WAITING: Final = 100
"""While the channel takes nothing; beyond it the oldest stand in the log alone."""


class _Said(NamedTuple):
    begins: str
    ends: str


_EVENTS: Final[Mapping[Alert, _Said]] = {
    **dict.fromkeys(
        (Alert.KEY, Alert.CREDITS, Alert.OUTAGE), _Said("no pictures can be ordered", "pictures can be ordered again")
    ),
    Alert.BOUND: _Said("the day's bound on paid calls is reached", "paid calls are possible again"),
    Alert.DATABASE: _Said("the database is away", "the database is back"),
    Alert.SHARDS: _Said("a shard is disconnected", "all shards are connected again"),
    Alert.DISK: _Said("the disk is nearly full", "the disk has room again"),
}


@dataclass(frozen=True, slots=True)
class _Waiting:
    """`claimed` is whether this process is the one to tell it; `quiet` that nobody needs to be told."""

    notice: Notice
    claimed: bool
    quiet: bool = False


class Alerts:
    """Tells the operator of what begins and ends, once each, as soon as the channel takes it.

    What concerns the whole installation is told by the process that is first to claim it in the database. The claim
    outlives the process, so that a restart in the middle tells nothing twice, and leaves no beginning without its end.
    """

    def __init__(self, facts: Facts, desk: OperatorDesk, clock: Clock) -> None:
        self._facts = facts
        self._desk = desk
        self._clock = clock
        self._since: dict[Alert, datetime | None] = {}
        self._waiting: deque[_Waiting] = deque(maxlen=MOST_WAITING)
        self._told = asyncio.Event()

    def report(self, alert: Alert, *, on: bool, quiet: bool = False) -> None:
        """Say how it is, as often as one likes: only a change is told, and none where `quiet`."""
        known, since = alert in self._since, self._since.get(alert)
        if known and on is (since is not None):
            return
        now = self._clock.now()
        self._since[alert] = now if on else None
        if on:
            self._log(alert, _EVENTS[alert].begins)
            self._wait(Notice(alert, now))
        elif since is not None:
            if not quiet:
                self._log(alert, _EVENTS[alert].ends, seconds=max(0, round((now - since).total_seconds())))
            self._wait(Notice(alert, since, now), quiet=quiet)
        elif alert.shared:  # a process before this one may have told that it began
            self._wait(Notice(alert, now, now), quiet=quiet)

    async def run(self) -> None:
        """Tell until cancelled. What is new is tried at once, what was not taken again after a while."""
        pause = FIRST_PAUSE_SECONDS
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(pause if self._waiting else None):
                    await self._told.wait()
            done = await self.flush()
            pause = FIRST_PAUSE_SECONDS if done else min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def flush(self) -> bool:
        """Try all that waits once; False where something still does. One kind keeps its order."""
        self._told.clear()
        waiting, left = list(self._waiting), list[_Waiting]()
        self._waiting.clear()
        for it in waiting:
            rest = it if any(other.notice.alert is it.notice.alert for other in left) else await self._tell(it)
            if rest is not None:
                left.append(rest)
        self._waiting.extendleft(reversed(left))
        return not left

    async def _tell(self, waiting: _Waiting) -> _Waiting | None:
        """What is left to do."""
        if not waiting.claimed:
            try:
                claimed = await self._claim(waiting.notice)
            except RefusalError:
                return waiting
            if claimed is None:
                return None
            waiting = replace(waiting, notice=claimed, claimed=True)
        told = waiting.quiet or await self._desk.alert(waiting.notice)
        return None if told else waiting

    async def _claim(self, notice: Notice) -> Notice | None:
        """None where another process tells it, or did."""
        name = f"alert:{notice.alert.value}"
        if notice.until is None:
            return notice if await self._facts.claim(name, notice.since.isoformat()) else None
        since = await self._facts.release(name)
        return None if since is None else replace(notice, since=datetime.fromisoformat(since))

    def _wait(self, notice: Notice, *, quiet: bool = False) -> None:
        self._waiting.append(_Waiting(notice, claimed=not notice.alert.shared, quiet=quiet))
        self._told.set()

    def _log(self, alert: Alert, event: str, **details: int) -> None:
        tell = _log.error if alert in {Alert.KEY, Alert.CREDITS, Alert.OUTAGE} and not details else _log.warning
        tell(event, alert=alert.value, **details)
