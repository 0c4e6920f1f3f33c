"""What `make audit` asks about; the question itself needs the internet, and is left out here."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def audits() -> list[str]:
    """The commands, without asking."""
    makefile = (ROOT / "Makefile").read_text()
    found = re.findall(r"^\t\$\(BIN\)/(pip-audit .*)$", makefile, re.MULTILINE)
    return [command.replace("$(ARGS)", "--dry-run") for command in found]


@pytest.mark.parametrize("command", audits())
def test_every_pinned_package_would_be_asked_about(command: str) -> None:
    words = shlex.split(command)
    pinned = re.findall(r"^([a-z0-9._-]+)==", (ROOT / words[-1]).read_text(), re.MULTILINE)
    told = subprocess.run(  # noqa: S603 - the Makefile's
        [Path(sys.executable).parent / words[0], *words[1:]], cwd=ROOT, capture_output=True, text=True, check=True
    )
    count = re.search(r"would have audited ([0-9]+) packages", told.stderr)
    assert count is not None
    assert 0 < len(pinned) - int(count[1]) < 10, "but those for other systems"
