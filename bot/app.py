"""The composition root: opens resources in one exit stack, wires, starts, drains."""

import asyncio
import gc
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog

from bot.adapters.attachments import DiscordFiles
from bot.adapters.clock import SystemClock
from bot.adapters.monitoring import Health, Metrics, PrometheusMeters, serving, watch_lag
from bot.adapters.onemin import OneMin, open_sessions
from bot.adapters.pictures import PillowPictures
from bot.adapters.spool import Spool
from bot.adapters.storage import PATIENCE_SECONDS, Database, Signals, audit, expect_current, migrate, migrate_to
from bot.client import ImagineBot, use_api
from bot.ports import Clock
from bot.services.admission import Admission
from bot.services.alerts import Alerts
from bot.services.queue import Queue
from bot.services.retention import Retention
from bot.services.treasury import Treasury
from bot.services.watch import Watch
from bot.settings import CreditsSettings, Settings
from bot.stopping import end_of_one, stop_on_signal
from bot.wiring import Outside, WatchedStore, treasury_of, wired

_log = structlog.get_logger(__name__)

PARTING_SECONDS: Final = 8
"""For what is to be told at the end; a channel that takes nothing must not keep the process from ending."""


@dataclass(frozen=True, slots=True)
class App:
    """The wired bot, connected to nothing yet."""

    bot: ImagineBot
    queue: Queue
    admission: Admission
    store: WatchedStore
    signals: Signals | None
    retention: Retention
    meters: PrometheusMeters
    metrics: Metrics
    alerts: Alerts
    watch: Watch
    stopping: asyncio.Event

    def health(self) -> Health:
        """How the bot is, as its pages tell it."""
        return Health(
            vital={"leases": self.store.renewals.is_steady},
            needed={"gateway": partial(_is_connected, self.bot), "stopping": lambda: not self.stopping.is_set()},
            database=partial(self.store.fact, "health"),  # any small question does
        )

    def loops(self) -> Iterable[Coroutine[None, None, None]]:
        """What goes on for as long as the bot runs."""
        services = self.bot.services
        return (
            self.queue.run(),
            services.residency.run(),
            self.retention.run(),
            services.privacy.run(),
            services.rulebook.run(),
            services.scribe.run(),
            *(() if self.signals is None else (self.signals.run(),)),
            self.alerts.run(),
            self.watch.run(),
            watch_lag(self.meters.lag),
        )

    async def stop(self, seconds: float) -> None:
        """Admit and start nothing more, and let what is being painted finish for so long."""
        self.stopping.set()
        self.admission.close()
        await self.queue.drain(seconds)
        with suppress(TimeoutError):
            async with asyncio.timeout(PARTING_SECONDS):
                await self.alerts.flush()
                await self.bot.services.scribe.flush()


@asynccontextmanager
async def assembled(settings: Settings, clock: Clock, *, patience: float = PATIENCE_SECONDS) -> AsyncIterator[App]:
    """Open the database, brought up to date, and the session to the provider; close both at the end.

    `patience` is how many seconds a transaction waits for its turn.
    """
    spool = Spool(settings.data_dir)
    async with AsyncExitStack() as resources:
        database = await resources.enter_async_context(Database.open(settings.database_url, patience=patience))
        await database.run(migrate)
        provider = await resources.enter_async_context(open_provider(settings, spool))
        files = await resources.enter_async_context(DiscordFiles.open(spool, settings.attachment_origins))
        outside = Outside(database, provider, PillowPictures(spool), files)
        yield App(*wired(settings, clock, outside), asyncio.Event())


async def run(settings: Settings) -> None:
    """The bot until SIGTERM or SIGINT; a second signal ends the process at once. Raises what Discord refuses."""
    use_api(settings.discord_api_url)
    async with (
        assembled(settings, SystemClock()) as app,
        serving(app.health(), app.metrics, settings.http_host, settings.http_port),
        app.bot,
    ):
        stop_on_signal(app.stopping)
        login = asyncio.create_task(app.bot.login(settings.discord_token.get_secret_value()))
        await end_of_one(app.stopping, login)
        if not login.done():
            login.cancel()
            return
        await login
        gc.freeze()  # what stands now stays: to search it for garbage again and again would delay answers
        running = [asyncio.create_task(it) for it in (*app.loops(), app.bot.connect())]
        await end_of_one(app.stopping, *running)
        _log.info("stopping", seconds=settings.shutdown_seconds)
        await app.stop(settings.shutdown_seconds)
        for task in running:
            task.cancel()
        for outcome in await asyncio.gather(*running, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome


async def check(database_url: str) -> list[str]:
    """Every difference between the books and the ledger's entries; works beside a running bot."""
    async with Database.open(database_url, beside=True) as database:
        await database.run(expect_current)
        return await database.run(audit)


@asynccontextmanager
async def treasury(settings: CreditsSettings) -> AsyncIterator[Treasury]:
    """What the operator can do, also beside a running bot."""
    async with Database.join(settings.database_url) as database:
        yield treasury_of(database, SystemClock(), settings)


async def bring_up_to_date(database_url: str) -> None:
    async with Database.open(database_url) as database:
        await database.run(migrate)


async def bring_to(database_url: str, revision: str) -> None:
    """There or back, with nothing lost. Raises `UnknownRevisionError` or `LossError`."""
    async with Database.open(database_url) as database:
        await database.run(migrate_to, revision)


@asynccontextmanager
async def open_provider(settings: Settings, spool: Spool) -> AsyncIterator[OneMin]:
    async with open_sessions() as sessions:
        yield OneMin(
            sessions,
            spool,
            api_url=settings.onemin_api_url,
            api_key=settings.onemin_api_key,
            model=settings.onemin_model,
            asynchronous=settings.onemin_async,
            image_origins=settings.image_origins,
            requests_per_minute=settings.onemin_requests_per_minute,
            timeout_seconds=settings.onemin_timeout_seconds,
        )


def _is_connected(bot: ImagineBot) -> bool:
    # Every shard of this process; `is_ready` alone stays true for good.
    return bot.is_ready() and not any(shard.is_closed() for shard in bot.shards.values())
