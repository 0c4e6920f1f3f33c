"""The composition root: opens resources in one exit stack, wires, starts, drains."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

import structlog
from typing_extensions import override

from bot.adapters.charts import MatplotlibCharts
from bot.adapters.clock import SystemClock
from bot.adapters.monitoring import Health, Pulse, serving
from bot.adapters.onemin import OneMin, open_sessions
from bot.adapters.pictures import PillowPictures
from bot.adapters.spool import Spool
from bot.adapters.storage import (
    PATIENCE_SECONDS,
    Database,
    SqlBooks,
    SqlOffices,
    SqlStore,
    audit,
    expect_current,
    migrate,
)
from bot.adapters.words import ListFilters
from bot.client import ImagineBot, use_api
from bot.domain.house import HouseRules
from bot.domain.jobs import Lease
from bot.domain.orders import Limits
from bot.ports import Clock, Facts, ImageProvider, Pictures
from bot.services.admission import Admission
from bot.services.breaker import Breaker
from bot.services.deliveries import Deliveries
from bot.services.moderation import Moderation
from bot.services.notices import Notices
from bot.services.office import Office
from bot.services.painting import Painter
from bot.services.queue import RENEWAL_SECONDS, Queue
from bot.services.residency import Residency
from bot.services.rulebook import Rulebook
from bot.services.scribe import Scribe
from bot.services.statistics import Statistics
from bot.services.steward import Steward
from bot.services.studio import Studio
from bot.services.treasury import Treasury
from bot.services.wallet import Wallet
from bot.settings import CreditsSettings, Settings
from bot.ui.delivery import DiscordCards
from bot.ui.desk import DiscordDesk
from bot.ui.log_desk import DiscordLogDesk
from bot.ui.presses import press
from bot.ui.services import Services

_log = structlog.get_logger(__name__)


class WatchedStore(SqlStore):
    """The queue renews its leases again and again, whatever happens: by that one sees that it works."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self.renewals = Pulse(4 * RENEWAL_SECONDS)  # as long as a lease lasts

    @override
    async def renew(self, leases: Sequence[Lease]) -> None:
        self.renewals.beat()
        await super().renew(leases)


@dataclass(frozen=True, slots=True)
class App:
    """The wired bot, connected to nothing yet."""

    bot: ImagineBot
    queue: Queue
    admission: Admission
    store: WatchedStore
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
        return (self.queue.run(), services.residency.run(), services.rulebook.run(), services.scribe.run())

    async def stop(self, seconds: float) -> None:
        """Admit and start nothing more, and let what is being painted finish for so long."""
        self.stopping.set()
        self.admission.close()
        await self.queue.drain(seconds)
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
        provider = await resources.enter_async_context(_provider(settings, spool))
        yield _wired(settings, clock, database, provider, PillowPictures(spool))


async def run(settings: Settings) -> None:
    """The bot until SIGTERM or SIGINT; a second signal ends the process at once. Raises what Discord refuses."""
    use_api(settings.discord_api_url)
    async with (
        assembled(settings, SystemClock()) as app,
        serving(app.health(), settings.http_host, settings.http_port),
        app.bot,
    ):
        _stop_on_signal(app.stopping)
        login = asyncio.create_task(app.bot.login(settings.discord_token.get_secret_value()))
        await _end_of_one(app.stopping, login)
        if not login.done():
            login.cancel()
            return
        await login
        gc.freeze()  # what stands now stays: to search it for garbage again and again would delay answers
        running = [asyncio.create_task(it) for it in (*app.loops(), app.bot.connect())]
        await _end_of_one(app.stopping, *running)
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
        yield _treasury(database, SystemClock(), settings)


async def bring_up_to_date(database_url: str) -> None:
    async with Database.open(database_url) as database:
        await database.run(migrate)


@asynccontextmanager
async def _provider(settings: Settings, spool: Spool) -> AsyncIterator[ImageProvider]:
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


def _wired(settings: Settings, clock: Clock, database: Database, provider: ImageProvider, pictures: Pictures) -> App:
    owner, house = str(uuid4()), _house(settings)
    store, books, offices = WatchedStore(database, clock), SqlBooks(database, clock), SqlOffices(database, house.plan)
    bot = _bot(settings, store)
    cards, desk = DiscordCards(bot), DiscordDesk(bot, settings.operator_channel_id)
    filters = ListFilters()
    rulebook = Rulebook(offices, filters)
    scribe = Scribe(rulebook, DiscordLogDesk(bot))
    breaker, notices = Breaker(provider, desk, clock), Notices(store, cards, owner)
    painter = Painter(store, provider, breaker, pictures, cards, notices, scribe)
    work = (store, painter, Deliveries(painter, cards), provider, breaker, notices, clock)
    queue = Queue(*work, limits=house.limits, owner=owner, at_once=settings.onemin_concurrency)
    admission = Admission(store, house, rulebook, breaker, scribe, clock, owner)
    bot.services = Services(
        studio=Studio(admission, store, queue, notices),
        wallet=Wallet(books, house),
        steward=Steward(rulebook, scribe, books, books, books, books, clock, house.plan),
        treasury=_treasury(database, clock, settings),
        queue=queue,
        office=Office(offices, rulebook, filters, scribe, clock),
        moderation=Moderation(store, rulebook, scribe, cards, desk, clock),
        rulebook=rulebook,
        scribe=scribe,
        statistics=Statistics(books, MatplotlibCharts(settings.data_dir / "charts"), house, rulebook, clock),
        residency=Residency(books, clock),
        announcer=cards,
        press=press,
    )
    return App(bot, queue, admission, store, asyncio.Event())


def _is_connected(bot: ImagineBot) -> bool:
    """Every shard of this process; `is_ready` alone stays true for good."""
    return bot.is_ready() and not any(shard.is_closed() for shard in bot.shards.values())


def _bot(settings: Settings, facts: Facts) -> ImagineBot:
    return ImagineBot(
        facts,
        operators=settings.operator_ids,
        operator_guild=settings.operator_guild_id,
        gateway_url=settings.discord_gateway_url,
        shard_count=settings.shard_count,
        shard_ids=settings.shard_ids,
    )


def _treasury(database: Database, clock: Clock, settings: CreditsSettings) -> Treasury:
    books = SqlBooks(database, clock)
    return Treasury(books, books, books, clock, settings.plan, settings.provider_calls_per_day)


def _house(settings: Settings) -> HouseRules:
    return HouseRules(
        guilds=settings.guilds,
        max_safety_tolerance=settings.max_safety_tolerance,
        plan=settings.plan,
        limits=Limits(
            guild_jobs=settings.guild_jobs,
            member_jobs=settings.member_jobs,
            calls_per_day=settings.provider_calls_per_day,
        ),
        price_imagine=settings.price_imagine,
    )


async def _end_of_one(stopping: asyncio.Event, *work: asyncio.Task[None]) -> None:
    """Until a task ends, in whatever way, or the bot is told to stop."""
    told = asyncio.create_task(stopping.wait())
    await asyncio.wait([told, *work], return_when=asyncio.FIRST_COMPLETED)
    told.cancel()


def _stop_on_signal(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()

    def stop() -> None:
        stopping.set()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
