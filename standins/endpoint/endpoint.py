"""The stand-in as tests, demo and benchmarks hold it."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType, TracebackType
from typing import Self

from aiohttp import web

from standins.endpoint.faults import Fault, PathKind
from standins.endpoint.journal import Recorded
from standins.endpoint.pictures import same_pixels
from standins.endpoint.rate import Allowance
from standins.endpoint.register import ArmedFault
from standins.endpoint.routes import application
from standins.endpoint.signing import Signer
from standins.endpoint.site import IMAGE_ROOT, Site
from standins.endpoint.studio import Account, Studio

_SHUTDOWN_SECONDS = 1.0


class Endpoint:
    """The image API on loopback, from `async with` until its end."""

    def __init__(
        self,
        *,
        api_key: str = "standin-key",
        latency: float = 0.0,
        host: str = "127.0.0.1",
        port: int = 0,
        prompt_faults: bool = False,
        credits: int | None = None,  # noqa: A002 - shadows a nicety of the interactive prompt alone
        credits_per_picture: int = 4800,
        requests_per_minute: int | None = None,
        link_lifetime: timedelta = timedelta(days=7),
        scale: float = 1.0,
        sketch: bytes | None = None,
    ) -> None:
        """`scale` makes pictures smaller; `sketch` is handed out for every order where painting would cost too much."""
        self._host, self._port = host, port
        account = Account(credits, credits_per_picture)
        self._studio = Studio(account=account, latency=latency, scale=scale, sketch=sketch)
        self._site = Site(
            api_key=api_key,
            prompt_faults=prompt_faults,
            studio=self._studio,
            signer=Signer(secrets.token_bytes(32), link_lifetime),
            allowance=Allowance(requests_per_minute),
        )
        self._runner = web.AppRunner(application(self._site), access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._site.closing.set()
        await self._studio.close()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://{self._host}:{self._port}"

    @property
    def image_origin(self) -> str:
        return f"{self.url}{IMAGE_ROOT}"

    @property
    def latency(self) -> float:
        return self._studio.latency

    @latency.setter
    def latency(self, seconds: float) -> None:
        self._studio.latency = seconds

    @property
    def credits_left(self) -> int | None:
        return self._studio.account.credits

    @credits_left.setter
    def credits_left(self, left: int | None) -> None:
        self._studio.account.credits = left

    @property
    def paid_calls(self) -> int:
        """Calls that would be billed: those that began to paint, also when their answer was lost."""
        return self._studio.paid_calls

    @property
    def posts(self) -> Sequence[Recorded]:
        return tuple(self._site.journal.posts)

    @property
    def pictures(self) -> Mapping[str, bytes]:
        return MappingProxyType(self._studio.pictures)

    def original(self, file: bytes) -> bytes | None:
        """The picture made here that a file shows pixel for pixel, whatever else was written into it."""
        return next((it for it in self._studio.pictures.values() if same_pixels(file, it)), None)

    @property
    def assets(self) -> Mapping[str, bytes]:
        """What was uploaded, by its key."""
        return MappingProxyType(self._studio.assets)

    def forget_assets(self) -> None:
        """As the service may, whenever it likes: nothing is documented of how long it keeps them."""
        self._studio.assets.clear()

    def fail(
        self,
        fault: Fault,
        *,
        times: int | None = 1,
        at: PathKind | None = None,
        retry_after: float | None = None,
        url: str | None = None,
    ) -> None:
        """Orders a fault for the next requests it fits: so many `times`, or until healed when that is None.

        `retry_after` is the hint of the rate limits and of UNAVAILABLE; `url` is where FOREIGN_PICTURE_URL and
        PICTURE_REDIRECTED lead.
        """
        self._site.faults.arm(ArmedFault(fault, times, at, retry_after, url))

    def heal(self) -> None:
        self._site.faults.clear()

    def requests(self, kind: PathKind) -> int:
        return self._site.journal.requests[kind]

    def hold(self) -> None:
        """From now on no generation ends before `release`."""
        self._studio.hold()

    def release(self) -> None:
        self._studio.release()

    async def arrived(self, count: int) -> None:
        """Waits until so many generation posts have arrived in total, accepted or not."""
        await self._site.journal.arrived(count)
