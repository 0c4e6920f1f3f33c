import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from hypothesis import settings

from bot.__main__ import main
from bot.settings import Settings

# The same examples each time: what a change must pass is no game of chance. `make soak` plays others.
settings.register_profile("steady", derandomize=True)
if not os.environ.get("SOAK"):
    settings.load_profile("steady")


_ELSEWHERE: Final = {"benchmarks", "crashes", "demo", "faults", "image", "process", "soak"}
"""Tests of processes, whose lines nobody counts."""
_COUNTED_ELSEWHERE: Final = {("adapters", "storage"), ("standins", "discord")}
"""Whose lines the doors' tests pass, too."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Counting lines makes a test two thirds slower; on PostgreSQL it passes the same ones as on SQLite."""
    for item in items:
        folder, below, *_ = (*item.path.relative_to(Path(__file__).parent).parts, "")
        if folder in _ELSEWHERE or (folder, below) in _COUNTED_ELSEWHERE or "postgresql" in item.name:
            item.add_marker(pytest.mark.no_cover)


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
