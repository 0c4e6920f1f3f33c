from collections.abc import AsyncIterator

import pytest

from standins.endpoint import Endpoint
from tests.standins.caller import Caller, calling


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    async with Endpoint(scale=0.1, prompt_faults=True) as endpoint:
        yield endpoint


@pytest.fixture
async def caller(endpoint: Endpoint) -> AsyncIterator[Caller]:
    async with calling(endpoint) as caller:
        yield caller
