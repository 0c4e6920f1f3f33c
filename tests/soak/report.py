"""The figures of a run, between the two marks of its part of a page."""

import os
import platform
import re
from collections.abc import Iterator
from dataclasses import astuple, fields
from pathlib import Path
from typing import Final

from tests.soak.rest import GROWTH, Rest
from tests.soak.soak import Result

SOAK: Final = "soak"
QUEUED: Final = "queued"
_TITLE: Final = "# Reliability\n"


def written(result: Result) -> str:
    return "\n".join(_lines(result))


def put(page: Path, told: str, part: str = SOAK) -> None:
    before = page.read_text() if page.exists() else _TITLE
    begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
    if begin not in before:
        before += f"\n{begin}\n{end}\n"
    marked = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    page.write_text(marked.sub(lambda _: f"{begin}\n{told}\n{end}", before))


def _lines(result: Result) -> Iterator[str]:
    yield f"{result.jobs:,} jobs in {result.seconds:.0f} s, with seed {result.seed}, on {os.cpu_count()} cores,"
    yield f"Python {platform.python_version()}, {platform.system()}. `make soak` writes this part."
    yield ""
    yield "| what happened | times |"
    yield "|---|---:|"
    yield from (f"| {name} | {times:,} |" for name, times in sorted(result.deeds.items()))
    yield from (f"| {name} | {number:,} |" for name, number in result.figures.items())
    yield ""
    yield "| at rest | after half | after all | may grow by |"
    yield "|---|---:|---:|---:|"
    rows = zip(fields(Rest), astuple(result.middle), astuple(result.end), astuple(GROWTH), strict=True)
    yield from (f"| {_named(it.name)} | {old:.0f} | {new:.0f} | {most:.0f} |" for it, old, new, most in rows)
    yield ""
    yield "; ".join(result.complaints) or "Nothing was lost, paid twice or answered twice, and nothing leaked."


def _named(field: str) -> str:
    return {"memory": "memory, MiB", "files": "open files"}.get(field, field)
