"""The composition root: opens resources in one exit stack, wires, starts, drains."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

import structlog

from bot.adapters.clock import SystemClock
from bot.adapters.onemin import OneMin, open_session
from bot.adapters.pictures import PillowPictures
from bot.adapters.storage import Database, SqlStore, audit, migrate
from bot.client import ImagineBot, use_api
from bot.domain.credits import Plan
from bot.domain.house import HouseRules
from bot.domain.orders import Limits
from bot.ports import Clock, ImageProvider
from bot.services.admission import Admission
from bot.services.painting import Painter
from bot.services.queue import Queue
from bot.services.studio import Studio
from bot.services.wallet import Wallet
from bot.settings import Settings
from bot.ui.delivery import DiscordCards
from bot.ui.desk import DiscordDesk
from bot.ui.presses import press
from bot.ui.services import Services

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """The wired bot, connected to nothing yet."""

    bot: ImagineBot
    queue: Queue
    admission: Admission

    async def stop(self, seconds: float) -> None:
        """Admit and start nothing more, and let what is being painted finish for so long."""
        self.admission.close()
        await self.queue.drain(seconds)


@asynccontextmanager
async def assembled(settings: Settings, clock: Clock) -> AsyncIterator[App]:
    """Open the database, brought up to date, and the session to the provider; close both at the end."""
    async with AsyncExitStack() as resources:
        database = await resources.enter_async_context(Database.open(settings.database_url))
        await database.run(migrate)
        provider = await resources.enter_async_context(_provider(settings))
        yield _wired(settings, clock, SqlStore(database, clock), provider)


async def run(settings: Settings) -> None:
    """The bot until SIGTERM or SIGINT; a second signal ends the process at once. Raises what Discord refuses."""
    use_api(settings.discord_api_url)
    async with assembled(settings, SystemClock()) as app, app.bot:
        stopping = asyncio.create_task(_stop_signal().wait())
        await app.bot.login(settings.discord_token.get_secret_value())
        running = [asyncio.create_task(app.queue.run()), asyncio.create_task(app.bot.connect())]
        await asyncio.wait([stopping, *running], return_when=asyncio.FIRST_COMPLETED)
        _log.info("stopping", seconds=settings.shutdown_seconds)
        await app.stop(settings.shutdown_seconds)
        for task in (stopping, *running):
            task.cancel()
        for outcome in await asyncio.gather(*running, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome


async def check(database_url: str) -> list[str]:
    """Every difference between the books and the ledger's entries; works beside a running bot."""
    async with Database.open(database_url, beside=True) as database:
        return await database.run(audit)


async def bring_up_to_date(database_url: str) -> None:
    async with Database.open(database_url) as database:
        await database.run(migrate)


@asynccontextmanager
async def _provider(settings: Settings) -> AsyncIterator[ImageProvider]:
    async with open_session() as session:
        yield OneMin(
            session,
            api_url=settings.onemin_api_url,
            api_key=settings.onemin_api_key,
            model=settings.onemin_model,
            asynchronous=settings.onemin_async,
            image_origins=settings.image_origins,
            requests_per_minute=settings.onemin_requests_per_minute,
            timeout_seconds=settings.onemin_timeout_seconds,
        )


def _wired(settings: Settings, clock: Clock, store: SqlStore, provider: ImageProvider) -> App:
    owner, house = str(uuid4()), _house(settings)
    bot = ImagineBot(
        store,
        gateway_url=settings.discord_gateway_url,
        shard_count=settings.shard_count,
        shard_ids=settings.shard_ids,
    )
    cards = DiscordCards(bot, clock)
    queue = Queue(
        store,
        Painter(store, provider, PillowPictures(), cards),
        provider,
        cards,
        clock,
        limits=house.limits,
        owner=owner,
        at_once=settings.onemin_concurrency,
    )
    admission = Admission(store, house, clock, owner)
    bot.services = Services(
        studio=Studio(admission, store, queue, cards, DiscordDesk(bot, settings.operator_channel_id)),
        wallet=Wallet(store, house),
        queue=queue,
        announcer=cards,
        press=press,
    )
    return App(bot, queue, admission)


def _house(settings: Settings) -> HouseRules:
    return HouseRules(
        guilds=settings.guilds,
        max_safety_tolerance=settings.max_safety_tolerance,
        plan=Plan(settings.allowance, settings.guild_credits_period),
        limits=Limits(
            guild_jobs=settings.guild_jobs,
            member_jobs=settings.member_jobs,
            calls_per_day=settings.provider_calls_per_day,
        ),
        price_imagine=settings.price_imagine,
    )


def _stop_signal() -> asyncio.Event:
    loop, stopping = asyncio.get_running_loop(), asyncio.Event()

    def stop() -> None:
        stopping.set()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    return stopping
