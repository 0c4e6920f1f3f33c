"""The pictures in the README, and the program that takes them."""

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.demo.running import REPOSITORY, run

PICTURES = REPOSITORY / "docs" / "pictures"
KIB = 1024


async def test_they_are_taken_anew_on_the_page(tmp_path: Path, chromium: str) -> None:
    assert chromium

    ended = await run(tmp_path, str(tmp_path / "pictures"), module="demo.pictures")

    assert (ended.code, ended.complained) == (0, "")
    taken = _files(tmp_path / "pictures")
    assert [path.name for path in taken] == [path.name for path in _files(PICTURES)]
    assert sorted(ended.printed.splitlines()) == list(map(str, taken))
    for path in taken:
        _check(path)
        with Image.open(path) as now, Image.open(PICTURES / path.name) as before:
            assert now.width == before.width


async def test_without_a_browser_that_is_said(tmp_path: Path) -> None:
    pytest.importorskip("playwright", reason="without Playwright, nothing is taken")

    ended = await run(tmp_path, module="demo.pictures", PATH=str(tmp_path))

    assert (ended.code, ended.printed) == (1, "")
    assert "neither is on this machine's PATH" in ended.complained
    assert _files(tmp_path) == []


def test_the_readme_shows_each_of_them_in_words_too() -> None:
    readme = (REPOSITORY / "README.md").read_text()
    shown = re.findall(r'<img src="docs/pictures/([^"]+)"[^>]* alt="([^"]+)"', readme)

    assert sorted(name for name, _ in shown) == [path.name for path in _files(PICTURES)]
    assert len(re.findall("docs/pictures", readme)) == len(shown)
    assert all(len(words) > 40 for _, words in shown)


def test_they_are_small() -> None:
    for path in _files(PICTURES):
        _check(path)
    assert sum(path.stat().st_size for path in _files(PICTURES)) < 800 * KIB


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def _check(path: Path) -> None:
    assert path.stat().st_size < 200 * KIB
    with Image.open(path) as picture:
        picture.load()
        assert picture.format == "WEBP"
