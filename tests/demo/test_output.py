from pathlib import Path

import pytest

from demo.output import OutputError, claimed


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_those_at_once_have_a_folder_each() -> None:
    with claimed() as one, claimed() as two, claimed() as three:
        assert [str(it.folder) for it in (one, two, three)] == ["demo-output", "demo-output/2", "demo-output/3"]


def test_the_next_one_takes_the_place_of_one_that_ended_and_empties_its_log() -> None:
    with claimed() as first:
        first.log.write("of the first")
    with claimed() as second:
        second.log.write("second")

    assert first.folder == second.folder
    assert (first.folder / "demo.log").read_text() == "second"


def test_a_log_in_use_is_not_emptied() -> None:
    with claimed() as first:
        first.log.write("of the first")
        first.log.flush()
        with claimed():
            assert (first.folder / "demo.log").read_text() == "of the first"


def test_a_place_that_cannot_be_written_is_said(folder: Path) -> None:
    (folder / "demo-output").write_text("somebody's file")

    with pytest.raises(OutputError, match="demo-output"), claimed():
        pass
