"""Accepts generations, paints them and keeps them: the service behind the routes."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

from PIL import Image

from standins.endpoint.contract import EditorPrompt, GeneratorPrompt, Order, refuse_fields
from standins.endpoint.easel import Commission, ImageFormat, execute
from standins.endpoint.faults import Fault
from standins.endpoint.records import Generation, State, bend
from standins.endpoint.register import ArmedFault
from standins.endpoint.replies import RefusedError, coded, credits_wording

_NEVER_PAINTED = frozenset({Fault.MODERATED, Fault.FAILED, Fault.FAILED_OTHER_SPELLING, Fault.POLL_NEVER_ENDS})


@dataclass(slots=True)
class Account:
    """Credits of the key's team; None is a purse without a bottom."""

    credits: int | None
    price: int

    def charge(self) -> None:
        if self.credits is None:
            return
        if self.credits < self.price:
            raise RefusedError(coded(406, "INSUFFICIENT_CREDITS", credits_wording(self.price, self.credits)))
        self.credits -= self.price


class Studio:
    def __init__(self, *, account: Account, latency: float, scale: float, sketch: bytes | None = None) -> None:
        self.account = account
        self.latency = latency
        self.generations: dict[str, Generation] = {}
        self.pictures: dict[str, bytes] = {}
        self.assets: dict[str, bytes] = {}
        self.paid_calls = 0
        self._scale = scale
        self._sketch = sketch
        self._numbers = count(1)
        self._running: set[asyncio.Task[Generation]] = set()
        self._open = asyncio.Event()
        self._open.set()

    @property
    def held(self) -> bool:
        return not self._open.is_set()

    def hold(self) -> None:
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    def new_key(self, stem: str, suffix: str, *, folder: str) -> str:
        now = datetime.now(UTC)
        return f"{folder}/{now:%Y_%m_%d_%H_%M_%S}_{next(self._numbers):03d}_{stem}.{suffix}"

    def accept(self, order: Order, armed: ArmedFault | None) -> Generation:
        """From here on the call is billed."""
        if isinstance(order.prompt, EditorPrompt) and self._source(order.prompt) is None:
            raise refuse_fields({"imageUrl": "No asset has this key"})
        self.account.charge()
        self.paid_calls += 1
        key = self.new_key("standin", order.prompt.output_format, folder="development/images")
        generation = Generation(str(uuid4()), order, key, datetime.now(UTC), armed=armed)
        self.generations[generation.uuid] = generation
        return generation

    def start(self, generation: Generation) -> asyncio.Task[Generation]:
        task = asyncio.create_task(self._finish(generation))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def close(self) -> None:
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _finish(self, generation: Generation) -> Generation:
        ended, _ = await asyncio.gather(self._painted(generation), asyncio.sleep(self.latency))
        await self._open.wait()
        self.generations[generation.uuid] = ended = bend(ended, generation.armed)
        return ended

    async def _painted(self, generation: Generation) -> Generation:
        fault = generation.armed.fault if generation.armed else None
        if fault not in _NEVER_PAINTED:
            commission = self._commission(generation.order.prompt, fault)
            try:
                self.pictures[generation.key] = await self._executed(commission)
            except (OSError, Image.DecompressionBombError):
                return replace(generation, state=State.FAILURE, reason="The source is not an image")
        return replace(generation, state=State.SUCCESS)

    async def _executed(self, commission: Commission) -> bytes:
        return await asyncio.to_thread(execute, commission) if self._sketch is None else self._sketch

    def _commission(self, prompt: GeneratorPrompt | EditorPrompt, fault: Fault | None) -> Commission:
        asked = prompt.output_format
        other: ImageFormat = "png" if asked == "jpg" else "jpg"
        return Commission(
            prompt=prompt.prompt,
            seed=prompt.seed,
            aspect_ratio=prompt.aspect_ratio,
            output_format=other if fault is Fault.OTHER_FORMAT else asked,
            output_quality=round(prompt.output_quality),
            scale=self._scale,
            source=self._source(prompt),
        )

    def _source(self, prompt: GeneratorPrompt | EditorPrompt) -> bytes | None:
        if isinstance(prompt, GeneratorPrompt):
            return None
        return self.assets.get(prompt.image_url) or self.pictures.get(prompt.image_url)
