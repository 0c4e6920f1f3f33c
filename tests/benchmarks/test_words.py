"""The instrument works; what it measures is no test."""

import asyncio
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


async def test_the_benchmark_measures_each_list_with_each_kind_of_prompt(tmp_path: Path) -> None:
    options = ("--rounds", "1", "--seconds", "0.001", "--entries", "10", "200", "--output", str(tmp_path / "p.md"))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.words", *options),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    assert process.returncode == 0
    assert (tmp_path / "p.md").read_text().strip() == told.decode().strip()
    rows = [line for line in told.decode().splitlines() if line.startswith("| ")][1:]
    assert [row.split(" | ")[:2] for row in rows] == [
        [f"| {entries}", script] for entries in (10, 200) for script in ("ASCII", "accents", "Cyrillic")
    ]
    number = r"\d+\.\d+"
    assert all(re.fullmatch(rf".*(\| {number} ms ){{3}}\| {number} \|", row) for row in rows)
