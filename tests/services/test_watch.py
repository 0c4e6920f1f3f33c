"""What is found only by looking, and how long it has to last."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from bot.domain.alerts import Alert
from bot.domain.load import Load
from bot.domain.refusals import StorageBusyError
from bot.ports import Loads
from bot.services import watch as watching
from bot.services.alerts import Alerts
from bot.services.watch import Watch
from tests.services.test_alerts import Claims, told
from tests.services.world import Desk, StillClock


class Scene(Loads):
    def __init__(self, monkeypatch: pytest.MonkeyPatch, bound: int = 5) -> None:
        self.desk = Desk()
        self.alerts = Alerts(Claims(), self.desk, StillClock())
        self.calls, self.away, self.hangs, self.looks = 0, False, False, 0
        self.wrong: set[Alert] = set()
        self.seconds = 1000.0
        signs = {it: self._sign(it) for it in (Alert.SHARDS, Alert.DISK)}
        self.watch = Watch(self.alerts, self, signs, bound)
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: self.seconds)

    @override
    async def load(self) -> Load:
        self.looks += 1
        if self.hangs:
            await asyncio.Event().wait()
        if self.away:
            raise StorageBusyError
        return Load(calls=self.calls, queued=0, kept=0, held=0)

    async def looked(self, after: float = 0) -> list[tuple[Alert, bool]]:
        self.seconds += after
        await self.watch.look()
        await self.alerts.flush()
        return told(self.desk)

    def _sign(self, alert: Alert) -> Callable[[], Awaitable[bool]]:
        async def is_wrong() -> bool:
            return alert in self.wrong

        return is_wrong


@pytest.fixture
async def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    return Scene(monkeypatch)


async def test_the_days_bound_is_told_when_it_is_reached_and_when_the_next_day_begins(scene: Scene) -> None:
    scene.calls = 4
    assert await scene.looked() == []
    scene.calls = 5
    assert await scene.looked() == await scene.looked() == [(Alert.BOUND, False)]
    scene.calls = 0
    assert await scene.looked() == [(Alert.BOUND, False), (Alert.BOUND, True)]


async def test_a_bound_of_nothing_is_what_the_operator_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await Scene(monkeypatch, bound=0).looked() == []


async def test_a_database_that_is_busy_for_a_moment_is_no_incident(scene: Scene) -> None:
    scene.away = True
    assert await scene.looked() == []
    assert await scene.looked(after=29) == []
    scene.away = False
    assert await scene.looked() == []
    scene.away = True
    assert await scene.looked(after=29) == []
    assert await scene.looked(after=30) == [(Alert.DATABASE, False)]
    scene.away = False
    assert await scene.looked(after=1) == [(Alert.DATABASE, False), (Alert.DATABASE, True)]


async def test_a_database_that_hangs_is_away(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "ANSWER_SECONDS", 0)
    scene.hangs = True
    await scene.looked()
    assert await scene.looked(after=30) == [(Alert.DATABASE, False)]


async def test_a_shard_may_come_back_within_two_minutes_and_a_full_disk_is_told_at_once(scene: Scene) -> None:
    scene.wrong = {Alert.SHARDS, Alert.DISK}
    assert await scene.looked() == await scene.looked(after=119) == [(Alert.DISK, False)]
    assert await scene.looked(after=1) == [(Alert.DISK, False), (Alert.SHARDS, False)]
    scene.wrong = set()
    assert await scene.looked() == [
        (Alert.DISK, False),
        (Alert.SHARDS, False),
        (Alert.SHARDS, True),
        (Alert.DISK, True),
    ]


async def test_it_goes_on_looking_whatever_happens() -> None:
    looked = asyncio.Event()

    class Broken(Loads):
        looks = 0

        @override
        async def load(self) -> Load:
            self.looks += 1
            if self.looks > 1:
                looked.set()
            raise RuntimeError("nobody foresaw this")

    with pytest.MonkeyPatch.context() as patched, capture_logs() as logs:
        patched.setattr(watching, "ROUND_SECONDS", 0)
        running = asyncio.create_task(Watch(Alerts(Claims(), Desk(), StillClock()), Broken(), {}, 5).run())
        async with asyncio.timeout(20):
            await looked.wait()
        running.cancel()
    assert logs[0]["event"] == "nobody could look whether all is well"
