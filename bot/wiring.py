"""Which part is given which: the bot as it is put together from what stands open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import uuid4

from typing_extensions import override

from bot.adapters.charts import MatplotlibCharts
from bot.adapters.monitoring import Dials, Disk, Metrics, PrometheusMeters, Pulse, Shard, traced
from bot.adapters.storage import (
    Database,
    Heard,
    Signals,
    SqlArchive,
    SqlBooks,
    SqlOffices,
    SqlPreferences,
    SqlShelf,
    SqlStore,
)
from bot.adapters.words import ListFilters
from bot.client import ImagineBot
from bot.domain.alerts import Alert
from bot.domain.house import HouseRules
from bot.domain.jobs import Lease
from bot.domain.orders import Limits
from bot.ports import Clock, Facts, ImageProvider, Pictures, SourceFiles
from bot.services.admission import Admission
from bot.services.album import Album
from bot.services.alerts import Alerts
from bot.services.breaker import Breaker
from bot.services.chronicle import Chronicle
from bot.services.deliveries import Deliveries
from bot.services.editing import Editing
from bot.services.inscriber import Inscriber
from bot.services.making import Making
from bot.services.moderation import Moderation
from bot.services.notices import Notices
from bot.services.office import Office
from bot.services.painting import Painter
from bot.services.places import Places
from bot.services.preferences import Preferences
from bot.services.privacy import Privacy
from bot.services.queue import RENEWAL_SECONDS, Queue
from bot.services.residency import Residency
from bot.services.retention import Retention
from bot.services.rulebook import Rulebook
from bot.services.scribe import Scribe
from bot.services.statistics import Statistics
from bot.services.steward import Steward
from bot.services.studio import Studio
from bot.services.treasury import Treasury
from bot.services.veils import Veils
from bot.services.wallet import Wallet
from bot.services.watch import Signs, Watch
from bot.settings import CreditsSettings, Settings
from bot.ui.album import browse
from bot.ui.delivery import DiscordCards
from bot.ui.desk import DiscordDesk
from bot.ui.found import DiscordMessages
from bot.ui.log_desk import DiscordLogDesk
from bot.ui.presses import press
from bot.ui.reprints import DiscordReprints
from bot.ui.services import Services
from bot.ui.variations import vary


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
class Outside:
    """What is open for as long as the bot lives."""

    database: Database
    provider: ImageProvider
    pictures: Pictures
    files: SourceFiles


class Wired(NamedTuple):
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


class _Core(NamedTuple):
    """What services have in common."""

    bot: ImagineBot
    store: WatchedStore
    cards: DiscordCards
    desk: DiscordDesk
    filters: ListFilters
    rulebook: Rulebook
    scribe: Scribe
    breaker: Breaker
    queue: Queue
    notices: Notices
    admission: Admission


def wired(settings: Settings, clock: Clock, outside: Outside) -> Wired:
    owner, house = str(uuid4()), _house(settings)
    store, filters = WatchedStore(outside.database, clock), ListFilters()
    meters = PrometheusMeters()
    outside.database.on_job = Chronicle(meters).tell
    bot = _bot(settings, store, meters)
    cards, desk = DiscordCards(bot), DiscordDesk(bot, settings.operator_channel_id)
    rulebook = Rulebook(SqlOffices(outside.database, house.plan), filters)
    scribe = Scribe(rulebook, DiscordLogDesk(bot))
    alerts = Alerts(store, desk, clock)
    breaker, notices = Breaker(outside.provider, alerts, clock), Notices(store, cards, owner)
    inscriber = Inscriber(rulebook, settings.onemin_model)
    painter = Painter(store, outside.provider, breaker, outside.pictures, inscriber, cards, notices, scribe)
    work = (store, painter, Deliveries(painter, cards), outside.provider, breaker, notices, clock)
    queue = Queue(*work, limits=house.limits, owner=owner, at_once=settings.onemin_concurrency)
    admission = Admission(store, house, rulebook, breaker, scribe, clock, owner)
    core = _Core(bot, store, cards, desk, filters, rulebook, scribe, breaker, queue, notices, admission)
    bot.services = _services(settings, clock, outside, core)
    signals = Signals.among(outside.database, owner, _heard(queue, rulebook))
    retention = Retention(SqlArchive(outside.database, house.plan, clock), clock, house.retention_days)
    metrics = Metrics(meters.registry, _dials(settings, bot, queue, breaker), store.load)
    watch = Watch(alerts, store, _signs(settings, bot), house.limits.calls_per_day)
    return Wired(bot, queue, admission, store, signals, retention, meters, metrics, alerts, watch)


def _heard(queue: Queue, rulebook: Rulebook) -> Heard:
    def missed() -> None:
        queue.wake()
        rulebook.forget_all()

    return Heard(queue.wake, rulebook.forget, missed)


def _services(settings: Settings, clock: Clock, outside: Outside, it: _Core) -> Services:
    house, database, books = _house(settings), outside.database, SqlBooks(outside.database, clock)
    shelf, reprints, days = SqlShelf(database, clock), DiscordReprints(it.bot), house.retention_days
    studio, veils = Studio(it.admission, it.store, it.queue, it.notices), Veils(it.cards, shelf, reprints)
    moderation = Moderation(it.store, it.rulebook, it.scribe, veils, it.desk, clock)
    places, charts = Places(), MatplotlibCharts(settings.data_dir / "charts")
    fetched = (outside.provider, it.breaker, outside.pictures, outside.files, DiscordMessages(it.bot), books, places)
    shown = (it.store, shelf, reprints, outside.pictures, outside.files, places, veils, books, clock, days)
    return Services(
        studio=studio,
        wallet=Wallet(books, house),
        steward=Steward(it.rulebook, it.scribe, books, books, books, books, clock, house.plan),
        treasury=treasury_of(database, clock, settings),
        queue=it.queue,
        office=Office(SqlOffices(database, house.plan), it.rulebook, it.filters, it.scribe, clock),
        moderation=moderation,
        album=Album(it.admission, studio, moderation, *shown),
        privacy=Privacy(SqlArchive(database, house.plan, clock), it.admission, days),
        rulebook=it.rulebook,
        scribe=it.scribe,
        statistics=Statistics(books, charts, house, it.rulebook, clock),
        editing=Editing(it.admission, it.store, *fetched, house, clock),
        making=Making(it.admission, it.store, outside.pictures, outside.files, places),
        residency=Residency(books, clock),
        preferences=Preferences(SqlPreferences(database), it.admission),
        announcer=it.cards,
        press=press,
        vary=vary,
        browse=browse,
    )


def _dials(settings: Settings, bot: ImagineBot, queue: Queue, breaker: Breaker) -> Dials:
    return Dials(
        under_way=lambda: queue.under_way,
        trouble=lambda: breaker.trouble,
        guilds=lambda: len(bot.guilds),
        shards=lambda: [Shard(it.id, not it.is_closed(), it.latency) for it in bot.shards.values()],
        calls_bound=settings.provider_calls_per_day,
    )


def _signs(settings: Settings, bot: ImagineBot) -> Signs:
    async def is_cut_off() -> bool:
        return any(shard.is_closed() for shard in bot.shards.values())

    return {Alert.SHARDS: is_cut_off, Alert.DISK: Disk(settings.data_dir).is_full}


def _bot(settings: Settings, facts: Facts, meters: PrometheusMeters) -> ImagineBot:
    return ImagineBot(
        facts,
        meters,
        http_trace=traced(meters),
        operators=settings.operator_ids,
        operator_guild=settings.operator_guild_id,
        gateway_url=settings.discord_gateway_url,
        shard_count=settings.shard_count,
        shard_ids=settings.shard_ids,
    )


def treasury_of(database: Database, clock: Clock, settings: CreditsSettings) -> Treasury:
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
        price_edit=settings.price_edit,
        editing=settings.editing_enabled,
        retention_days=settings.retention_days,
    )
