"""What the linters cannot hold: how large modules and functions may grow, and what they may not be called."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "cogs", "standins", "demo", "benchmarks")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MODULE_LINES = 300
FUNCTION_LINES = 30
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "misc", "tools"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def is_migration(path: Path) -> bool:
    """A migration is one list of steps, written once and never changed."""
    return "versions" in path.parts


def test_a_module_can_be_read_at_a_sitting() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > MODULE_LINES} == {}


def test_a_function_fits_on_a_screen() -> None:
    lengths = {
        (name(path), it.name): length(it) for path in MODULES if not is_migration(path) for it in functions(path)
    }
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}


def test_a_module_is_named_after_what_it_holds() -> None:
    assert [name(path) for path in MODULES if SAYS_NOTHING & set(path.relative_to(ROOT).with_suffix("").parts)] == []


def test_the_packages_are_where_they_are_looked_for() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} >= {"bot", "cogs", "standins", "demo"}
