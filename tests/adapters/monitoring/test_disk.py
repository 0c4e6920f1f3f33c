import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.adapters.monitoring import Disk
from bot.adapters.monitoring.disk import ENOUGH, TOO_LITTLE


async def test_what_hovers_around_the_limit_is_not_told_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, told = Disk(tmp_path), []
    for free in (TOO_LITTLE, TOO_LITTLE - 1, TOO_LITTLE + 1, ENOUGH - 1, ENOUGH, TOO_LITTLE):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: SimpleNamespace(free=free))
        told.append(await disk.is_full())
    assert told == [False, True, True, True, False, False]


async def test_a_folder_that_cannot_be_looked_at_is_as_it_was(tmp_path: Path) -> None:
    assert not await Disk(tmp_path / "nowhere").is_full()
