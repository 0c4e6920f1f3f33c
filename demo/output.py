"""Where a try-out leaves its log and its pictures. Two at once do not write into the same place."""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final, TextIO

from pydantic import SecretStr

from bot.log import set_up_logs

ROOT: Final = Path("demo-output")
LOG: Final = "demo.log"


class OutputError(Exception):
    """Its text is the system's reason."""


@dataclass(frozen=True, slots=True)
class Output:
    folder: Path
    log: TextIO


@contextmanager
def claimed() -> Iterator[Output]:
    """`ROOT`, or a numbered folder in it while others run, with the log emptied. Raises `OutputError`."""
    try:
        output = next(filter(None, (_claim(folder) for folder in _folders())))
    except OSError as error:
        raise OutputError(str(error)) from None
    with output.log:  # closing it ends the claim, as the end of the process would
        yield output


def write_logs(file: TextIO, secrets: Sequence[SecretStr] = ()) -> None:
    with redirect_stderr(file):
        set_up_logs("INFO", "console", secrets)


def _folders() -> Iterator[Path]:
    yield ROOT
    yield from (ROOT / str(number) for number in count(2))


def _claim(folder: Path) -> Output | None:
    folder.mkdir(parents=True, exist_ok=True)
    log = (folder / LOG).open("a", encoding="utf-8")
    try:
        fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        log.close()
        return None
    log.truncate(0)
    return Output(folder, log)
