"""What documents say of the repository stays true."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
LINKED = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)(?:#[^)]*)?\)")


def _tests(path: Path) -> set[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, functions)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    named = NAMED.findall(page.read_text())
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or (name and name not in _tests(ROOT / path))
    ]
    assert missing == []


def test_the_threat_model_names_a_test_for_every_attempt() -> None:
    answers = (ROOT / "THREAT_MODEL.md").read_text().split("## What holds it")[1]
    rows = [row for row in answers.splitlines() if "|" in row]
    without = [row for row in rows if not NAMED.search(row) and not re.fullmatch(r"[|\- ]+", row)]
    assert {row.replace(" ", "") for row in without} == {"|attempt|whatstopsit|test|"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_repository_leads_somewhere(page: Path) -> None:
    broken = [target for target in LINKED.findall(page.read_text()) if not (page.parent / target).exists()]
    assert broken == []
