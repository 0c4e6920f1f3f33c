"""What the Dockerfile promises, as far as it can be read from it; `steps.py` takes its steps."""

import re

import pytest

from bot.settings import Settings
from tests.image.dockerfile import ROOT, Stage, stages
from tests.image.ignoring import ignored

SETTINGS = {name.upper() for name in Settings.model_fields}
OF_PYTHON = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}


@pytest.fixture
def build() -> Stage:
    return stages()[0]


@pytest.fixture
def image() -> Stage:
    return stages()[-1]


def test_what_builds_is_left_behind(build: Stage, image: Stage) -> None:
    assert len(stages()) == 2
    assert build.base == image.base
    assert [it.flags.get("from") for it in image.all("COPY")] == [build.name] * len(image.all("COPY"))
    assert not [it for it in image.all("RUN") if "pip" in it.text]


def test_only_what_the_lock_names_is_installed(build: Stage) -> None:
    [install] = [it.text for it in build.all("RUN") if "install" in it.text]
    assert {"--require-hashes", "--only-binary=:all:", "--no-cache-dir"} <= set(install.split())
    assert re.findall(r" -r (\S+)", install) == ["requirements.lock"]


def test_the_bot_runs_as_nobody_in_particular(image: Stage) -> None:
    user, _, group = image.the("USER").text.partition(":")
    assert int(user) >= 10_000  # by number, which an orchestrator can see not to be root
    assert int(group) >= 10_000
    keywords = [it.keyword for it in image.instructions]
    assert keywords.index("USER") > max(i for i, it in enumerate(keywords) if it in {"RUN", "COPY"})


def test_all_that_the_bot_writes_goes_to_the_volume(image: Stage) -> None:
    volume = image.the("VOLUME").text
    environment = image.environment({"PATH": "/bin"})
    assert environment["DATABASE_URL"] == f"sqlite:///{volume}/bot.db"
    assert environment["DATA_DIR"] == volume
    assert environment["PYTHONDONTWRITEBYTECODE"] == "1"


def test_a_signal_reaches_the_bot_itself(image: Stage) -> None:
    assert image.the("STOPSIGNAL").text == "SIGTERM"
    assert image.the("ENTRYPOINT").command == ["python", "-m", "bot"]


def test_the_health_page_is_asked_where_it_is(image: Stage) -> None:
    assert int(image.environment({"PATH": "/bin"})["HTTP_PORT"]) > 1024
    check = image.the("HEALTHCHECK")
    assert set(check.flags) == {"interval", "timeout", "start-period", "retries"}
    assert check.command[0] == "python"  # a slim image has no curl


def test_every_variable_is_a_setting_or_pythons(image: Stage) -> None:
    assert set(image.environment({"PATH": "/bin"})) <= SETTINGS | OF_PYTHON


def test_what_is_copied_is_there_and_let_through(build: Stage) -> None:
    sources = [word for it in build.all("COPY") for word in it.words[:-1]]
    assert {"bot", "cogs"} < set(sources)
    for source in sources:
        assert (ROOT / source).exists()
        assert not ignored(source)


def test_every_module_of_the_bot_is_let_through() -> None:
    modules = [path.relative_to(ROOT).as_posix() for it in ("bot", "cogs") for path in (ROOT / it).rglob("*.py")]
    assert "bot/__main__.py" in modules
    assert [path for path in modules if ignored(path)] == []


@pytest.mark.parametrize(
    "path",
    [
        *(".env", "bot/.env", ".git/config", ".venv/bin/python", "data/bot.db", "bot.db", "bot/data/bot.db"),
        *("bot/__pycache__/app.cpython-312.pyc", "bot/ui/words/__pycache__", "cogs/about.pyc"),
        *("tests/conftest.py", "standins/__init__.py", "demo-output/page.html", "Dockerfile"),
    ],
)
def test_no_secret_no_books_and_nothing_idle_comes_along(path: str) -> None:
    assert ignored(path)
