from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from bot.adapters.storage.revision import configuration
from bot.adapters.storage.tables import metadata
from tests.adapters.storage.schema import bring_up_to_date, connected, differences


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bot.db'}"
        return
    postgres = request.getfixturevalue("postgres")
    url: str = postgres.empty()
    yield url
    postgres.drop(url)


def difference_to_models(url: str) -> list[object]:
    with connected(url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))


def test_the_migrations_make_what_the_code_sees(empty_url: str) -> None:
    bring_up_to_date(empty_url)

    assert difference_to_models(empty_url) == []
    assert differences(empty_url) == []


def test_to_migrate_again_changes_nothing(empty_url: str) -> None:
    bring_up_to_date(empty_url)
    bring_up_to_date(empty_url)

    assert difference_to_models(empty_url) == []


def test_down_to_nothing_and_up_again(empty_url: str) -> None:
    bring_up_to_date(empty_url)
    with connected(empty_url) as connection:
        command.downgrade(configuration(connection), "base")
    with connected(empty_url) as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]

    bring_up_to_date(empty_url)

    assert difference_to_models(empty_url) == []


def test_several_at_once_migrate_once(empty_url: str) -> None:
    with connected(
        empty_url
    ):  # SQLite does not wait where several make the same new file; the bot's lock lets one do it
        pass
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(bring_up_to_date, [empty_url] * 4))

    assert difference_to_models(empty_url) == []


def test_a_migration_that_fails_leaves_nothing(empty_url: str) -> None:
    def fail() -> None:
        with connected(empty_url) as connection:
            command.upgrade(configuration(connection), "head")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with connected(empty_url) as connection:
        assert inspect(connection).get_table_names() == []
