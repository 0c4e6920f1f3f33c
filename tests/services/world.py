"""The services on a real database, with a provider and cards that do as a test tells them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from typing_extensions import override

from bot.adapters.storage import Database, SqlOffices, SqlStore, audit, migrate
from bot.adapters.words import ListFilters
from bot.domain.album import Copy, Unseen
from bot.domain.alerts import Notice
from bot.domain.credits import PeriodKind, Plan
from bot.domain.failures import DiscordAwayError, TooLargeError
from bot.domain.house import HouseRules
from bot.domain.inscriptions import Inscription, Note
from bot.domain.jobs import Job, JobId
from bot.domain.news import News
from bot.domain.orders import Caller, Limits
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Content, Hung, Painted, Pending, Picture, PictureFormat, Source
from bot.domain.refusals import SourceError, SourceProblem
from bot.domain.reports import Report
from bot.ports import Cards, Clock, ImageProvider, LogDesk, OperatorDesk, Pictures, Reprints, SourceFiles
from bot.services.admission import Admission
from bot.services.alerts import Alerts
from bot.services.breaker import Breaker
from bot.services.deliveries import Deliveries
from bot.services.inscriber import Inscriber
from bot.services.notices import Notices
from bot.services.painting import Painter
from bot.services.queue import Queue
from bot.services.rulebook import Rulebook
from bot.services.scribe import Scribe
from bot.services.studio import Studio
from tests.examples import Held

OWNER = "this process"
CONTENT = Held(b"x")

Step = Callable[[], Awaitable[None]]


async def nothing() -> None:
    """What happens at a step unless a test wants more."""


class StillClock(Clock):
    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, tzinfo=UTC)

    @override
    def now(self) -> datetime:
        return self.moment


class Provider(ImageProvider):
    """`answer` is what an order brings; `on_*` happen in the middle of a call."""

    def __init__(self) -> None:
        self.answer: Painted | Pending = Painted("uuid", "https://pictures.example/x")
        self.on_request: Step = nothing
        self.on_download: Step = nothing
        self.on_turn: Step = nothing
        self.on_follow: Step = nothing
        self.on_probe: Step = nothing
        self.on_upload: Step = nothing
        self.orders = 0

    @override
    async def turn(self) -> None:
        await self.on_turn()

    @override
    async def request(self, parameters: ImageParameters, source: Source | None = None) -> Painted | Pending:
        self.orders += 1
        await self.on_request()
        return self.answer

    @override
    async def upload(self, picture: Picture) -> str:
        await self.on_upload()
        return "images/fox.png"

    @override
    async def follow(self, reference: str) -> Painted:
        await self.on_follow()
        return Painted(reference, "https://pictures.example/x")

    @override
    async def probe(self) -> None:
        await self.on_probe()

    @override
    @asynccontextmanager
    async def download(self, painted: Painted) -> AsyncIterator[Content]:
        await self.on_download()
        yield CONTENT


class Easel(Pictures):
    @override
    async def check(self, content: Content) -> Picture:
        return Picture(content, PictureFormat.PNG, 1, 1)

    @override
    @asynccontextmanager
    async def fit(self, picture: Picture, limit: int, inscription: Inscription | None = None) -> AsyncIterator[Picture]:
        yield picture

    @override
    async def read(self, content: Content) -> Sequence[Note]:
        return []


class Wall(Cards):
    def __init__(self) -> None:
        self.pictures: list[str] = []
        self.ends: list[Job] = []
        self.reachable = True
        self.away = 0
        self.waits: list[float] = []
        self.on_painting: Step = nothing

    @override
    async def show_painting(self, job: Job, ready_by: datetime) -> None:
        await self.on_painting()

    @override
    async def deliver(self, job: Job, picture: Picture) -> Hung:
        if self.away:
            self.away -= 1
            raise DiscordAwayError
        self.pictures.append(job.id)
        return Hung(99, "fox.png")

    @override
    def take_room(self, job: Job) -> float:
        return self.waits.pop(0) if self.waits else 0

    @override
    async def find(self, job: Job) -> int | None:
        return None

    @override
    async def shows(self, job: Job) -> Hung | None:
        return Hung(99, "fox.png") if job.id in self.pictures else None

    @override
    async def show_veil(self, job: Job) -> bool:
        self.ends.append(job)
        return self.reachable

    @override
    async def show_end(self, job: Job) -> bool:
        self.ends.append(job)
        return self.reachable


class Files(SourceFiles):
    """All that is posted anywhere; `trouble` is why it cannot be fetched."""

    def __init__(self) -> None:
        self.trouble: SourceProblem | None = None

    @override
    def allows(self, url: str) -> bool:
        return True

    @override
    @asynccontextmanager
    async def download(self, url: str) -> AsyncIterator[Content]:
        if self.trouble is not None:
            raise SourceError(self.trouble)
        yield CONTENT


class Rack(Reprints):
    """Pictures that stand in messages; `trouble` is why one cannot be seen, `large` how often it is too large."""

    def __init__(self) -> None:
        self.posted: list[Copy] = []
        self.veiled: list[tuple[Copy, Job]] = []
        self.trouble: Unseen | None = None
        self.large = 0
        self.on_hang: Step = nothing

    @override
    async def seen(self, jobs: Sequence[Job]) -> Mapping[JobId, str | Unseen]:
        return {job.id: self.trouble or f"https://cdn.example/{job.id}" for job in jobs}

    @override
    async def hang(self, copy: Copy, job: Job, picture: Picture) -> Hung:
        if self.large:
            self.large -= 1
            raise TooLargeError
        self.posted.append(copy)
        await self.on_hang()
        return Hung(int(copy.id.partition("-")[0]), "fox.png")

    @override
    async def show_veil(self, copy: Copy, job: Job) -> bool:
        self.veiled.append((copy, job))
        return True


class Desk(OperatorDesk):
    def __init__(self) -> None:
        self.alerts: list[Notice] = []
        self.reachable = True

    @override
    async def alert(self, notice: Notice) -> bool:
        if self.reachable:
            self.alerts.append(notice)
        return self.reachable

    @override
    async def report(self, report: Report, channel: int | None) -> bool:
        return False


class QuietDesk(LogDesk):
    """Takes everything, or nothing for a reason; `stuck` are the guilds from whose channels no answer comes."""

    def __init__(self) -> None:
        self.posts: list[tuple[int, int, list[News]]] = []
        self.fault: str | None = None
        self.stuck: set[int] = set()
        self.waiting: list[asyncio.Event] = []

    @override
    async def post(self, guild: int, channel: int, news: Sequence[News]) -> str | None:
        if guild in self.stuck:
            self.waiting.append(asyncio.Event())
            await self.waiting[-1].wait()
        if self.fault is None:
            self.posts.append((guild, channel, list(news)))
        return self.fault


class Workshop:
    def __init__(self, database: Database, store: type[SqlStore]) -> None:
        self.database = database
        self.clock = StillClock()
        self.store = store(database, self.clock)
        self.provider = Provider()
        self.wall = Wall()
        self.house = HouseRules(
            guilds=None,
            max_safety_tolerance=6,
            plan=Plan(10, PeriodKind.DAY),
            limits=Limits(guild_jobs=50, member_jobs=50, calls_per_day=50),
            price_imagine=1,
        )
        self.desk = Desk()
        self.notices = Notices(self.store, self.wall, OWNER)
        self.alerts = Alerts(self.store, self.desk, self.clock)
        self.breaker = Breaker(self.provider, self.alerts, self.clock)
        self.log_desk = QuietDesk()
        rulebook = self.rulebook = Rulebook(SqlOffices(database, self.house.plan), ListFilters())
        self.scribe = Scribe(rulebook, self.log_desk)
        inscriber = Inscriber(rulebook, "a-model")
        self.painter = Painter(
            self.store, self.provider, self.breaker, Easel(), inscriber, self.wall, self.notices, self.scribe
        )
        self.queue = Queue(
            self.store,
            self.painter,
            Deliveries(self.painter, self.wall),
            self.provider,
            self.breaker,
            self.notices,
            self.clock,
            limits=self.house.limits,
            owner=OWNER,
            at_once=1,
        )
        self.admission = Admission(self.store, self.house, rulebook, self.breaker, self.scribe, self.clock, OWNER)
        self.studio = Studio(self.admission, self.store, self.queue, self.notices)

    @classmethod
    @asynccontextmanager
    async def open(cls, folder: Path, *, store: type[SqlStore] = SqlStore) -> AsyncIterator["Workshop"]:
        async with Database.open(f"sqlite:///{folder}/bot.db") as database:
            await database.run(migrate)
            shop = cls(database, store)
            yield shop
            assert await database.run(audit) == []

    async def queued(self, interaction: int = 1) -> Job:
        standing = await self.studio.imagine(caller(interaction), {"prompt": "a fox"})
        await self.studio.announced(standing.job.id, 99)
        return standing.job

    async def begun(self, interaction: int = 1) -> Job:
        await self.queued(interaction)
        job = await self.store.begin(OWNER, self.house.limits)
        assert job is not None
        return job

    async def another_takes_over(self) -> None:
        """Another process believes this one dead."""
        await self.store.take_over("another process")


def caller(interaction: int = 1) -> Caller:
    return Caller(
        interaction=interaction,
        guild=1,
        channel=2,
        places=frozenset(),
        age_restricted=False,
        member=3,
        roles=frozenset(),
        manages=False,
        missing_rights=(),
        upload_limit=10,
    )
