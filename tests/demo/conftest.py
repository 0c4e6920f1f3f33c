import signal
from collections.abc import Iterator
from importlib.util import find_spec

import pytest


@pytest.fixture(autouse=True)
def ctrl_c_counts() -> Iterator[None]:
    """Also where the tests run in the background of a shell, which lets them and what they start ignore it."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def chromium() -> str:
    """The browser's program."""
    if find_spec("playwright") is None:
        pytest.skip("the page is used with Playwright, which is not installed")
    from demo.visitor import chromium as find  # noqa: PLC0415 - needs Playwright

    if (found := find()) is None:
        pytest.skip("there is no Chromium here")
    return found
