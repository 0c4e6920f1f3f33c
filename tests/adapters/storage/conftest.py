import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.adapters.storage import Database
from tests.adapters.storage import postgres as servers
from tests.adapters.storage.postgres import Postgres
from tests.adapters.storage.scenes import Scene, SetClock
from tests.adapters.storage.schema import bring_up_to_date, differences

PATIENCE = 20  # a busy machine is no failure; tests of patience set their own


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with servers.running() as postgres:
        yield postgres


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "bot.db"
    bring_up_to_date(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path)}"


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    url = postgres.create()
    yield url
    postgres.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database with all tables and nothing in them, whose books must be right after the test."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    yield url
    assert differences(url) == []


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    async with Database.open(url, patience=PATIENCE) as database:
        yield database


@pytest.fixture
def scene(database: Database, clock: SetClock) -> Scene:
    return Scene(database, clock)


@pytest.fixture
async def scenes(scene: Scene, url: str, clock: SetClock) -> AsyncIterator[list[Scene]]:
    """As many workers as may share the database: on PostgreSQL, a second one with connections of its own."""
    if scene.database.sole:
        yield [scene]
        return
    async with Database.open(url, patience=PATIENCE) as second:
        yield [scene, Scene(second, clock, owner="another-worker")]


@pytest.fixture
async def postgres_scenes(postgres_url: str, clock: SetClock) -> AsyncIterator[list[Scene]]:
    """Two workers on one PostgreSQL database."""
    async with (
        Database.open(postgres_url, patience=PATIENCE) as one,
        Database.open(postgres_url, patience=PATIENCE) as two,
    ):
        yield [Scene(one, clock), Scene(two, clock, owner="another-worker")]
    assert differences(postgres_url) == []
