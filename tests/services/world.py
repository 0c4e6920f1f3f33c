"""The services on a real database, with a provider and cards that do as a test tells them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from typing_extensions import override

from bot.adapters.storage import Database, SqlStore, audit, migrate
from bot.domain.credits import PeriodKind, Plan
from bot.domain.house import HouseRules
from bot.domain.jobs import Job
from bot.domain.orders import Caller, Limits
from bot.domain.parameters import ImageParameters
from bot.domain.pictures import Painted, Pending, Picture, PictureFormat
from bot.domain.reports import Report
from bot.ports import Cards, Clock, ImageProvider, OperatorDesk, Pictures
from bot.services.admission import Admission
from bot.services.painting import Painter
from bot.services.queue import Queue
from bot.services.studio import Studio

OWNER = "this process"
PICTURE = Picture(b"x", PictureFormat.PNG, 1, 1)

Step = Callable[[], Awaitable[None]]


async def nothing() -> None:
    """What happens at a step unless a test wants more."""


class StillClock(Clock):
    @override
    def now(self) -> datetime:
        return datetime(2026, 3, 1, tzinfo=UTC)


class Provider(ImageProvider):
    """`answer` is what an order brings; `on_*` happen in the middle of a call."""

    def __init__(self) -> None:
        self.answer: Painted | Pending = Painted("uuid", "https://pictures.example/x")
        self.on_request: Step = nothing
        self.on_download: Step = nothing
        self.on_turn: Step = nothing
        self.on_follow: Step = nothing
        self.orders = 0

    @override
    async def turn(self) -> None:
        await self.on_turn()

    @override
    async def request(self, parameters: ImageParameters) -> Painted | Pending:
        self.orders += 1
        await self.on_request()
        return self.answer

    @override
    async def follow(self, reference: str) -> Painted:
        await self.on_follow()
        return Painted(reference, "https://pictures.example/x")

    @override
    async def download(self, painted: Painted) -> bytes:
        await self.on_download()
        return b"x"


class Easel(Pictures):
    @override
    async def check(self, data: bytes) -> Picture:
        return PICTURE

    @override
    async def fit(self, picture: Picture, limit: int) -> Picture:
        return picture


class Wall(Cards):
    def __init__(self) -> None:
        self.pictures: list[str] = []
        self.ends: list[Job] = []
        self.on_painting: Step = nothing

    @override
    async def show_painting(self, job: Job, ready_by: datetime) -> None:
        await self.on_painting()

    @override
    async def deliver(self, job: Job, picture: Picture) -> None:
        self.pictures.append(job.id)

    @override
    async def show_end(self, job: Job) -> None:
        self.ends.append(job)


class Desk(OperatorDesk):
    @override
    async def report(self, report: Report) -> bool:
        return False


class Workshop:
    def __init__(self, database: Database, store: type[SqlStore]) -> None:
        self.database = database
        self.store = store(database, StillClock())
        self.provider = Provider()
        self.wall = Wall()
        self.house = HouseRules(
            guilds=None,
            max_safety_tolerance=6,
            plan=Plan(10, PeriodKind.DAY),
            limits=Limits(guild_jobs=50, member_jobs=50, calls_per_day=50),
            price_imagine=1,
        )
        self.painter = Painter(self.store, self.provider, Easel(), self.wall)
        self.queue = Queue(
            self.store,
            self.painter,
            self.provider,
            self.wall,
            StillClock(),
            limits=self.house.limits,
            owner=OWNER,
            at_once=1,
        )
        admission = Admission(self.store, self.house, StillClock(), OWNER)
        self.studio = Studio(admission, self.store, self.queue, self.wall, Desk())

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
        age_restricted=False,
        member=3,
        roles=frozenset(),
        staff=False,
        missing_rights=(),
        upload_limit=10,
    )
