"""What is read at the moment somebody asks, and kept nowhere."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from typing_extensions import override

from bot.domain.circuit import Trouble
from bot.domain.load import Load


class Shard(NamedTuple):
    """`latency` is not a number, or infinite, before Discord answered a heartbeat."""

    number: int
    connected: bool
    latency: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dials:
    """Each answers from memory."""

    under_way: Callable[[], int]
    trouble: Callable[[], Trouble | None]
    guilds: Callable[[], int]
    shards: Callable[[], Iterable[Shard]]
    calls_bound: int


class DialsCollector(Collector):
    def __init__(self, dials: Dials) -> None:
        self._dials = dials
        self._load: Load | None = None

    def told(self, load: Load | None) -> None:
        """What the database said; None while it is away."""
        self._load = load

    @override
    def collect(self) -> Iterator[GaugeMetricFamily]:
        dials = self._dials
        yield _gauge(
            "jobs_under_way", "Jobs that this process carries, from the paid call to the last edit.", dials.under_way()
        )
        yield _gauge("guilds", "Guilds that this process serves.", dials.guilds())
        yield _gauge(
            "provider_calls_bound",
            "PROVIDER_CALLS_PER_DAY: how many paid calls the installation may make per UTC day.",
            dials.calls_bound,
        )
        yield self._breakers()
        yield from self._shards()
        yield from self._of_the_installation()

    def _breakers(self) -> GaugeMetricFamily:
        name, told = "breaker_open", "1 while this process orders no pictures because of this trouble."
        family = GaugeMetricFamily(f"imagine_{name}", told, labels=["trouble"])
        trouble = self._dials.trouble()
        for kind in Trouble:
            family.add_metric([kind.value], float(kind is trouble))
        return family

    def _shards(self) -> Iterator[GaugeMetricFamily]:
        connected = GaugeMetricFamily(
            "imagine_shard_connected", "Whether this shard of this process is connected to Discord.", labels=["shard"]
        )
        latency = GaugeMetricFamily(
            "imagine_shard_latency_seconds",
            "How long Discord's gateway took to answer the last heartbeat; none before the first.",
            labels=["shard"],
        )
        for shard in self._dials.shards():
            connected.add_metric([str(shard.number)], float(shard.connected))
            if math.isfinite(shard.latency):
                latency.add_metric([str(shard.number)], shard.latency)
        yield connected
        yield latency

    def _of_the_installation(self) -> Iterator[GaugeMetricFamily]:
        load = self._load
        yield _gauge(
            "database_up",
            "Whether the database answered; what it knows is missing while it does not.",
            load is not None,
        )
        if load is None:
            return
        whole = "of the whole installation, from the database: the same in each process."
        yield _gauge("provider_calls_today", f"Paid calls of this UTC day, {whole}", load.calls)
        yield _gauge("queue_length", f"Jobs that wait for their turn, {whole}", load.queued)
        yield _gauge("kept_pictures", f"Pictures that wait for whoever asked, {whole}", load.kept)
        yield _gauge("credits_held", f"Credits held by unfinished jobs, {whole}", load.held)


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"imagine_{name}", told, value=float(value))
