"""Requests at a steady rate, whether or not the bot keeps up, and what each of them saw."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from benchmarks.contender import Running
from standins.discord import Channel, Interaction, Member

PATIENCE_SECONDS = 60.0
PER_CHANNEL = 8
"""Discord silently allows a channel 30 edits a minute; here nobody is to wait for that."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds: until the bot answered, and from the endpoint's answer to the picture in the channel."""

    acknowledged: float
    shown: float


@dataclass(frozen=True, slots=True)
class Load:
    rate: int
    samples: Sequence[Sample]
    cpu_seconds: float

    def acknowledged(self, share: float) -> float:
        return _quantile([it.acknowledged for it in self.samples], share)

    def shown(self) -> float:
        return median(it.shown for it in self.samples)

    def cpu_each(self) -> float:
        return self.cpu_seconds / len(self.samples)


async def steady(bot: Running, rate: int, seconds: float) -> Load:
    """So many requests a second for so long."""
    count = max(1, round(rate * seconds))
    crowd = Crowd(bot, count)
    used = bot.cpu_seconds()
    samples = await asyncio.gather(*(crowd.sample(number, number / rate) for number in range(count)))
    return Load(rate, samples, bot.cpu_seconds() - used)


async def together(bot: Running, count: int) -> float:
    """The most memory, in MiB, while so many pictures were ordered, made and delivered at once."""
    crowd, before = Crowd(bot, count), len(bot.endpoint.posts)
    bot.endpoint.hold()
    jobs = [asyncio.ensure_future(crowd.sample(number, 0)) for number in range(count)]
    await bot.endpoint.arrived(before + count)
    most = bot.memory()
    bot.endpoint.release()
    while not all(job.done() for job in jobs):
        await asyncio.wait(jobs, timeout=0.02, return_when=asyncio.FIRST_COMPLETED)
        most = max(most, bot.memory())
        jobs = [job for job in jobs if not job.done()] or jobs
    return most


class Crowd:
    """Members in channels enough for so many requests."""

    def __init__(self, bot: Running, count: int) -> None:
        self._bot = bot
        guild = bot.discord.guild("Crowd")
        self._member: Member = guild.member("ada")
        self._channels: list[Channel] = [guild.channel(f"hall-{it}") for it in range(count // PER_CHANNEL + 1)]
        self._mark = time.monotonic_ns()

    async def sample(self, number: int, delay: float) -> Sample:
        await asyncio.sleep(delay)
        prompt = f"picture {self._mark} {number}"
        asked = await self._member.slash(self._channels[number // PER_CHANNEL], "imagine", prompt=prompt)
        await asked.until(lambda message: bool(message["attachments"]), PATIENCE_SECONDS)
        shown = time.monotonic()
        return Sample(_acknowledged(asked), shown - self._answered(prompt))

    def _answered(self, prompt: str) -> float:
        (answered,) = (it.answered_at for it in self._bot.endpoint.posts if it.prompt_object.get("prompt") == prompt)
        if answered is None:
            raise RuntimeError("a picture without an answer")
        return answered


def _acknowledged(asked: Interaction) -> float:
    if asked.acknowledged is None:
        raise RuntimeError("a request was not acknowledged")
    return asked.acknowledged


def _quantile(values: Sequence[float], share: float) -> float:
    if len(values) == 1:
        return values[0]
    return quantiles(values, n=100, method="inclusive")[round(share * 100) - 1]
