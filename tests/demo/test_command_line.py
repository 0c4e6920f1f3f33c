"""What a person may get wrong on the command line: said in words, with an exit code of its own."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.command_line import main
from tests.demo.running import run


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        yield door.getsockname()[1]


async def test_a_taken_port_is_said_before_anything_is_made(tmp_path: Path, taken_port: int) -> None:
    ended = await run(tmp_path, "--no-browser", "--port", str(taken_port))

    assert (ended.code, ended.printed) == (2, "")
    assert ended.complained == (
        f"The page cannot be served on port {taken_port} (Address already in use). Choose another --port.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--port", "seven"), "argument --port: invalid number value: 'seven'"),
        (("--port", "-1"), "argument --port: must be between 0 and 65535"),
        (("--port", "65536"), "argument --port: must be between 0 and 65535"),
        (("--latency", "nan"), "argument --latency: must be between 0 and 600"),
        (("--latency", "-1"), "argument --latency: must be between 0 and 600"),
        (("--credits", "0"), "argument --credits: must be between 1 and 1000"),
        (("--credits", "1.5"), "argument --credits: invalid number value: '1.5'"),
        (("--once", "--live"), "argument --live: not allowed with argument --once"),
        (("--lice",), "unrecognized arguments: --lice"),
    ],
)
def test_nonsense_is_named(
    arguments: tuple[str, ...],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit) as ending:
        main(arguments)

    assert ending.value.code == 2
    assert capsys.readouterr().err.endswith(f"error: {words}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("env", ["", "ONEMIN_API_KEY=your-key-here\n"])
def test_live_needs_a_key(
    env: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(env)

    assert main(["--live"]) == 2

    printed, complained = capsys.readouterr()
    assert printed == ""
    assert complained.startswith("--live needs the key of an account")
    assert "ONEMIN_API_KEY" in complained


def test_a_folder_that_cannot_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "demo-output").write_text("somebody's file")

    assert main(["--once"]) == 2

    printed, complained = capsys.readouterr()
    assert printed == ""
    assert complained.startswith("The try-out cannot write its log: ")
    assert (tmp_path / "demo-output").read_text() == "somebody's file"
