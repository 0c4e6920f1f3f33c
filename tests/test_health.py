"""What the pages learn of the bot, as it is wired."""

import asyncio
from pathlib import Path

import pytest

from bot.adapters.clock import SystemClock
from bot.adapters.monitoring import pulse
from bot.app import assembled
from bot.settings import Settings

LEASE = 60.0


async def test_a_queue_that_renews_no_lease_while_one_lasts_is_not_healthy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(pulse, "monotonic", lambda: now)
    settings = Settings(
        _env_file=None,
        discord_token="token",
        onemin_api_key="key",
        database_url=f"sqlite:///{tmp_path}/bot.db",
        data_dir=tmp_path,
    )
    async with assembled(settings, SystemClock()) as app:
        health = app.health()
        now += 2 * LEASE
        assert health.failing() == []  # the queue waits for the login
        working = asyncio.create_task(app.queue.run())
        await app.queue.idle()
        now += LEASE - 1
        assert health.failing() == []
        now += 1
        assert health.failing() == ["leases"]
        working.cancel()
