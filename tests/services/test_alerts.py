"""The operator is told once when something begins, and once when it is over."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from bot.domain.alerts import Alert
from bot.domain.refusals import StorageDownError
from bot.ports import Facts
from bot.services import alerts as alerting
from bot.services.alerts import MOST_WAITING, Alerts
from tests.services.world import Desk, StillClock

SHARED = [it for it in Alert if it.shared]
OWN = [it for it in Alert if not it.shared]


class Claims(Facts):
    """What is left in the database, which may be `away`."""

    def __init__(self) -> None:
        self.facts: dict[str, str] = {}
        self.away = False

    @override
    async def fact(self, name: str) -> str | None:
        return self.facts.get(name)

    @override
    async def remember(self, name: str, value: str) -> None:
        self.facts[name] = value

    @override
    async def claim(self, name: str, value: str) -> bool:
        if self.away:
            raise StorageDownError
        return self.facts.setdefault(name, value) is value

    @override
    async def release(self, name: str) -> str | None:
        if self.away:
            raise StorageDownError
        return self.facts.pop(name, None)


class Scene:
    def __init__(self) -> None:
        self.claims, self.desk, self.clock = Claims(), Desk(), StillClock()
        self.alerts = self.process()

    def process(self) -> Alerts:
        return Alerts(self.claims, self.desk, self.clock)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def told(desk: Desk) -> list[tuple[Alert, bool]]:
    """What it was about, and whether it was over."""
    return [(it.alert, it.until is not None) for it in desk.alerts]


@pytest.mark.parametrize("alert", Alert)
async def test_each_is_told_once_when_it_begins_and_once_when_it_is_over(scene: Scene, alert: Alert) -> None:
    began = scene.clock.moment
    with capture_logs() as logs:
        for on in (False, True, True, False, False):
            scene.alerts.report(alert, on=on)
            assert await scene.alerts.flush()
            scene.clock.moment += timedelta(minutes=1)
    assert told(scene.desk) == [(alert, False), (alert, True)]
    begins, ends = scene.desk.alerts
    assert begins.since == ends.since == began + timedelta(minutes=1)
    assert ends.until == began + timedelta(minutes=3)
    assert [it.get("seconds") for it in logs] == [None, 120]
    assert {it["alert"] for it in logs} == {alert.value}


@pytest.mark.parametrize("alert", SHARED)
async def test_of_several_processes_one_tells_what_concerns_all(scene: Scene, alert: Alert) -> None:
    processes = [scene.process() for _ in range(3)]
    for on in (True, False):
        for process in processes:
            process.report(alert, on=on)
        await asyncio.gather(*(it.flush() for it in processes))
    assert told(scene.desk) == [(alert, False), (alert, True)]


@pytest.mark.parametrize("alert", OWN)
async def test_each_process_tells_what_concerns_it_alone(scene: Scene, alert: Alert) -> None:
    for process in (scene.process(), scene.process()):
        process.report(alert, on=True)
        await process.flush()
    assert told(scene.desk) == [(alert, False)] * 2


async def test_a_restart_in_the_middle_tells_nothing_twice_and_does_not_forget_the_end(scene: Scene) -> None:
    scene.alerts.report(Alert.BOUND, on=True)
    await scene.alerts.flush()
    began = scene.clock.moment
    second, third = scene.process(), scene.process()
    second.report(Alert.BOUND, on=True)
    await second.flush()
    scene.clock.moment += timedelta(hours=3)
    third.report(Alert.BOUND, on=False)
    await third.flush()
    assert told(scene.desk) == [(Alert.BOUND, False), (Alert.BOUND, True)]
    assert scene.desk.alerts[-1].since == began


async def test_what_the_channel_did_not_take_is_told_later_in_its_order(scene: Scene) -> None:
    scene.desk.reachable = False
    scene.alerts.report(Alert.BOUND, on=True)
    scene.alerts.report(Alert.DISK, on=True)
    scene.alerts.report(Alert.DISK, on=False)
    assert not await scene.alerts.flush()
    assert not await scene.alerts.flush()
    scene.desk.reachable = True
    assert await scene.alerts.flush()
    assert told(scene.desk) == [(Alert.BOUND, False), (Alert.DISK, False), (Alert.DISK, True)]


async def test_without_the_database_what_concerns_all_waits_and_the_rest_does_not(scene: Scene) -> None:
    scene.claims.away = True
    scene.alerts.report(Alert.BOUND, on=True)
    scene.alerts.report(Alert.DATABASE, on=True)
    assert not await scene.alerts.flush()
    assert told(scene.desk) == [(Alert.DATABASE, False)]
    scene.claims.away = False
    assert await scene.alerts.flush()
    assert told(scene.desk) == [(Alert.DATABASE, False), (Alert.BOUND, False)]


async def test_a_channel_that_takes_nothing_costs_no_memory(scene: Scene) -> None:
    scene.desk.reachable = False
    for number in range(3 * MOST_WAITING):
        scene.alerts.report(Alert.DISK, on=number % 2 == 0)
    scene.desk.reachable = True
    await scene.alerts.flush()
    assert len(scene.desk.alerts) == MOST_WAITING


async def test_what_is_new_is_told_at_once_and_what_was_not_taken_after_a_while(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerting, "FIRST_PAUSE_SECONDS", 0.01)
    scene.desk.reachable = False
    running = asyncio.create_task(scene.alerts.run())
    scene.alerts.report(Alert.DISK, on=True)
    await asyncio.sleep(0)
    scene.desk.reachable = True
    async with asyncio.timeout(20):
        while not scene.desk.alerts:
            await asyncio.sleep(0)
        scene.alerts.report(Alert.SHARDS, on=True)
        while len(scene.desk.alerts) < 2:
            await asyncio.sleep(0)
    running.cancel()
    assert told(scene.desk) == [(Alert.DISK, False), (Alert.SHARDS, False)]
