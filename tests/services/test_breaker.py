from datetime import timedelta

import pytest

from bot.domain.circuit import Trouble
from bot.domain.failures import AuthenticationError, ProviderTimeoutError
from bot.domain.refusals import ProviderAwayError
from bot.services.breaker import Breaker
from tests.services.world import Desk, Provider, StillClock


class Scene:
    def __init__(self) -> None:
        self.provider, self.desk, self.clock = Provider(), Desk(), StillClock()
        self.breaker = Breaker(self.provider, self.desk, self.clock)
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
    await scene.breaker.note(AuthenticationError())
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
    await scene.breaker.note(AuthenticationError())
    scene.answer = ProviderTimeoutError()
    scene.clock.moment += timedelta(minutes=1)
    assert not await scene.breaker.lets_through()
    assert scene.breaker.trouble is Trouble.KEY
    assert scene.desk.alerts == [(Trouble.KEY, None)]


async def test_an_accepted_key_opens_the_doors_and_is_told(scene: Scene) -> None:
    await scene.breaker.note(AuthenticationError())
    await scene.breaker.note(AuthenticationError())
    scene.clock.moment += timedelta(minutes=1)
    assert await scene.breaker.lets_through()
    assert scene.breaker.trouble is None
    assert scene.desk.alerts == [(Trouble.KEY, None), (None, Trouble.KEY)]
