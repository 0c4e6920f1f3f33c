"""Takes the Dockerfile's steps on this machine, without an engine.

Each stage is a folder, and the image's own paths (/app, /data, /opt/venv) are folders in it. All else is as the
Dockerfile says: the commands, what is copied, the environment, the user. Two things cannot be: the base image is a
Python of this machine, and who is not root here can become nobody else.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.image.dockerfile import ROOT, Instruction, Stage, stages
from tests.image.ignoring import ignored

SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
IS_ROOT = os.geteuid() == 0
STRICT_UMASK = 0o077

# What would change this machine changes the stage's folder instead.
TOOLS_OF_ROOT = {
    "groupadd": 'exec /usr/sbin/groupadd --prefix "$STAGE" "$@"',
    "useradd": 'exec /usr/sbin/useradd --prefix "$STAGE" "$@"',
}
TOOLS_OF_OTHERS = {
    "groupadd": "exit 0",
    "useradd": "exit 0",
    "install": 'for last; do :; done; exec mkdir -p "$last"',
}


@dataclass(frozen=True)
class Image:
    """What the steps came to, and how an engine would run it."""

    root: Path
    workdir: Path
    volume: Path
    environment: Mapping[str, str]
    entrypoint: Sequence[str]
    healthcheck: Sequence[str]
    user: Mapping[str, Any]

    def fixed(self) -> dict[str, tuple[int, int]]:
        """Everything outside of the volume, which no run may change."""
        files = (it for it in self.root.rglob("*") if not it.is_relative_to(self.volume))
        return {str(it): (it.lstat().st_mtime_ns, it.lstat().st_size) for it in files}


class Build:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tools = folder / "tools"
        self._stages = stages()
        self._user = _user(self._stages[-1])
        last = self._stages[-1]
        copied = [it.words[-1] for it in last.all("COPY")]
        self._own = {last.the("WORKDIR").text, last.the("VOLUME").text, *copied}

    def run(self) -> Image:
        self._folder.chmod(0o755)
        self._make_tools()
        for number, stage in enumerate(self._stages):
            self._take(stage, self._root(number))
        last, root = self._stages[-1], self._root(-1)
        self._close(root / last.the("WORKDIR").text[1:])
        return Image(
            root,
            root / last.the("WORKDIR").text[1:],
            root / last.the("VOLUME").text[1:],
            {name: self._rebased(value, root) for name, value in last.environment({"PATH": SYSTEM_PATH}).items()},
            last.the("ENTRYPOINT").command,
            last.the("HEALTHCHECK").command,
            self._user,
        )

    def _root(self, number: int) -> Path:
        return self._folder / f"stage{number % len(self._stages)}"

    def _rebased(self, text: str, root: Path) -> str:
        own = "|".join(re.escape(path[1:]) for path in sorted(self._own))
        return re.sub(rf"(?<![\w.-])/(?=({own})\b)", f"{root}/", text)

    def _take(self, stage: Stage, root: Path) -> None:
        (root / "etc").mkdir(parents=True)
        workdir = root
        for instruction in stage.instructions:
            match instruction.keyword:
                case "RUN":
                    self._execute(instruction, root, workdir)
                case "WORKDIR":
                    workdir = root / instruction.text[1:]
                    workdir.mkdir(exist_ok=True)
                case "COPY":
                    *sources, target = instruction.words
                    for source in sources:
                        self._copy(source, workdir / self._rebased(target, root), instruction.flags.get("from"))
                case _:
                    pass  # says how the image is run

    def _execute(self, instruction: Instruction, root: Path, workdir: Path) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        environment |= {"PATH": f"{self._tools}:{SYSTEM_PATH}", "STAGE": str(root)}
        command = ["/bin/sh", "-c", self._rebased(instruction.text, root)]
        subprocess.run(command, cwd=workdir, env=environment, umask=0o022, check=True)  # noqa: S603 - our Dockerfile's

    def _copy(self, source: str, target: Path, stage: str | None) -> None:
        if stage is not None:
            number = [it.name for it in self._stages].index(stage)
            shutil.copytree(self._root(number) / source[1:], target, symlinks=True, dirs_exist_ok=True)
        elif (ROOT / source).is_dir():
            for file in _let_through(source):
                _copy_strictly(ROOT / source / file, target / file)
        else:
            _copy_strictly(ROOT / source, target / source)

    def _close(self, folder: Path) -> None:
        """Root's files are closed to the image's user; one's own are not, unless one says so."""
        if not IS_ROOT:
            for path in (folder, *folder.rglob("*")):
                path.chmod(path.stat().st_mode & ~0o222)

    def _make_tools(self) -> None:
        self._tools.mkdir()
        tools = {
            "python": f'exec {_base(self._stages[-1], self._user)} "$@"',
            "pip": f'exec {sys.executable} -m pip "$@"',
            **(TOOLS_OF_ROOT if IS_ROOT else TOOLS_OF_OTHERS),
        }
        for name, script in tools.items():
            (self._tools / name).write_text(f"#!/bin/sh\n{script}\n")
            (self._tools / name).chmod(0o755)


def _user(stage: Stage) -> dict[str, Any]:
    user, _, group = stage.the("USER").text.partition(":")
    return {"user": int(user), "group": int(group), "extra_groups": []} if IS_ROOT else {}


def _base(stage: Stage, user: Mapping[str, Any]) -> str:
    """A Python that the image's user may run as well: the version of the base image where there is one."""
    version = re.findall(r"python:(3\.\d+)", stage.base)[0]
    wanted = "import sys, venv; sys.exit(sys.version_info < (3, 11))"
    for name in (f"python{version}", getattr(sys, "_base_executable", sys.executable), "/usr/bin/python3"):
        path = shutil.which(name, path=f"{os.environ['PATH']}:{SYSTEM_PATH}")
        if path and _succeeds([path, "-c", wanted], user):
            return path
    raise AssertionError("no Python from 3.11 that others than its owner may run: install one for the whole machine")


def _succeeds(command: Sequence[str], user: Mapping[str, Any]) -> bool:
    try:
        return not subprocess.run(command, cwd="/", capture_output=True, check=False, **user).returncode  # noqa: S603
    except OSError:
        return False


def _let_through(folder: str) -> Iterator[Path]:
    for path in (ROOT / folder).rglob("*"):
        if path.is_file() and not ignored(path.relative_to(ROOT).as_posix()):
            yield path.relative_to(ROOT / folder)


def _copy_strictly(source: Path, target: Path) -> None:
    """As from a machine that keeps its files to itself: COPY takes their modes along."""
    before = os.umask(STRICT_UMASK)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    finally:
        os.umask(before)
