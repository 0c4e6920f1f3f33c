"""The instrument works; what it measures is no test."""

import asyncio
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


async def test_the_benchmark_measures_both_contenders(tmp_path: Path) -> None:
    options = [
        "--rounds",
        "1",
        "--rates",
        "5",
        "--seconds",
        "0.4",
        "--together",
        "3",
        "--output",
        str(tmp_path / "p.md"),
    ]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks", *options, env=environment, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    assert process.returncode == 0
    page = told.decode().strip()
    assert (tmp_path / "p.md").read_text().strip() == page
    rows = [line for line in page.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == 7
    assert all(
        re.fullmatch(r"\| [^|]+ \| \d+\.\d m?s \| \d+\.\d m?s \| \d+\.\d\d \|", row.replace("MiB", "s")) for row in rows
    )
