from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.alerts import Alert
from bot.domain.circuit import Trouble
from bot.domain.failures import (
    AuthenticationError,
    ProviderCreditsError,
    ProviderFaultError,
    ProviderTimeoutError,
)
from bot.domain.refusals import ProviderAwayError
from bot.services.alerts import Alerts
from bot.services.breaker import Breaker
from tests.services.test_alerts import Claims, told
from tests.services.world import Desk, Provider, StillClock


class Scene:
    def __init__(self) -> None:
        self.provider, self.desk, self.clock = Provider(), Desk(), StillClock()
        self.claims = Claims()
        self.alerts = Alerts(self.claims, self.desk, self.clock)
        self.breaker = Breaker(self.provider, self.alerts, self.clock)
        self.asked = 0
        self.answer: Exception | None = None
        self.provider.on_probe = self._asked

    async def _asked(self) -> None:
        self.asked += 1
        if self.answer is not None:
            raise self.answer


@pytest.fixture
def scene() -> Scene:
    return Scene()


async def test_a_refused_key_is_asked_about_once_until_it_is_time_again(scene: Scene) -> None:
    scene.breaker.note(AuthenticationError())
    scene.answer = AuthenticationError()
    assert not await scene.breaker.lets_through()
    assert scene.asked == 0
    scene.clock.moment += timedelta(minutes=1)
    scene.breaker.refuse()  # half open: whoever asks now may come in
    assert not await scene.breaker.lets_through()
    assert not await scene.breaker.lets_through()
    assert scene.asked == 1
    with pytest.raises(ProviderAwayError):
        scene.breaker.refuse()


async def test_an_answer_that_says_nothing_of_the_key_leaves_it_refused(scene: Scene) -> None:
    scene.breaker.note(AuthenticationError())
    scene.answer = ProviderTimeoutError()
    scene.clock.moment += timedelta(minutes=1)
    assert not await scene.breaker.lets_through()
    assert scene.breaker.trouble is Trouble.KEY
    await scene.alerts.flush()
    assert told(scene.desk) == [(Alert.KEY, False)]


async def test_an_accepted_key_opens_the_doors_and_is_told(scene: Scene) -> None:
    scene.breaker.note(AuthenticationError())
    scene.breaker.note(AuthenticationError())
    scene.clock.moment += timedelta(minutes=1)
    assert await scene.breaker.lets_through()
    assert scene.breaker.trouble is None
    await scene.alerts.flush()
    assert told(scene.desk) == [(Alert.KEY, False), (Alert.KEY, True)]


async def test_a_trouble_that_gives_way_to_another_is_not_told_as_over(scene: Scene) -> None:
    scene.breaker.note(AuthenticationError())
    with capture_logs() as logs:
        scene.breaker.note(ProviderCreditsError())
        scene.breaker.note(None)
        scene.breaker.note(None)
    await scene.alerts.flush()
    assert told(scene.desk) == [(Alert.KEY, False), (Alert.CREDITS, False), (Alert.CREDITS, True)]
    assert [it["event"] for it in logs] == ["no pictures can be ordered", "pictures can be ordered again"]


async def test_a_process_that_begins_in_the_middle_tells_the_end_and_not_before(scene: Scene) -> None:
    await scene.claims.claim("alert:provider_fault", scene.clock.moment.isoformat())
    scene.breaker.note(ProviderFaultError())
    await scene.alerts.flush()
    assert told(scene.desk) == []
    scene.breaker.note(None)
    await scene.alerts.flush()
    assert told(scene.desk) == [(Alert.OUTAGE, True)]
