import os
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from bot.__main__ import main
from bot.settings import Settings


class Told(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Told]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine that runs the tests reaches the bot."""
    for name in [name for name in os.environ if name.lower() in Settings.model_fields]:
        monkeypatch.delenv(name)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`python -m bot` with arguments, in this process."""

    def run(*arguments: str) -> Told:
        monkeypatch.setattr(sys, "argv", ["bot", *arguments])
        try:
            code: object = main()
        except SystemExit as leaving:
            code = leaving.code
        assert isinstance(code, int)
        told = Told(code, *capsys.readouterr())
        assert "Traceback" not in told.out + told.err
        return told

    return run
